"""Signing a scorecard, and opening it again."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from foundation.intervals import today
from tracking.scorecards.forms import ReasonForm
from tracking.scorecards.frozen import figures_to_freeze
from tracking.scorecards.getters import account, opened_to_write
from tracking.scorecards.shown import committee_figures, live_figures
from tracking.scorecards.signing import NotReady, NotYet, PeriodClosed, reopen, sign_off
from tracking.scorecards.views.card import standing
from tracking.scorecards.views.filling import card_url
from tracking.scorecards.words import gap_word, status_icon, status_word
from tracking.status.figures import NotCounted


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """What is about to be frozen; then it is."""
    found = opened_to_write(request, code)
    if found.card.signed:
        return redirect(card_url(found))
    if found.card.is_closed:
        messages.error(request, gettext("The period is closed: nothing more is signed in it."))
        return redirect(card_url(found))
    refused = ""
    if request.method == "POST":
        now = timezone.now()
        try:
            frozen = figures_to_freeze(found.period, [code], now=now, wait=False)
            sign_off(
                period=found.period,
                committee=found.committee,
                frozen=frozen,
                actor=account(request),
                now=now,
                on=today(),
            )
        except NotCounted:
            refused = gettext("The figures of the period's last day have to be counted first.")
        except NotYet:
            refused = gettext("The period's last day has not come yet.")
        except NotReady:
            refused = gettext("Something is missing. Nothing has been signed.")
        except PeriodClosed:
            refused = gettext("The period is closed: nothing more is signed in it.")
        else:
            messages.success(
                request, gettext("Signed. The figures and the text are kept as they are now.")
            )
            return redirect(card_url(found))
    live = live_figures(found.period, today())
    counts = [
        (status_icon(status), status_word(status), count)
        for status, count in found.card.counts.items()
        if count
    ]
    context = standing(request, found) | {
        "figures": committee_figures(found.card, live),
        "is_counted": live is not None,
        "counts": counts,
        "gaps": [(line.undertaking, gap_word(gap)) for line, gap in found.card.gaps],
        "can_sign_now": today() >= found.period.last_day and bool(found.card.lines),
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "scorecards/sign.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: HttpRequest, code: str) -> HttpResponse:
    """Why something signed is opened again; the old version stays."""
    found = opened_to_write(request, code)
    signed = found.card.signed
    if signed is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen(
                sign_off=signed,
                reason=form.cleaned_data["skal"],
                actor=account(request),
                now=timezone.now(),
            )
        except PeriodClosed:
            form.add_error(None, gettext("The period is closed: nothing in it is opened again."))
        else:
            said = gettext("Opened again. What was signed is kept as version %(number)s.")
            messages.success(request, said % {"number": signed.version})
            return redirect(card_url(found))
    context = standing(request, found) | {"form": form, "signed": signed}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/reopen.html", context, status=status)
