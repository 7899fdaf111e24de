"""Vårt styrkort: a committee's undertakings in a period, what is said of them, what is missing."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.intervals import today
from tracking.reports.gates import units_of
from tracking.scorecards import choosing
from tracking.scorecards.card import Card, card_of, is_late, is_owed
from tracking.scorecards.committees import committees_of
from tracking.scorecards.getters import Opened, opened
from tracking.scorecards.models import ReportingPeriod, SignOff
from tracking.scorecards.nagging import step_on
from tracking.scorecards.rules import may_read, may_write, reads_the_city
from tracking.scorecards.shown import (
    ShownLine,
    committee_figures,
    difference_url,
    live_figures,
    pairs,
    shown_lines,
)
from tracking.scorecards.words import (
    STATE_ICONS,
    gap_word,
    period_days,
    period_name,
    state_word,
)
from tracking.targets.programme import Goal

# How long after its last day to report an unsigned period is spoken of on the next one's page.
REMINDED = timedelta(days=120)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way to one's own scorecard: the only one, the city's compilation, or a list."""
    scope = units_of(request)
    if code := request.GET.get("enhet"):  # as reports name a unit
        asked = request.GET.get("period", "")
        address = reverse("scorecards:card", args=[code])
        return redirect(f"{address}?{urlencode({'period': asked})}" if asked else address)
    period = choosing.period_at_hand(today())
    committees = committees_of(period, today()) if period else []
    own = [one for one in committees if may_write(scope, one.code)]
    if reads_the_city(scope) and not own:
        return redirect("scorecards:city")
    mine = own or [one for one in committees if may_read(scope, one.code)]
    if not mine and not scope.roles.key_contact_of:
        raise PermissionDenied
    if len(mine) == 1:
        return redirect("scorecards:card", mine[0].code)
    cards = [card_of(period, one) for one in mine] if period else []
    rows = [(card.committee, *_state(card, period)) for card in cards if period]
    return render(request, "scorecards/home.html", {"rows": rows, "period": period})


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The scorecard of a committee."""
    found = opened(request, code)
    live = live_figures(found.period, today())
    shown = committee_figures(found.card, live)
    lines = shown_lines(found.card, shown)
    signed = found.card.signed
    context = standing(request, found) | {
        "sections": _sections(found.card, lines),
        "figures": shown,
        "is_counted": live is not None,
        "gaps": [(line.undertaking, gap_word(gap)) for line, gap in found.card.gaps],
        "file_query": urlencode({"enhet": code, "period": found.period.code}),
        "has_lines": bool(found.card.lines),
        "is_writing": found.may_write and found.is_open,
        "can_sign_now": today() >= found.period.last_day,
        "is_near": found.may_write
        and found.is_open
        and found.card.lines
        and step_on(found.period, today()) is not None,
        "comment": signed.text["kommentar"] if signed else found.card.scorecard.comment,
        "earlier": _unsigned_before(found) if found.may_write else None,
    }
    if signed:
        context |= signed_words(request, signed) | {"pairs": pairs(signed, shown)}
    return render(request, "scorecards/card.html", context)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was signed, as it was, also when it has been opened again since."""
    found = opened(request, code)
    signed = next((one for one in found.card.sign_offs if one.version == number), None)
    if signed is None:
        return redirect(f"{reverse('scorecards:card', args=[code])}?period={found.period.code}")
    context = standing(request, found) | signed_words(request, signed)
    shown = committee_figures(found.card, live_figures(found.period, today()))
    context |= {"pairs": pairs(signed, shown), "text": signed.text}
    return render(request, "scorecards/version.html", context)


def standing(request: HttpRequest, found: Opened) -> dict[str, object]:
    """What every page of a scorecard says on top."""
    period, card = found.period, found.card
    word, icon, late = _state(card, period)
    return {
        "period": period,
        "period_name": period_name(period),
        "period_days": period_days(period),
        "committee": found.committee,
        "card": card,
        "state": word,
        "state_icon": icon,
        "is_late": late,
        "is_open": found.is_open,
        "may_write": found.may_write,
        "reads_the_city": reads_the_city(found.scope),
        "today": today(),
        "choices": choosing.period_choices(request.GET, period, today()),
        "filled": len(card.lines) - card.counts[""],
        "total": len(card.lines),
        "opened_again": next(
            (one.reopening for one in reversed(card.sign_offs) if hasattr(one, "reopening")), None
        ),
    }


def signed_words(request: HttpRequest, signed: SignOff) -> dict[str, object]:
    """What a page says of what was signed, and the way to what explains a difference."""
    return {
        "signed": signed,
        "is_mine": signed.signed_by_id == request.user.pk,
        "difference_url": difference_url(signed),
    }


def _state(card: Card, period: ReportingPeriod) -> tuple[str, str, bool]:
    word = state_word(card.state, is_closed=card.is_closed)
    return word, STATE_ICONS[card.state], is_late(period, card.state, today())


def _sections(card: Card, lines: dict[int, ShownLine]) -> list[tuple[Goal | None, list[ShownLine]]]:
    """Goals with their lines; of a signed one those that were signed."""
    shown = []
    for section in card.sections:
        there = [lines[line.undertaking.pk] for line in section.lines]
        if card.signed:
            there = [line for line in there if line.frozen]
        if there:
            shown.append((section.goal, there))
    return shown


def _unsigned_before(found: Opened) -> ReportingPeriod | None:
    """The period before this one, where it still can be and is not signed; not one long gone."""
    before = ReportingPeriod.objects.filter(
        last_day__lt=found.period.last_day,
        last_day__lte=today(),
        report_by__gte=today() - REMINDED,
        closing=None,
    )
    last = before.order_by("-last_day", "-first_day").first()
    return last if last and is_owed(last, found.committee) else None
