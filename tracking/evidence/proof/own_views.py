"""One's own proofs: hand one in, see what became of it, take it back."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.brake import AT_ONCE, Limit, attempt
from foundation.intervals import today
from tracking.evidence.attendance.queries import courses_elsewhere
from tracking.evidence.proof.actions import (
    ProofRefused,
    draft_of,
    hand_in,
    keep_draft,
    withdraw,
)
from tracking.evidence.proof.files import LARGEST, FileRefused, drawn
from tracking.evidence.proof.forms import HandInForm
from tracking.evidence.proof.models import Proof, ProofState
from tracking.evidence.proof.queries import own_proofs
from tracking.evidence.proof.words import REFUSED
from tracking.ledger.models import Course
from tracking.ledger.queries import known_courses
from tracking.organisation.models import Person
from tracking.reports.gates import scope_of
from tracking.reports.person import own_person
from tracking.reports.seen import reader

# Drawing a file anew is work: nobody hands in more than this by hand.
FILES = Limit("proof-files", burst=12, every=timedelta(minutes=2))


@require_http_methods(["GET", "HEAD", "POST"])
def mine_page(request: HttpRequest) -> HttpResponse:
    """What one has handed in, and the form for another. A file survives an error in the form."""
    person = own_person(scope_of(request))
    posted = request.POST if request.method == "POST" else None
    courses = courses_elsewhere()
    form = HandInForm(
        posted, courses=courses, today=today(), initial={"kurs": request.GET.get("kurs", "")}
    )
    if posted is not None:
        proof = _handed_in(request, form, person)
        if proof:
            messages.success(request, gettext("Handed in. You see here when it has been judged."))
            return _to(proof)
    names = {course.code: course for course in courses}
    context = {
        "form": form,
        "draft": draft_of(person),
        "proofs": [
            (one, names[one.course_code].name if one.course_code in names else one.course_code)
            for one in own_proofs(person)
        ],
        "kept_days": settings.PROOF_KEPT_DAYS,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "evidence/proofs.html", context, status=status)


def _handed_in(request: HttpRequest, form: HandInForm, person: Person) -> Proof | None:
    """The proof, handed in; None with what is wrong in the form, and the file kept for it."""
    file = request.FILES.get("fil")
    draft = _drafted(request, form, person, file) if file else draft_of(person)
    if draft is None and not form.errors.get("fil"):
        form.add_error("fil", gettext("Choose the file."))
    if draft is None or not form.is_valid():
        return None
    try:
        return hand_in(
            draft=draft,
            course_code=form.cleaned_data["kurs"],
            on=form.cleaned_data["datum"],
            note=form.cleaned_data["meddelande"],
            actor=reader(request),
            now=timezone.now(),
        )
    except ProofRefused as refused:
        form.add_error(None, str(REFUSED[str(refused)]))
    except IntegrityError:  # the same in another tab, just now
        form.add_error(None, str(REFUSED["again"]))
    return None


def _drafted(
    request: HttpRequest, form: HandInForm, person: Person, file: "UploadedFile[Any]"
) -> Proof | None:
    now = timezone.now()
    if attempt([FILES.bucket(str(reader(request).pk))], now=now) > AT_ONCE:
        form.add_error("fil", gettext("You have handed over many files. Wait a few minutes."))
        return None
    try:
        if (file.size or 0) > LARGEST:
            raise FileRefused("large")
        return keep_draft(person=person, file=drawn(file.read()), now=now)
    except FileRefused as refused:
        form.add_error("fil", refused.text)
        return None


@require_safe
def own_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One of one's own: where it is, who decided when, and why not."""
    proof = _own(request, public_id)
    codes = [proof.course_code, *([proof.completion.course_code] if proof.completion else [])]
    context = {
        "proof": proof,
        "course": _name(known_courses(codes), proof.course_code),
        "counted": _name(known_courses(codes), proof.completion.course_code)
        if proof.completion and proof.completion.batch_out_id is None
        else "",
        "kept_days": settings.PROOF_KEPT_DAYS,
    }
    return render(request, "evidence/proof.html", context)


@require_POST
def withdraw_own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back before anybody has decided."""
    proof = _own(request, public_id)
    if withdraw(proof=proof, actor=reader(request), now=timezone.now()):
        messages.success(request, gettext("Withdrawn, and the file is removed."))
    else:
        messages.info(request, gettext("It had been decided on already. Nothing was changed."))
    return _to(proof)


def _own(request: HttpRequest, public_id: UUID) -> Proof:
    person = own_person(scope_of(request))
    found = own_proofs(person).filter(public_id=public_id).first()
    if found is None or found.state == ProofState.DRAFT:
        raise Http404
    return found


def _to(proof: Proof) -> HttpResponse:
    there = reverse("evidence:proof", args=[proof.public_id])
    return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)


def _name(known: dict[str, Course], code: str) -> str:
    return known[code].name if code in known else code
