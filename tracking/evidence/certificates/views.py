"""A certificate as PDF to its holder, by its number to anybody, and revoked by a coordinator."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.brake import AT_ONCE, Limit, attempt
from foundation.intervals import today
from foundation.origin import client_address
from tracking.evidence.certificates.actions import restore, revoke
from tracking.evidence.certificates.forms import NumberForm, RevokeForm
from tracking.evidence.certificates.pdf import certificate_pdf
from tracking.evidence.certificates.queries import lately_revoked, looked_up
from tracking.ledger.models import Certificate
from tracking.ledger.numbers import read_number
from tracking.ledger.queries import known_courses, own_certificate
from tracking.organisation.rules import PersonScope
from tracking.reports.gates import scope_of
from tracking.reports.person import own_person
from tracking.reports.seen import reader

# A desk that checks many papers is served; a machine that tries numbers is not.
LOOK_UPS = Limit("certificate-look-ups", burst=40, every=timedelta(seconds=6))
LATELY = 20


@require_safe
def as_pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One's own certificate as a file; one that is revoked is not made any more."""
    person = own_person(scope_of(request))
    try:
        certificate = own_certificate(person, certificate_id)
    except Certificate.DoesNotExist as error:
        raise Http404 from error
    if certificate.revoked_at:
        raise Http404
    course = known_courses([certificate.completion.course_code]).get(
        certificate.completion.course_code
    )
    page = reverse("evidence:certificate_page", args=[certificate.written_number])
    made = certificate_pdf(
        certificate, course, address=request.build_absolute_uri(page), now=timezone.now()
    )
    name = f"intyg-{certificate.completion.course_code.lower()}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "no-store",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@login_not_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where one types the number of a certificate. Open to everybody."""
    form = NumberForm(request.GET if "nummer" in request.GET else None)
    if form.is_valid():
        there = reverse("evidence:certificate_page", args=[_tidy(form.cleaned_data["nummer"])])
        return _unlisted(HttpResponseRedirect(there))
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return _unlisted(
        render(request, "evidence/certificate_find.html", {"form": form}, status=status)
    )


@login_not_required
@require_safe
def certificate_page(request: HttpRequest, said: str) -> HttpResponse:
    """Course, day, and whether it holds: to whoever has the number, and nothing else.

    A number that is none, mistyped or made up, is answered in one and the same way.
    """
    wait = attempt([LOOK_UPS.bucket(client_address(request))], now=timezone.now())
    if wait > AT_ONCE:
        answer = render(
            request,
            "evidence/certificate_public.html",
            {"too_many": True, "form": NumberForm()},
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
        answer["Retry-After"] = str(max(int(wait.total_seconds()), 1))
        return _unlisted(answer)
    shown = looked_up(said, today())
    status = HTTPStatus.OK if shown else HTTPStatus.NOT_FOUND
    context = {"shown": shown, "form": NumberForm()}
    page = render(request, "evidence/certificate_public.html", context, status=status)
    return _unlisted(page)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_page(request: HttpRequest) -> HttpResponse:
    """Revoke a certificate by its number; those revoked lately."""
    _gate(request)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _revoke(request, form):
        there = reverse("evidence:certificate_revoke")
        return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)
    context = {"form": form, "revoked": lately_revoked(LATELY)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "evidence/certificate_revoke.html", context, status=status)


@require_POST
def restore_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a revoked certificate hold again."""
    _gate(request)
    certificate = get_object_or_404(Certificate, pk=pk)
    if restore(certificate=certificate, actor=reader(request)):
        messages.success(request, gettext("The certificate holds again."))
    there = reverse("evidence:certificate_revoke")
    return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)


def _gate(request: HttpRequest) -> PersonScope:
    scope = scope_of(request)
    if not scope.everyone:
        raise PermissionDenied
    return scope


def _revoke(request: HttpRequest, form: RevokeForm) -> bool:
    number = read_number(form.cleaned_data["nummer"])
    certificate = Certificate.objects.filter(number=number or "").first()
    if certificate is None:
        form.add_error("nummer", gettext("There is no certificate with that number."))
        return False
    if revoke(
        certificate=certificate,
        reason=form.cleaned_data["skal"],
        actor=reader(request),
        now=timezone.now(),
    ):
        messages.success(request, gettext("The certificate is revoked."))
    else:
        messages.info(request, gettext("It was revoked already. Nothing was changed."))
    return True


def _tidy(said: str) -> str:
    """What was typed, as it can stand in an address; what is no number stays none."""
    return "".join(one for one in said.upper() if one.isascii() and one.isalnum()) or "-"


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """In no search engine and in no cache. Who is elsewhere never hears of the address: no page
    says to others where one came from (config.settings.security).
    """
    answer["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(answer, no_store=True, private=True)
    return answer
