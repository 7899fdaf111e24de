"""Recording attendance, what came of it, and taking it back."""

import uuid
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import today
from tracking.evidence.attendance.actions import (
    AttendanceRefused,
    TooLate,
    record_attendance,
    withdraw_attendance,
)
from tracking.evidence.attendance.forms import OccasionForm, public_ids
from tracking.evidence.attendance.models import Attendance
from tracking.evidence.attendance.queries import (
    MOST_LISTED,
    candidates,
    courses_elsewhere,
    recorded_by,
    staff_of,
    units_to_choose,
)
from tracking.evidence.seen import people_seen
from tracking.ledger.actions import UnknownCourse
from tracking.ledger.queries import known_courses
from tracking.organisation.models import Person
from tracking.organisation.rules import PersonScope, ShownPerson, shown_person
from tracking.reports.choosing import forget_choice, kept_choice
from tracking.reports.gates import scope_of
from tracking.reports.seen import reader

Staff = list[tuple[Person, str]]
LATELY = 10


def _gate(request: HttpRequest) -> PersonScope:
    """For whoever sees staff by name: managers, deputies, coordinators."""
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    return scope


@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request: HttpRequest) -> HttpResponse:
    """Choose course, day and unit; tick those who were there; record them."""
    scope = _gate(request)
    asked = request.POST if request.method == "POST" else request.GET
    unit = asked.get("enhet", "") or next(iter(scope.managed), "")
    courses = courses_elsewhere()
    form = OccasionForm(
        asked if "kurs" in asked or "datum" in asked else None,
        courses=courses,
        units=units_to_choose(scope, unit),
        today=today(),
        initial={"enhet": unit},
    )
    # Those chosen in the matrix are named by the address, or are too many for one.
    kept = kept_choice(request, unit) if "valda" in asked else []
    only = public_ids(request.POST, "av") or public_ids(request.GET) or kept
    staff = staff_of(scope, form.cleaned_data["enhet"], only=only) if form.is_valid() else []
    if request.method == "POST" and form.is_valid():
        made = _recorded(request, form, staff)
        if made:
            forget_choice(request)
            there = reverse("evidence:attendance_made", args=[made.public_id])
            return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)
    context = {
        "form": form,
        "came_with": [] if kept else only,
        "kept": bool(kept),
        "lately": _in_words(scope, recorded_by(scope, reader(request).pk, unit)),
        "everyone": scope.everyone,
        "list": _listed(request, scope, form, staff) if form.is_bound else None,
        "courses": courses,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "evidence/attendance.html", context, status=status)


def _recorded(request: HttpRequest, form: OccasionForm, staff: Staff) -> Attendance | None:
    """What the form recorded; None with what is wrong in the form."""
    ticked = set(public_ids(request.POST))
    try:
        return record_attendance(
            key=_key(request),
            people=[person for person, _role in staff if person.public_id in ticked],
            course_code=form.cleaned_data["kurs"],
            on=form.cleaned_data["datum"],
            unit_code=form.cleaned_data["enhet"],
            actor=reader(request),
            now=timezone.now(),
        )
    except AttendanceRefused as refused:
        form.add_error(None, str(refused))
    except UnknownCourse:
        form.add_error(None, gettext("The course is not in the catalogue any more."))
    return None


def _listed(
    request: HttpRequest, scope: PersonScope, form: OccasionForm, staff: Staff
) -> dict[str, Any] | None:
    """The people to tick; nobody before course, day and unit are known."""
    said = form.cleaned_data
    if not {"kurs", "datum", "enhet"} <= said.keys():
        return None
    if len(staff) > MOST_LISTED:
        return {"too_many": len(staff)}
    people = candidates(staff, said["kurs"], said["datum"])
    people_seen(request, scope, [one.person.pk for one in people], unit=said["enhet"])
    asked = request.POST if request.method == "POST" else request.GET
    ticked = set(public_ids(asked))
    if asked.get("alla") == "ja":
        ticked = {one.person.public_id for one in people}
    return {
        "people": people,
        "ticked": ticked,
        "course": said["kurs"],
        "day": said["datum"],
        "unit": said["enhet"],
        "key": request.POST.get("nyckel") or uuid.uuid4(),
    }


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("nyckel", ""))
    except ValueError as error:
        raise Http404 from error


@require_safe
def made_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who was recorded, who had it already, and until when it can be taken back."""
    scope = _gate(request)
    attendance = _reachable(request, scope, public_id)
    new: list[ShownPerson] = []
    known: list[ShownPerson] = []
    outside = 0
    rows = attendance.attended.select_related("person", "completion")
    for row in sorted(rows, key=lambda row: (row.person.last_name, row.person.first_name)):
        shown = shown_person(row.person, scope)
        if shown is None:
            outside += 1
        else:
            (new if row.is_new else known).append(shown)
    people_seen(request, scope, [row.person_id for row in rows], unit=attendance.unit_code)
    context = {
        "one": _in_words(scope, [attendance])[0],
        "new": new,
        "known": known,
        "outside": outside,
        "may_take_back": _may_take_back(scope, attendance),
    }
    return render(request, "evidence/attendance_made.html", context)


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a recording back."""
    scope = _gate(request)
    attendance = _reachable(request, scope, public_id)
    try:
        withdraw_attendance(
            attendance=attendance,
            actor=reader(request),
            is_coordinator=scope.everyone,
            now=timezone.now(),
        )
    except TooLate:
        text = gettext("It was too long ago for you to take it back. Ask a coordinator.")
        messages.error(request, text)
    else:
        messages.success(request, gettext("The recorded attendance has been taken back."))
    there = reverse("evidence:attendance_made", args=[public_id])
    return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)


def _reachable(request: HttpRequest, scope: PersonScope, public_id: UUID) -> Attendance:
    """One's own recording; a coordinator's everybody's. Otherwise as if there were none."""
    found = Attendance.objects.select_related("recorded_by__person", "withdrawn_by__person")
    attendance = found.filter(public_id=public_id).first()
    own = attendance is not None and attendance.recorded_by_id == reader(request).pk
    if attendance is None or not (own or scope.everyone):
        raise Http404
    return attendance


def _may_take_back(scope: PersonScope, attendance: Attendance) -> bool:
    if attendance.withdrawn_at:
        return False
    return scope.everyone or timezone.now() <= attendance.taken_back_until


def _in_words(scope: PersonScope, found: Any) -> list[dict[str, Any]]:
    """Recordings as a page shows them."""
    rows = list(found[:LATELY])
    names = known_courses([row.course_code for row in rows])
    return [
        {
            "attendance": row,
            "course": names[row.course_code].name if row.course_code in names else row.course_code,
            "unit": scope.tree.units[row.unit_code].name
            if row.unit_code in scope.tree.units
            else row.unit_code,
            "by": row.recorded_by.get_full_name(),
        }
        for row in rows
    ]
