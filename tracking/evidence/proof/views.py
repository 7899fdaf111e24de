"""Judging proofs: the queue, one proof with its pictures, and the decision."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.components.dates import swedish_date
from foundation.intervals import today
from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.evidence.attendance.queries import courses_elsewhere
from tracking.evidence.proof.actions import DecidedAlready, ProofRefused, annul, refuse, verify
from tracking.evidence.proof.files import page as page_of
from tracking.evidence.proof.forms import ReasonForm, VerifyForm
from tracking.evidence.proof.models import Proof, ProofState
from tracking.evidence.proof.queries import decided_by, doubts_about, may_decide, waiting_for
from tracking.evidence.proof.words import REFUSED
from tracking.evidence.seen import people_seen
from tracking.ledger.queries import known_courses
from tracking.organisation.rules import PersonScope, shown_person
from tracking.reports.gates import scope_of
from tracking.reports.seen import reader

ROWS_A_PAGE = 50
LATELY = 10
# A picture opened by itself is a document: it may do nothing at all.
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def _gate(request: HttpRequest) -> PersonScope:
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    return scope


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the oldest first, and what they decided lately."""
    scope = _gate(request)
    everyone = request.GET.get("alla") == "ja"
    waiting = waiting_for(scope, everyone=everyone)
    page = Paginator(waiting, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    lately = decided_by(reader(request).pk, LATELY)
    rows = list(page.object_list)
    done = [one for one in lately if may_decide(scope, one.person_id)]
    names = known_courses({one.course_code for one in (*rows, *done)})
    people_seen(request, scope, [one.person_id for one in (*rows, *done)])
    context = {
        "page": page,
        "rows": [(one, _name(names, one.course_code)) for one in rows],
        "done": [(one, _name(names, one.course_code)) for one in done],
        "is_coordinator": scope.everyone,
        "everyone": everyone,
        "query": "alla=ja&" if everyone else "",
    }
    return render(request, "evidence/proof_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One proof: what its owner says, its pictures, what speaks against it; verify or refuse."""
    scope = _gate(request)
    proof = _reachable(scope, public_id)
    does = request.POST.get("gor") if request.method == "POST" else None
    courses = courses_elsewhere()
    forms: dict[str, Any] = {
        "verify": VerifyForm(
            request.POST if does == "godkann" else None,
            courses=courses,
            today=today(),
            initial={"kurs": proof.course_code, "datum": proof.on},
        ),
        "refuse": ReasonForm(request.POST if does in {"avsla", "aterkalla"} else None),
    }
    if does and _decide(request, proof, does, forms):
        return HttpResponseRedirect(reverse("evidence:proofs"), status=HTTPStatus.SEE_OTHER)
    _proof_seen(request, proof)
    doubts = doubts_about(proof)
    context = {
        "proof": proof,
        "course": _name({one.code: one for one in courses}, proof.course_code),
        "doubts": doubts,
        "others": [shown_person(one.person, scope) for one in doubts.others],
        "may_annul": _may_annul(request, scope, proof),
        **forms,
    }
    status = HTTPStatus.BAD_REQUEST if does else HTTPStatus.OK
    return render(request, "evidence/proof_decide.html", context, status=status)


def _decide(request: HttpRequest, proof: Proof, does: str, forms: dict[str, Any]) -> bool:
    """Whether there is nothing more to do here: decided now, or by somebody else before."""
    form = forms["verify" if does == "godkann" else "refuse"]
    if not form.is_bound or not form.is_valid():
        return False
    by: dict[str, Any] = {"proof": proof, "actor": reader(request), "now": timezone.now()}
    said = form.cleaned_data
    try:
        if does == "godkann":
            verify(course_code=said["kurs"], on=said["datum"], **by)
            messages.success(request, gettext("Verified. It counts from today."))
        elif does == "avsla":
            refuse(reason=said["skal"], **by)
            messages.success(request, gettext("Refused. The person reads why."))
        elif _may_annul(request, scope_of(request), proof):
            annul(reason=said["skal"], **by)
            messages.success(request, gettext("The verification is taken back."))
    except ProofRefused as refused:
        form.add_error(None, str(REFUSED[str(refused)]))
        return False
    except DecidedAlready as decided:
        messages.info(request, _quicker(decided.proof))
    return True


def _quicker(proof: Proof) -> str:
    if proof.decided_by and proof.decided_at:
        text = gettext("%(name)s decided on it on %(day)s. Nothing was changed.")
        said = {"name": proof.decided_by.get_full_name(), "day": swedish_date(proof.decided_at)}
        return text % said
    return gettext("Its owner has taken it back. Nothing was changed.")


@require_safe
def picture(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """One page of a proof, to its owner and to who may decide on it; to nobody else is it there.

    Never kept by a browser, never run as anything but a picture.
    """
    scope = scope_of(request)
    proof = Proof.objects.filter(public_id=public_id).first()
    own = proof is not None and proof.person_id == scope.roles.person
    if proof is None or not (own or may_decide(scope, proof.person_id)):
        raise Http404
    if number not in proof.page_numbers or (proof.state == ProofState.DRAFT and not own):
        raise Http404
    try:
        content = page_of(proof.place, number)
    except FileNotFoundError as error:
        raise Http404 from error
    if not own:
        _proof_seen(request, proof)
    return HttpResponse(
        content,
        content_type="image/jpeg",
        headers={
            "Content-Disposition": f'inline; filename="intyg-sida-{number}.jpg"',
            "Content-Security-Policy": PICTURE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _reachable(scope: PersonScope, public_id: UUID) -> Proof:
    found = Proof.objects.select_related("person", "decided_by__person", "completion")
    found = found.exclude(state__in=(ProofState.DRAFT, ProofState.WITHDRAWN))
    proof = found.filter(public_id=public_id).first()
    if proof is None or not may_decide(scope, proof.person_id):
        raise Http404
    return proof


def _may_annul(request: HttpRequest, scope: PersonScope, proof: Proof) -> bool:
    """Whoever verified it, and coordinators."""
    own = proof.decided_by_id == reader(request).pk
    return proof.state == ProofState.VERIFIED and (own or scope.everyone)


def _proof_seen(request: HttpRequest, proof: Proof) -> None:
    record_reading(
        AuditEvent.CERTIFICATE_SEEN,
        actor=reader(request),
        about=[proof.person_id],
        detail={"underlag": str(proof.public_id)},
    )


def _name(known: dict[str, Any], code: str) -> str:
    return str(known[code].name) if code in known else code
