"""The only ways a scorecard is signed, opened again, and a period closed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User
from tracking.scorecards.card import Card, Gap, Line, card_of, standing, undertakings_in
from tracking.scorecards.committees import Committee
from tracking.scorecards.frozen import Frozen, Row, closing_hash, sign_off_hash
from tracking.scorecards.models import (
    PeriodClosing,
    Reopening,
    ReportingPeriod,
    Scorecard,
    SignOff,
)


class NotYet(Exception):
    """The period's last day has not come: its figures are not there to be signed."""


class PeriodClosed(Exception):
    """The city has closed the period: nothing more is signed or opened."""


class NotReady(Exception):
    """Something is missing; `gaps` says what."""

    def __init__(self, gaps: list[tuple[Line, Gap]]) -> None:
        super().__init__()
        self.gaps = gaps


@transaction.atomic
def sign_off(
    *,
    period: ReportingPeriod,
    committee: Committee,
    frozen: Frozen,
    actor: User,
    now: datetime,
    on: date,
) -> SignOff:
    """Freeze the figures and the text. Signed twice is signed once: the first one is given back.

    Raises NotYet, PeriodClosed and NotReady.
    """
    period = _held(period)
    Scorecard.objects.select_for_update().filter(period=period, committee=committee.code).first()
    card = card_of(period, committee)
    if card.signed:
        return card.signed
    if card.is_closed:
        raise PeriodClosed
    if on < period.last_day:
        raise NotYet
    if card.gaps or not card.lines:
        raise NotReady(card.gaps)
    made = SignOff(
        period=period,
        committee=committee.code,
        version=len(card.sign_offs) + 1,
        as_of=frozen.as_of,
        batch_id=frozen.batch,
        known_at=frozen.known_at,
        figures=frozen.rows,
        text=card_text(card),
        signed_by=actor,
        signed_at=now,
    )
    made.hash = sign_off_hash(made)
    made.save(force_insert=True)
    detail: dict[str, str | int] = {
        "period": period.code,
        "version": made.version,
        "hash": made.hash,
    }
    record(AuditEvent.SCORECARD_SIGNED, actor=actor, unit=committee.code, detail=detail)
    return made


@transaction.atomic
def reopen(*, sign_off: SignOff, reason: str, actor: User, now: datetime) -> Reopening:
    """Open what is signed for a new version; what was signed stays as it was, and can be read.

    Raises PeriodClosed.
    """
    period = _held(sign_off.period)
    if hasattr(period, "closing"):
        raise PeriodClosed
    opened, made = Reopening.objects.get_or_create(
        sign_off=sign_off, defaults={"reason": reason, "reopened_by": actor, "reopened_at": now}
    )
    if made:
        detail: dict[str, str | int] = {"period": period.code, "version": sign_off.version}
        record(AuditEvent.SCORECARD_REOPENED, actor=actor, unit=sign_off.committee, detail=detail)
    return opened


@transaction.atomic
def close_period(
    *,
    period: ReportingPeriod,
    committees: list[Committee],
    frozen: Frozen,
    actor: User,
    now: datetime,
    on: date,
) -> PeriodClosing:
    """End the period for the whole city: who had signed, who was missing, and the figures of city
    and committees. Closed twice is closed once.

    Raises NotYet.
    """
    period = _held(period)
    if hasattr(period, "closing"):
        return period.closing
    if on < period.last_day:
        raise NotYet
    made = PeriodClosing(
        period=period,
        as_of=frozen.as_of,
        batch_id=frozen.batch,
        known_at=frozen.known_at,
        figures=frozen.rows,
        text=_city_text(period, committees),
        signed_by=actor,
        signed_at=now,
    )
    made.hash = closing_hash(made)
    made.save(force_insert=True)
    detail: dict[str, str | int] = {"period": period.code, "hash": made.hash}
    record(AuditEvent.PERIOD_CLOSED, actor=actor, detail=detail)
    return made


def card_text(card: Card) -> dict[str, Any]:
    """What a scorecard says, as plain data; nobody by name."""
    return {
        "period": period_text(card.period),
        "namnd": {"kod": card.committee.code, "namn": card.committee.name},
        "kommentar": card.scorecard.comment,
        "ataganden": [_line_text(line) for line in card.lines],
    }


def period_text(period: ReportingPeriod) -> Row:
    """A period as plain data."""
    return {
        "kod": period.code,
        "slag": period.kind,
        "fran": period.first_day.isoformat(),
        "till": period.last_day.isoformat(),
    }


def _line_text(line: Line) -> Row:
    said, report = line.undertaking, line.report
    return {
        "kod": said.code,
        "eget": bool(said.committee),
        "namn": said.title,
        "programmal": said.goal,
        "programmal_harlett": said.goal_is_inferred,
        "agare": said.owner,
        "mottagare": said.recipient,
        "kunskapsmal": said.targets,
        "status": report.status,
        "kommentar": report.comment,
        "underlag": report.evidence,
        "lankar": report.links.split(),
        "diarienummer": report.reference,
        "ansvarig": report.responsible_role,
    }


def _city_text(period: ReportingPeriod, committees: list[Committee]) -> dict[str, Any]:
    by_committee: dict[str, list[SignOff]] = {one.code: [] for one in committees}
    versions = SignOff.objects.filter(period=period).select_related("reopening")
    for one in versions.order_by("version"):
        by_committee.setdefault(one.committee, []).append(one)
    names = {one.code: one.name for one in committees}
    rows = []
    for code, signed in by_committee.items():
        stands = standing(signed)
        rows.append(
            {
                "kod": code,
                "namn": names.get(code, code),
                "version": stands.version if stands else None,
                "hash": stands.hash if stands else "",
            }
        )
    ataganden = [{"kod": one.code, "namn": one.title} for one in undertakings_in(period)]
    return {"period": period_text(period), "namnder": rows, "ataganden": ataganden}


def _held(period: ReportingPeriod) -> ReportingPeriod:
    """The period, held until the transaction ends: signing and closing wait for each other."""
    ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    found: ReportingPeriod = ReportingPeriod.objects.select_related("closing").get(pk=period.pk)
    return found
