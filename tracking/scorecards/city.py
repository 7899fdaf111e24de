"""The city's compilation of a period: who has signed, who has not, and each undertaking's status.

Only what is signed is counted. Who has not signed is shown as such, never left out of a sum
silently.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracking.scorecards.card import (
    CardState,
    is_late,
    received,
    standing,
    state_of,
    status_counts,
    undertakings_in,
)
from tracking.scorecards.committees import Committee, committees_of
from tracking.scorecards.models import (
    ReportingPeriod,
    Scorecard,
    SignOff,
    Undertaking,
    UndertakingReport,
    UndertakingStatus,
)
from tracking.scorecards.words import STATE_ICONS, state_word
from tracking.targets.programme import GOALS, Goal


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """A committee in a period."""

    committee: Committee
    state: CardState
    total: int  # undertakings on its scorecard
    filled: int  # of those, how many have a status
    sign_offs: list[SignOff]
    is_late: bool
    is_closed: bool

    @property
    def signed(self) -> SignOff | None:
        """What stands."""
        return standing(self.sign_offs)

    @property
    def counts(self) -> dict[str, int]:
        """How many undertakings have each status, of what is signed."""
        rows = self.signed.text["ataganden"] if self.signed else []
        return status_counts(row["status"] for row in rows)

    @property
    def cells(self) -> list[int | None]:
        """The counts in the order of the statuses; None where nothing is signed."""
        found = self.counts
        return [found[one] if self.signed else None for one in UndertakingStatus.values]

    @property
    def word(self) -> str:
        """How far they have come."""
        return state_word(self.state, is_closed=self.is_closed)

    @property
    def icon(self) -> str:
        """As a symbol."""
        return "overdue" if self.is_late else STATE_ICONS[self.state]


@dataclass(frozen=True, slots=True)
class UndertakingRow:
    """One of the city's undertakings, over all who received it."""

    undertaking: Undertaking
    cells: list[int]  # how many signed committees say each status, in their order
    unsigned: int  # committees that have it and have not signed

    @property
    def receivers(self) -> int:
        """On how many scorecards it stands."""
        return sum(self.cells) + self.unsigned


@dataclass(frozen=True, slots=True)
class City:
    """A period over all committees."""

    period: ReportingPeriod
    committees: list[CommitteeRow]
    sections: list[tuple[Goal | None, list[UndertakingRow]]]
    own: int  # undertakings that are a committee's own, among those signed

    @property
    def signed(self) -> list[CommitteeRow]:
        """Those who have."""
        return [row for row in self.committees if row.signed]

    @property
    def unsigned(self) -> list[CommitteeRow]:
        """Those who have not, whatever they have written."""
        return [row for row in self.committees if not row.signed]

    @property
    def expected(self) -> list[CommitteeRow]:
        """Those who have something to report."""
        return [row for row in self.committees if row.total or row.signed]


def city_of(period: ReportingPeriod, on: date) -> City:
    """The compilation as it stands. As many queries whatever the number of committees."""
    committees = committees_of(period, on)
    undertakings = undertakings_in(period)
    versions: dict[str, list[SignOff]] = defaultdict(list)
    signed = SignOff.objects.filter(period=period).select_related("reopening")
    for one in signed.order_by("version"):
        versions[one.committee].append(one)
    begun = set(Scorecard.objects.filter(period=period).values_list("committee", flat=True))
    filled = _filled(period)
    is_closed = hasattr(period, "closing")
    rows = []
    for committee in committees:
        state = state_of(versions[committee.code], is_begun=committee.code in begun)
        rows.append(
            CommitteeRow(
                committee,
                state,
                len(received(undertakings, committee, period)),
                filled.get(committee.code, 0),
                versions[committee.code],
                is_late(period, state, on),
                is_closed,
            )
        )
    city_s = [one for one in undertakings if not one.committee]
    found = [_over_all(one, rows, period) for one in city_s]
    known = {goal.code for goal in GOALS}
    sections: list[tuple[Goal | None, list[UndertakingRow]]] = [
        (goal, [row for row in found if row.undertaking.goal == goal.code]) for goal in GOALS
    ]
    sections.append((None, [row for row in found if row.undertaking.goal not in known]))
    own = sum(line["eget"] for row in rows if row.signed for line in row.signed.text["ataganden"])
    return City(period, rows, [one for one in sections if one[1]], own)


def _over_all(
    undertaking: Undertaking, rows: Iterable[CommitteeRow], period: ReportingPeriod
) -> UndertakingRow:
    said: list[str] = []
    unsigned = 0
    for row in rows:
        if row.signed:
            lines = row.signed.text["ataganden"]
            said += [line["status"] for line in lines if line["kod"] == undertaking.code]
        else:
            unsigned += len(received([undertaking], row.committee, period))
    counts = status_counts(said)
    return UndertakingRow(undertaking, [counts[one] for one in UndertakingStatus.values], unsigned)


def _filled(period: ReportingPeriod) -> dict[str, int]:
    """How many undertakings each committee has given a status."""
    said = UndertakingReport.objects.filter(scorecard__period=period).exclude(status="")
    found: dict[str, int] = defaultdict(int)
    for code in said.values_list("scorecard__committee", flat=True):
        found[code] += 1
    return found
