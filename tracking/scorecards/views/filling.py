"""Filling in a scorecard: an undertaking, the comment on the whole, last period's texts."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.rules import ShownPerson, shown_person
from tracking.reports.gates import scope_of
from tracking.scorecards.card import Line
from tracking.scorecards.forms import CommentForm, ReportForm
from tracking.scorecards.getters import Opened, account, opened_to_write
from tracking.scorecards.models import UndertakingReport
from tracking.scorecards.shown import ShownLine, committee_figures, live_figures, shown_lines
from tracking.scorecards.views.card import standing
from tracking.scorecards.words import status_word
from tracking.scorecards.writing import (
    AlreadySigned,
    ChangedMeanwhile,
    copy_forward,
    save_comment,
    save_report,
)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One undertaking: status, comment, evidence and who answers for it."""
    found = opened_to_write(request, code)
    lines = found.card.lines
    at = next((at for at, one in enumerate(lines) if one.undertaking.public_id == public_id), None)
    if at is None:
        raise Http404
    line = lines[at]
    if not found.is_open:
        return _is_signed(request, found)
    form = ReportForm(
        request.POST or None, report=line.report, scope=found.scope, committee=found.committee
    )
    theirs: UndertakingReport | None = None
    if request.method == "POST" and form.is_valid():
        try:
            save_report(
                period=found.period,
                committee=code,
                undertaking=line.undertaking,
                said=form.said,
                seen=form.cleaned_data["version"],
                actor=account(request),
                now=timezone.now(),
            )
        except AlreadySigned:
            return _is_signed(request, found)
        except ChangedMeanwhile as meanwhile:
            theirs = _theirs(form, meanwhile)
        else:
            messages.success(
                request, gettext("Saved: %(title)s") % {"title": line.undertaking.title}
            )
            return redirect(_next(request, found, at))
    shown = committee_figures(found.card, live_figures(found.period, found.scope.on))
    context = standing(request, found) | {
        "form": form,
        "line": shown_lines(found.card, shown)[line.undertaking.pk],
        "theirs": theirs,
        "their_status": status_word(theirs.status) if theirs else "",
        "before": _before(line, found),
        "person": _person(request, line.report, code),
        "number": at + 1,
        "is_last": at + 1 == len(lines),
        "back": lines[at - 1].undertaking.public_id if at else None,
    }
    status = HTTPStatus.CONFLICT if theirs else HTTPStatus.OK
    if form.errors:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "scorecards/report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, code: str) -> HttpResponse:
    """The committee's comment on the period as a whole."""
    found = opened_to_write(request, code)
    if not found.is_open:
        return _is_signed(request, found)
    card = found.card.scorecard
    form = CommentForm(
        request.POST or None, initial={"kommentar": card.comment, "version": card.version}
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            save_comment(
                period=found.period,
                committee=code,
                comment=form.cleaned_data["kommentar"],
                seen=form.cleaned_data["version"],
                actor=account(request),
                now=timezone.now(),
            )
        except AlreadySigned:
            return _is_signed(request, found)
        except ChangedMeanwhile as meanwhile:
            theirs = meanwhile.current
            form.write_over(theirs.version)
        else:
            messages.success(request, gettext("The comment is saved."))
            return redirect(card_url(found))
    context = standing(request, found) | {"form": form, "theirs": theirs}
    status = HTTPStatus.CONFLICT if theirs else HTTPStatus.OK
    if form.errors:
        status = HTTPStatus.BAD_REQUEST
    return render(request, "scorecards/comment.html", context, status=status)


@require_POST
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Bring the last period's texts into what is empty here."""
    found = opened_to_write(request, code)
    try:
        copied = copy_forward(
            period=found.period,
            committee=found.committee,
            actor=account(request),
            now=timezone.now(),
        )
    except AlreadySigned:
        return _is_signed(request, found)
    said = ngettext(
        "The text of %(count)d undertaking came along. Say its status anew.",
        "The texts of %(count)d undertakings came along. Say their status anew.",
        copied,
    )
    nothing = gettext("There was no earlier text to bring.")
    messages.info(request, said % {"count": copied} if copied else nothing)
    return redirect(card_url(found))


def card_url(found: Opened) -> str:
    """The scorecard in the period the page is about."""
    address = reverse("scorecards:card", args=[found.committee.code])
    return f"{address}?period={found.period.code}"


def _is_signed(request: HttpRequest, found: Opened) -> HttpResponse:
    messages.info(request, gettext("The scorecard is signed or closed, and can't be written in."))
    return redirect(card_url(found))


def _theirs(form: ReportForm, meanwhile: ChangedMeanwhile) -> UndertakingReport:
    """What somebody else saved. What was typed stays, and is written over it if sent again."""
    current = meanwhile.current
    assert isinstance(current, UndertakingReport)
    form.write_over(current.version)
    return current


def _next(request: HttpRequest, found: Opened, at: int) -> str:
    lines = found.card.lines
    if "nasta" in request.POST and at + 1 < len(lines):
        where = [found.committee.code, lines[at + 1].undertaking.public_id]
        return f"{reverse('scorecards:report', args=where)}?period={found.period.code}"
    return f"{card_url(found)}#a{lines[at].undertaking.pk}"


def _before(line: Line, found: Opened) -> ShownLine | None:
    """What was said of it in the period before."""
    earlier = (
        UndertakingReport.objects.filter(
            undertaking=line.undertaking,
            scorecard__committee=found.committee.code,
            scorecard__period__last_day__lt=found.period.last_day,
        )
        .order_by("-scorecard__period__last_day")
        .first()
    )
    return ShownLine(Line(line.undertaking, earlier), []) if earlier else None


def _person(request: HttpRequest, report: UndertakingReport, code: str) -> ShownPerson | None:
    """Who answers for it, as this reader may see them; whom they see is written down."""
    if report.responsible is None:
        return None
    scope = scope_of(request)
    found = shown_person(report.responsible, scope)
    if found and found.public_id and report.responsible_id != scope.roles.person:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=account(request),
            about=[report.responsible],
            unit=code,
            detail={"styrkort": report.undertaking.code},
        )
    return found
