"""The only ways a committee's texts of a period are written."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tracking.organisation.models import Person, User
from tracking.scorecards.card import card_of, standing
from tracking.scorecards.committees import Committee
from tracking.scorecards.models import (
    PeriodClosing,
    ReportingPeriod,
    Scorecard,
    SignOff,
    Undertaking,
    UndertakingReport,
)

TEXTS = ("comment", "evidence", "links", "reference", "responsible_role")


class AlreadySigned(Exception):
    """The scorecard is signed, or its period closed: nothing in it is written any more."""


class ChangedMeanwhile(Exception):
    """Somebody else has saved since it was read; `current` is what stands."""

    def __init__(self, current: UndertakingReport | Scorecard) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True, slots=True)
class Said:
    """What a committee says of an undertaking."""

    status: str = ""
    comment: str = ""
    evidence: str = ""
    links: str = ""
    reference: str = ""
    responsible_role: str = ""
    responsible: Person | None = None


@transaction.atomic
def save_report(
    *,
    period: ReportingPeriod,
    committee: str,
    undertaking: Undertaking,
    said: Said,
    seen: int,
    actor: User,
    now: datetime,
) -> UndertakingReport:
    """Save what is said of an undertaking; `seen` is the version it was written on top of.

    The same said again changes nothing. Raises AlreadySigned and ChangedMeanwhile.
    """
    card = open_card(period, committee, actor=actor, now=now)
    report, _made = UndertakingReport.objects.get_or_create(scorecard=card, undertaking=undertaking)
    values = {
        "status": said.status,
        "responsible": said.responsible,
        **{name: getattr(said, name) for name in TEXTS},
    }
    if all(getattr(report, name) == value for name, value in values.items()):
        return report
    if report.version != seen:
        raise ChangedMeanwhile(report)
    for name, value in values.items():
        setattr(report, name, value)
    report.version += 1
    report.changed_at, report.changed_by = now, actor
    report.save()
    return report


@transaction.atomic
def save_comment(
    *,
    period: ReportingPeriod,
    committee: str,
    comment: str,
    seen: int,
    actor: User,
    now: datetime,
) -> Scorecard:
    """Save the committee's comment on the period as a whole. Raises as `save_report`."""
    card = open_card(period, committee, actor=actor, now=now)
    if card.comment == comment:
        return card
    if card.version != seen:
        raise ChangedMeanwhile(card)
    card.comment, card.version = comment, card.version + 1
    card.changed_at, card.changed_by = now, actor
    card.save()
    return card


@transaction.atomic
def copy_forward(
    *, period: ReportingPeriod, committee: Committee, actor: User, now: datetime
) -> int:
    """Bring the texts of the last period before into every undertaking that has none here; gives
    how many. The status is not brought: how far one has come is said anew each time.

    Raises AlreadySigned.
    """
    card = open_card(period, committee.code, actor=actor, now=now)
    lines = card_of(period, committee).lines
    there = UndertakingReport.objects.filter(
        scorecard__committee=committee.code,
        scorecard__period__last_day__lt=period.last_day,
        undertaking__in=[line.undertaking for line in lines],
    )
    latest = {one.undertaking_id: one for one in there.order_by("scorecard__period__last_day")}
    copied = 0
    for line in lines:
        last, here = latest.get(line.undertaking.pk), line.report
        has_text = any(getattr(here, name) for name in TEXTS) or here.responsible_id
        if last is None or has_text or not any(getattr(last, name) for name in TEXTS):
            continue
        for name in (*TEXTS, "responsible_id"):
            setattr(here, name, getattr(last, name))
        here.scorecard, here.version = card, here.version + 1
        here.changed_at, here.changed_by = now, actor
        here.save()
        copied += 1
    return copied


def open_card(period: ReportingPeriod, committee: str, *, actor: User, now: datetime) -> Scorecard:
    """The committee's scorecard, held until the transaction ends; made where there is none.

    Raises AlreadySigned.
    """
    Scorecard.objects.get_or_create(
        period=period,
        committee=committee,
        defaults={"changed_by": actor, "changed_at": now},
    )
    card = Scorecard.objects.select_for_update().get(period=period, committee=committee)
    versions = SignOff.objects.filter(period=period, committee=committee)
    if standing(list(versions.select_related("reopening").order_by("version"))):
        raise AlreadySigned
    if PeriodClosing.objects.filter(period=period).exists():
        raise AlreadySigned
    return card
