"""On random cities the causes of every count add up to what the second reading of STATUS.md says
it differs by, for every unit, target and business area, between any two days and knowledges.
"""

import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import batch_at
from tests.tracking.commands import load
from tests.tracking.rows import Batch, field, folded
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.reference import City
from tests.tracking.status.test_against_reference import SHRINK, report
from tracking.organisation.models import Person
from tracking.status.compare.comparison import Comparing, Comparison, Side
from tracking.status.compare.evidence import evidence
from tracking.status.compare.moves import OUTSIDE
from tracking.status.compare.reading import STATUSES

EXAMPLES = int(os.environ.get("COMPARE_EXAMPLES", "5"))
# Standings by person and target, as the second reading says them.
Standings = dict[tuple[int, str], str]


@dataclass(frozen=True)
class Asked:
    """One side of a comparison, as a report is asked for."""

    on: date
    known_at: datetime | None

    def side(self) -> Side:
        batch = batch_at(self.known_at)
        return Side(self.on, 10**6 if batch is None else batch)


class Reference:
    """The second reading, by primary key; asked again and again."""

    def __init__(self, batches: tuple[Batch, ...]) -> None:
        self._batches = batches
        self._keys = dict(Person.objects.values_list("person_id", "pk"))
        self._cities: dict[datetime | None, City] = {}

    def city(self, asked: Asked) -> City:
        if asked.known_at not in self._cities:
            self._cities[asked.known_at] = City(self._batches, asked.known_at)
        return self._cities[asked.known_at]

    def units(self, asked: Asked) -> set[str]:
        city = self.city(asked)
        codes = {field(row, "kod") for row in city.units}
        return {code for code in codes if city.unit_on(code, asked.on)}

    def standings(self, asked: Asked, unit: str, area: str | None) -> Standings:
        city = self.city(asked)
        there = City(self._batches, asked.known_at)
        there.staff = [row for row in there.staff if area in {None, _area(row)}]
        return {
            (self._keys[person], field(target, "kod")): city.status(person, target, asked.on)
            for person in city.people
            for target in city.targets
            if any(
                unit in city.codes_above(placed, asked.on)
                for placed in there.audience_units(person, target, asked.on)
            )
        }


def _area(row: dict[str, str]) -> str:
    return folded(field(row, "verksamhetsomrade"))


@st.composite
def questions(draw: Any) -> tuple[Scenario, tuple[tuple[Asked, Asked], ...]]:
    """A city, and pairs of sides near its boundaries: one day known twice, and two days."""
    scenario = draw(scenarios())
    moments = [None, *(batch.recorded_at for batch in scenario.batches)]
    days = [question.on for question in scenario.questions]
    pairs = []
    for _ in range(4):
        first = Asked(draw(st.sampled_from(days)), draw(st.sampled_from(moments)))
        same_day = draw(st.booleans())
        on = first.on if same_day else draw(st.sampled_from(days))
        pairs.append((first, Asked(on, draw(st.sampled_from(moments)))))
    return scenario, tuple(pairs)


def difference(before: Standings, after: Standings) -> Counter[tuple[str, str]]:
    """By target and status, how many more; without those that do not differ."""
    more = Counter((target, status) for (_person, target), status in after.items())
    more.subtract((target, status) for (_person, target), status in before.items())
    return Counter({key: number for key, number in more.items() if number})


def explained(comparison: Comparison) -> Counter[tuple[str, str]]:
    """The same, summed over the causes."""
    summed: Counter[tuple[str, str]] = Counter()
    for target, causes in comparison.changes().items():
        for change in causes.values():
            for status, more in change.by_status.items():
                summed[target, status.value] += more
    return Counter({key: number for key, number in summed.items() if number})


def ways(comparison: Comparison) -> dict[tuple[int, str], tuple[str | None, str | None]]:
    """By person and target, where the moves, laid end to end, lead from and to."""
    found: dict[tuple[int, str], Counter[str | None]] = {}
    moves = comparison.moves
    for person, target, _cause, before, after in zip(*moves, strict=True):
        ends = found.setdefault((int(person), comparison.scope.targets[target]), Counter())
        ends[_word(after)] += 1
        ends[_word(before)] -= 1
    return {
        key: (
            next(word for word, number in ends.items() if number == -1),
            next(word for word, number in ends.items() if number == 1),
        )
        for key, ends in found.items()
    }


def _word(standing: int) -> str | None:
    return None if standing == OUTSIDE else STATUSES[standing].value


@pytest.mark.slow
class TestRandomCities(TestCase):
    """Each random city is loaded into an empty database and rolled back."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *SHRINK],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(asked=questions())
    def test_causes_add_up(self, asked: tuple[Scenario, tuple[tuple[Asked, Asked], ...]]) -> None:
        scenario, pairs = asked
        note(report(scenario))
        with tempfile.TemporaryDirectory() as name:
            for batch in scenario.batches:
                load(Path(name), batch, dialect=scenario.dialect)
        reference = Reference(scenario.batches)
        for one, other in pairs:
            if not reference.units(one) | reference.units(other):
                continue
            areas = sorted({_area(row) for row in reference.city(other).staff} - {""})
            units = sorted(reference.units(one) | reference.units(other))
            for unit in units if EXAMPLES > 50 else units[-2:]:
                note(f"{one} {other} {unit}")
                self._compare(reference, (one, other), unit, None)
            if areas:
                self._compare(reference, (one, other), units[0], areas[0])

    def _compare(
        self, reference: Reference, asked: tuple[Asked, Asked], unit: str, area: str | None
    ) -> None:
        before, after = (reference.standings(one, unit, area) for one in asked)
        sides = [one.side() for one in asked]
        made = Comparing(*sides, unit=unit, area=area).compared()
        assert explained(made) == difference(before, after)
        differs = {
            key: (before.get(key), after.get(key))
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key)
        }
        assert ways(made) == differs
        for behind in evidence(made, made.moves):
            assert behind
            assert all(one.fact or one.day for one in behind)
        back = Comparing(*sides[::-1], unit=unit, area=area).compared()
        assert negated(back) == made.changes()


def negated(comparison: Comparison) -> Any:
    """What the comparison says, the other way round."""
    return {
        target: {
            cause: type(change)(
                change.people, {status: -more for status, more in change.by_status.items()}
            )
            for cause, change in causes.items()
        }
        for target, causes in comparison.changes().items()
    }
