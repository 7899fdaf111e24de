"""Recording an exemption for those chosen, the list of those that hold, and changing one."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.components.dates import swedish_date
from foundation.components.numbers import number as as_number
from foundation.intervals import today
from tracking.exemptions.actions import (
    Recorded,
    end_exemption,
    record_exemptions,
    withdraw_exemption,
)
from tracking.exemptions.forms import EndForm, ExemptionForm
from tracking.exemptions.queries import exemptions_in, reachable_exemption, target_names
from tracking.exemptions.rules import ExemptionRefused
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope
from tracking.reports.choosing import asked_for, forget_choice, staff_among
from tracking.reports.gates import scope_of
from tracking.reports.seen import people_listed, person_seen, reader
from tracking.status.queries import target_rows


def _gate(request: HttpRequest) -> tuple[PersonScope, str]:
    """Managers and deputies, and the unit of theirs that is asked about."""
    scope = scope_of(request)
    asked = request.POST.get("enhet") or request.GET.get("enhet") or ""
    unit = asked or next(iter(scope.managed), "")
    if not unit or not scope.is_manager_of(unit):
        raise PermissionDenied
    return scope, unit


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record an exemption for the people chosen among one's staff."""
    scope, unit = _gate(request)
    people = staff_among(scope, asked_for(request, unit))
    targets = [(row.code, row.name) for row in target_rows() if row.in_force.covers(scope.on)]
    form = ExemptionForm(request.POST or None, targets=targets, initial={"fran": scope.on})
    if request.method == "POST" and people and form.is_valid():
        try:
            made = record_exemptions(
                people=people, asked=form.asked, unit=unit, actor=reader(request), on=today()
            )
        except ExemptionRefused as refused:
            form.refuse(refused.faults)
        else:
            forget_choice(request)
            messages.success(request, _recorded_words(made))
            return redirect(_list_of(unit))
    people_listed(request, scope, unit, [person.pk for person in people])
    context = {"form": form, "people": people, "unit": unit, "back": _staff_of(unit)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "exemptions/record.html", context, status=status)


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """The exemptions that hold or are to hold among the staff of a unit."""
    scope, unit = _gate(request)
    held = exemptions_in(scope, unit)
    people_listed(request, scope, unit, sorted({one.exemption.person_id for one in held}))
    context = {
        "held": held,
        "unit": unit,
        "unit_name": scope.tree.units[unit].name if unit in scope.tree.units else unit,
        "back": _staff_of(unit),
    }
    return render(request, "exemptions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """End an exemption earlier, or withdraw one that was wrong."""
    scope = scope_of(request)
    if not scope.managed:
        raise PermissionDenied
    exemption = reachable_exemption(scope, number)
    unit = _unit_of(scope, exemption.person)
    actor = reader(request)
    if request.method == "POST" and request.POST.get("gor") == "aterkalla":
        withdraw_exemption(exemption=exemption, unit=unit, actor=actor)
        messages.success(request, gettext("The exemption is withdrawn: the target applies again."))
        return redirect(_list_of(unit))
    form = EndForm(
        request.POST or None,
        earliest=exemption.valid_from,
        latest=exemption.interval.last_day,
        initial={"till": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            end_exemption(
                exemption=exemption, last_day=form.cleaned_data["till"], unit=unit, actor=actor
            )
        except ExemptionRefused as refused:
            form.refuse(refused.faults)
        else:
            day = swedish_date(form.cleaned_data["till"])
            messages.success(request, gettext("The exemption ends %(day)s.") % {"day": day})
            return redirect(_list_of(unit))
    person_seen(request, scope, exemption.person, today(), target=exemption.target_code)
    name = target_names().get(exemption.target_code, exemption.target_code)
    context = {"exemption": exemption, "form": form, "target": name, "back": _list_of(unit)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "exemptions/change.html", context, status=status)


def _recorded_words(made: Recorded) -> str:
    count = len(made.brought)
    if not count:
        return gettext("The exemption was recorded already. Nothing has changed.")
    text = ngettext(
        "The exemption is recorded for %(count)s person.",
        "The exemption is recorded for %(count)s people.",
        count,
    )
    return text % {"count": as_number(count)}


def _unit_of(scope: PersonScope, person: Person) -> str:
    """The unit through which the reader manages the person."""
    works = Employment.objects.known_now().on(scope.on).filter(person=person)
    for code in works.order_by("valid_from").values_list("unit_code", flat=True):
        place = scope.tree.place(code)
        if place in scope.staffed:
            return str(place)
    return ""


def _staff_of(unit: str) -> str:
    return f"{reverse('reports:staff')}?{urlencode({'enhet': unit})}"


def _list_of(unit: str) -> str:
    return f"{reverse('exemptions:list')}?{urlencode({'enhet': unit})}"
