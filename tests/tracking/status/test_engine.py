"""The engine says what the slow second reading of STATUS.md says: on random cities, any day, as
known at any moment, also where each kind of fact is known at a moment of its own.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import batch_at
from foundation.intervals import day_after, merged
from tests.tracking.rows import Row, field
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.recording import record
from tests.tracking.status.reference import City
from tests.tracking.status.test_against_reference import report
from tracking.status.engine import (
    EVERYBODY,
    Frames,
    Ground,
    compute,
    count,
    day_of,
    ground_at,
    partitions,
)
from tracking.status.explain import explain
from tracking.status.known import Known
from tracking.status.reasons import Explanation
from tracking.status.rules import Rule, Status

EXAMPLES = int(os.environ.get("STATUS_EXAMPLES", "6"))
SHRINK = [Phase.shrink] if "STATUS_SHRINK" in os.environ else []
# Which of the reference's lists each kind of fact is.
KINDS = {
    "units": "units",
    "employments": "staff",
    "absences": "absences",
    "targets": "targets",
    "exemptions": "exemptions",
    "completions": "completions",
    "starts": "starts",
}
Result = tuple[str, date | None, date | None, date | None, date | None, frozenset[tuple[str, str]]]


def in_audience(city: City, on: date) -> Iterator[tuple[str, Row]]:
    for person in city.people:
        for target in city.targets:
            if city.audience_places(person, target, on):
                yield person, target


def by_reference(city: City, people: dict[str, int], on: date) -> dict[tuple[int, str], Result]:
    """Everything the engine finds, day by day and person by person."""
    found = {}
    for person, target in in_audience(city, on):
        best = city.best(person, target, on)
        found[people[person], field(target, "kod")] = (
            city.status(person, target, on),
            best.on if best else None,
            best.through if best else None,
            city.due(person, target, on),
            city.stretch_start(person, target, on),
            city.audience_places(person, target, on),
        )
    return found


def by_engine(ground: Ground, frames: Frames) -> dict[tuple[int, str], Result]:
    """The frames in the reference's words."""
    places: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for person, target, unit, area in frames.places.itertuples(index=False):
        mine = places.setdefault((person, target), set())
        assert (ground.units[unit], ground.areas[area]) not in mine
        mine.add((ground.units[unit], ground.areas[area]))
    return {
        (person, ground.targets[target].code): (
            str(list(Status)[status]),
            *(day_of(number) for number in days),
            frozenset(places.pop((person, target))),
        )
        for person, target, status, *days in frames.status.itertuples(index=False)
    } | {(person, str(target)): "a place, and no status" for person, target in places}


def naive_counts(city: City, on: date) -> dict[tuple[str, str, str | None], dict[str, int]]:
    """People by status in every unit, with all below it, × target × area (None: all areas)."""
    found: dict[tuple[str, str, str | None], dict[str, int]] = {}
    for person, target in in_audience(city, on):
        places = city.audience_places(person, target, on)
        cells = {
            (above, field(target, "kod"), wanted)
            for unit, area in places
            for above in city.codes_above(unit, on)
            for wanted in (None, area)
        }
        status = city.status(person, target, on)
        for cell in cells:
            mine = found.setdefault(cell, {str(each): 0 for each in Status})
            mine[status] += 1
    return found


def engine_counts(
    ground: Ground, counts: pd.DataFrame
) -> dict[tuple[str, str, str | None], dict[str, int]]:
    rows = counts.set_index(["unit", "target", "area"])
    assert not rows.index.has_duplicates
    return {
        (
            ground.units[unit],
            ground.targets[target].code,
            None if area < 0 else ground.areas[area],
        ): row
        for (unit, target, area), row in rows.to_dict("index").items()
    }


def as_result(found: Explanation) -> Result | None:
    result = found.result
    return result and (
        str(result.status),
        result.completed_on,
        result.valid_through,
        result.due_on,
        result.start,
        frozenset(tuple(place) for place in result.places),
    )


def holds_together(found: Explanation) -> None:
    """The reasons alone give the result."""
    result, stretch = found.result, found.stretch
    assert result is not None
    assert stretch is not None
    assert result.status is found.rule.status
    assert result.due_on == (found.due_step.gives if found.due_step else None)
    assert result.completed_on == (found.best.reached.on if found.best else None)
    assert {each.unit for each in found.placements if each.is_inside} == result.units
    (run,) = merged(part.interval for part in stretch.parts)
    assert run == (result.start, day_after(found.as_of))
    on_leave = any(leave.covers and leave.counts for leave in found.leaves)
    assert (found.rule is Rule.ON_LEAVE) == on_leave
    assert (found.rule is Rule.EXEMPTED) == (bool(found.exemptions) and not on_leave)


def city_known(scenario: Scenario, moments: dict[str, datetime | None]) -> City:
    """The second reading's city, each kind of fact as known at its own moment."""
    city = City(scenario.batches)
    for kind, name in KINDS.items():
        setattr(city, name, getattr(City(scenario.batches, moments[kind]), name))
    city.people = sorted({field(row, "person_id") for row in city.staff})
    return city


class TestEngine(TestCase):
    """Each random city is written into an empty database and rolled back."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *SHRINK],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(scenario=scenarios(), data=st.data())
    def test_the_engine_finds_what_the_second_reading_finds(
        self, scenario: Scenario, data: Any
    ) -> None:
        note(report(scenario))
        people = record(scenario.batches)
        moments = st.sampled_from([None, *(each.recorded_at for each in scenario.batches)])
        for question in scenario.questions:
            note(repr(question))
            at = dict.fromkeys(KINDS, question.known_at)
            if data.draw(st.booleans(), label="each kind known at its own moment"):
                at = {kind: data.draw(moments, label=kind) for kind in KINDS}
            city = city_known(scenario, at)
            known = Known(**{kind: batch_at(moment) for kind, moment in at.items()})
            ground = ground_at(question.on, known, question.targets)
            if question.targets is not None:
                city.targets = [t for t in city.targets if field(t, "kod") in question.targets]
            whole = compute(ground, known, EVERYBODY)
            assert by_engine(ground, whole) == by_reference(city, people, question.on)
            self._explained(city, known, question.on, by_engine(ground, whole), people)
            counts = engine_counts(ground, count(ground, whole))
            assert counts == naive_counts(city, question.on)
            size = data.draw(st.integers(1, 6), label="people in a partition")
            parts = [compute(ground, known, part) for part in partitions(known, size)]
            together: dict[tuple[int, str], Result] = {}
            for part in parts:
                together |= by_engine(ground, part)
            assert together == by_engine(ground, whole)

    def _explained(
        self,
        city: City,
        known: Known,
        on: date,
        results: dict[tuple[int, str], Result],
        people: dict[str, int],
    ) -> None:
        """Everybody's explanation ends in the same result, and holds together."""
        for person in people.values():
            for target in city.targets:
                code = field(target, "kod")
                found = explain(person, code, on, known)
                assert as_result(found) == results.get((person, code))
                if found.result is not None:
                    holds_together(found)
