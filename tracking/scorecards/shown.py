"""What the pages show of a scorecard: live figures, what was signed, and the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from foundation.intervals import STOCKHOLM, inclusive
from tracking.reports.figures import Figure, figure, in_order
from tracking.scorecards.card import Card, Gap, Line
from tracking.scorecards.models import ReportingPeriod, SignOff, Undertaking, UndertakingReport
from tracking.scorecards.words import days_of, gap_word, status_icon, status_word
from tracking.status.figures import Figures, NotCounted, figures
from tracking.status.results import UnitSummary
from tracking.status.rules import Status

COUNTED = {
    "undantagna": Status.EXEMPT,
    "klara": Status.DONE,
    "utgangna": Status.EXPIRED,
    "forsenade": Status.OVERDUE,
    "pagaende": Status.STARTED,
    "ej_paborjade": Status.NOT_STARTED,
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An undertaking as the scorecard's page lists it."""

    line: Line
    targets: list[Figure]  # of its knowledge targets, as they stand now
    frozen: dict[str, Any] | None = None  # what was signed of it

    @property
    def said(self) -> Undertaking:
        """The undertaking."""
        return self.line.undertaking

    @property
    def report(self) -> UndertakingReport:
        """What the committee says of it now."""
        return self.line.report

    @property
    def status(self) -> str:
        """As signed where it is, else as it stands."""
        return self.frozen["status"] if self.frozen else self.line.report.status

    @property
    def word(self) -> str:
        """The status in a word."""
        return status_word(self.status)

    @property
    def icon(self) -> str:
        """And as a symbol."""
        return status_icon(self.status)

    @property
    def title(self) -> str:
        """As it was called when it was signed, else as it is called."""
        return self.frozen["namn"] if self.frozen else self.line.undertaking.title

    @property
    def comment(self) -> str:
        """What the committee says of it in the period."""
        return self.frozen["kommentar"] if self.frozen else self.line.report.comment

    @property
    def evidence(self) -> str:
        """What shows it."""
        return self.frozen["underlag"] if self.frozen else self.line.report.evidence

    @property
    def links(self) -> list[str]:
        """Where it can be read."""
        return list(self.frozen["lankar"]) if self.frozen else self.line.report.links.split()

    @property
    def reference(self) -> str:
        """Its number in the register."""
        return self.frozen["diarienummer"] if self.frozen else self.line.report.reference

    @property
    def responsible(self) -> str:
        """The function that answers for it."""
        return self.frozen["ansvarig"] if self.frozen else self.line.report.responsible_role

    @property
    def gap(self) -> Gap | None:
        """What is missing, while it is not signed."""
        return None if self.frozen else self.line.gap

    @property
    def gap_word(self) -> str:
        """The same in words."""
        return gap_word(self.gap) if self.gap else ""

    @property
    def days(self) -> str:
        """From when to when it holds."""
        return days_of(self.said.valid_from, inclusive(self.said.valid_to))


@dataclass(frozen=True, slots=True)
class Pair:
    """A target in the committee: as it was signed, and with what is known now."""

    name: str
    code: str
    then: UnitSummary | None
    now: UnitSummary | None

    @property
    def differs(self) -> bool:
        """Whether more, or other, is known now."""
        return _numbers(self.then) != _numbers(self.now)


def live_figures(period: ReportingPeriod, on: date) -> Figures | None:
    """The figures of the period's last day, or of today before it; None where counting takes
    longer than a reader waits.
    """
    try:
        return figures(as_of=min(period.last_day, on), wait=False)
    except NotCounted:
        return None


def shown_lines(card: Card, figures_of: Sequence[Figure]) -> dict[int, ShownLine]:
    """Each line with the figures of its targets, by the undertaking's key."""
    known = {one.target.code: one for one in figures_of}
    signed = card.signed
    frozen = {row["kod"]: row for row in signed.text["ataganden"]} if signed else {}

    return {
        line.undertaking.pk: ShownLine(
            line,
            [known[code] for code in line.undertaking.targets if code in known],
            frozen.get(line.undertaking.code),
        )
        for line in card.lines
    }


def committee_figures(card: Card, found: Figures | None) -> list[Figure]:
    """Every knowledge target's figures in the committee, by the programme's goals."""
    if found is None:
        return []
    rows = [
        figure(found.targets[code], counts, found.stand.as_of)
        for (_unit, code), counts in found.of([card.committee.code]).items()
    ]
    return sorted(rows, key=lambda one: in_order(one.target))


def frozen_summary(row: dict[str, Any]) -> UnitSummary:
    """A frozen row as counts."""
    counts = {status: row[name] for name, status in COUNTED.items()}
    return UnitSummary(row["enhet"], row["mal"], row["mal_andel"], counts)


def pairs(signed: SignOff, figures_now: Sequence[Figure]) -> list[Pair]:
    """Each target as signed, beside what is known now of the same day."""
    then = {row["mal"]: row for row in signed.figures}
    now = {one.target.code: one.counts for one in figures_now}
    names = {one.target.code: one.target.name for one in figures_now}
    names |= {code: row["namn"] for code, row in then.items()}
    order = {row["mal"]: (row["niva"] == "erbjuden", row["programmal"]) for row in signed.figures}
    return [
        Pair(
            names[code],
            code,
            frozen_summary(then[code]) if code in then else None,
            now.get(code),
        )
        for code in sorted(names, key=lambda code: (*order.get(code, (True, "")), code))
    ]


def difference_url(signed: SignOff) -> str:
    """The comparison that explains what has become known since it was signed."""
    known = signed.known_at.astimezone(STOCKHOLM)
    query = {
        "enhet": signed.committee,
        "datum": signed.as_of.isoformat(),
        "jamfor": signed.as_of.isoformat(),
        "jamfor_kand": known.isoformat(),
    }
    return f"{reverse('reports:comparison')}?{urlencode(query)}"


def _numbers(counts: UnitSummary | None) -> tuple[int, ...] | None:
    return None if counts is None else tuple(counts.counts[status] for status in Status)
