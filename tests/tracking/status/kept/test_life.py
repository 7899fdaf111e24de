"""Whatever happens to a city and to its workers, what is kept is what follows from the facts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from foundation.outbox import OutboxRow
from tests.tracking.status.kept import living_city as city
from tracking.ledger.actions import record_completion, record_start, withdraw_completion
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Absence, Employment, Person, Unit, UnitKind
from tracking.status.kept import following, rebuilding, snapshots
from tracking.status.kept.verifying import verify
from tracking.status.models import COUNTED, Generation, UnitCount
from tracking.targets.models import Exemption, Target

pytestmark = pytest.mark.django_db

SOMEBODY = st.integers(0, 4)
COURSE = st.sampled_from(city.COURSES)
NEAR = st.integers(-40, 40)
UNIT = st.sampled_from((*city.UNITS, *city.DISTRICTS, city.ROOT, "U-OKAND", "E-9"))
AREA = st.sampled_from(city.AREAS)
WHICH = st.integers(0, 50)
BOTH = st.booleans()
SELDOM = st.sampled_from([False, False, False, True])


class Killed(Exception):
    """The worker died before it had committed."""


class Life(RuleBasedStateMachine):
    """Facts come in any order, days pass, and workers do their tasks late, twice or half."""

    @initialize()
    def found(self) -> None:
        self.day = date(2026, 2, 20)
        self.people = city.found(5)
        rebuilding.here(as_of=self.day)
        self.done: list[tuple[str, dict[str, Any]]] = []

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()

    # What happens in the city

    @rule(
        who=SOMEBODY, unit=UNIT, area=AREA, ago=NEAR, is_manager=st.booleans(), told=st.booleans()
    )
    def is_hired(
        self, who: int, unit: str, area: str, ago: int, is_manager: bool, told: bool
    ) -> None:
        person = self.people[who]
        if city.known(Employment, person=person, unit_code=unit):
            return
        since = self.day + timedelta(days=ago)
        fact = city.employment(person, unit, since, area, is_manager=is_manager)
        city.write(fact, people=[person.pk] if told else None)

    @rule(who=SOMEBODY, which=WHICH, ago=NEAR, area=AREA, withdrawn=st.booleans())
    def employment_is_corrected(
        self, who: int, which: int, ago: int, area: str, withdrawn: bool
    ) -> None:
        held = city.known(Employment, person=self.people[who])
        if not held:
            return
        wrong = held[which % len(held)]
        right = city.again(city.ended(wrong, self.day + timedelta(days=ago)), business_area=area)
        city.write(*([] if withdrawn else [right]), gone=[wrong], people=[wrong.person_id])

    @rule(who=SOMEBODY, course=COURSE, ago=st.integers(-1, 400))
    def completes(self, who: int, course: str, ago: int) -> None:
        record_completion(
            person=self.people[who],
            course_code=course,
            on=self.day - timedelta(days=ago),
            source=CompletionSource.PLATFORM,
            actor=None,
        )

    @rule(who=SOMEBODY, course=COURSE)
    def begins(self, who: int, course: str) -> None:
        record_start(person=self.people[who], course_code=course, on=self.day, actor=None)

    @rule(which=WHICH)
    def completion_is_withdrawn(self, which: int) -> None:
        done = city.known(Completion)
        if done:
            withdraw_completion(completion=done[which % len(done)], actor=None)

    @rule(who=SOMEBODY, ago=NEAR, days=st.sampled_from([1, 29, 30, 31, None]))
    def is_on_leave(self, who: int, ago: int, days: int | None) -> None:
        person, since = self.people[who], self.day + timedelta(days=ago)
        old = city.known(Absence, person=person, valid_from=since)
        city.write(city.leave(person, since, days), gone=old, people=[person.pk])

    @rule(who=SOMEBODY, goal=st.sampled_from(["T1", "T2"]), ago=NEAR, days=st.integers(1, 40))
    def is_exempt(self, who: int, goal: str, ago: int, days: int) -> None:
        person, since = self.people[who], self.day + timedelta(days=ago)
        old = city.known(Exemption, person=person, target_code=goal, valid_from=since)
        city.write(city.exemption(person, goal, since, days), gone=old, people=[person.pk])

    @rule(
        which=WHICH,
        audience=st.sampled_from(city.AUDIENCES),
        due=NEAR,
        until=NEAR,
        is_rare=SELDOM,
    )
    def target_is_changed(
        self, which: int, audience: str, due: int, until: int, is_rare: bool
    ) -> None:
        """Seldom: it has everything counted anew, and hides whatever else would be wrong."""
        if not is_rare:
            return
        targets = city.known(Target)
        old = targets[which % len(targets)]
        new = city.again(
            old,
            audience=audience,
            due_on=self.day + timedelta(days=due),
            valid_to=self.day + timedelta(days=until) if until > 0 else None,
        )
        city.write(new, gone=[old], people=None)

    @rule(ago=NEAR, is_rare=SELDOM)
    def unit_is_replaced(self, ago: int, is_rare: bool) -> None:
        """E-1 ends and E-9 takes over under the other district, seldom."""
        if not is_rare:
            return
        on = self.day + timedelta(days=ago)
        old = city.known(Unit, code="E-1")[0]
        ended = city.again(old, valid_to=on, replaced_by_code="E-9")
        new = city.unit("E-9", "SDN-2", UnitKind.UNIT, on)
        city.write(ended, new, gone=[old, *city.known(Unit, code="E-9")], people=None)

    @rule(days=st.sampled_from([1, 1, 2, 29, 30, 31, 200]), is_noticed=BOTH)
    def days_pass(self, days: int, is_noticed: bool) -> None:
        self.day += timedelta(days=days)
        if is_noticed:
            following.catch_up(as_of=self.day)
            assert not verify().differences

    # What the workers do

    def _tasks(self) -> dict[str, Callable[..., Any]]:
        return {
            following.CATCH_UP: lambda: following.catch_up(as_of=self.day),
            rebuilding.BUILD_PART: rebuilding.build_part,
            rebuilding.FINISH: rebuilding.finish,
            rebuilding.SWEEP: rebuilding.sweep,
        }

    def _waiting(self) -> list[OutboxRow]:
        """What is to be done about kept figures; others follow facts with tasks of their own."""
        return list(OutboxRow.objects.filter(task__in=self._tasks()).order_by("pk"))

    def _do(self, name: str, given: dict[str, Any]) -> None:
        self._tasks()[name](*given.values())
        self.done.append((name, given))

    @rule(which=WHICH, times=st.integers(1, 2), dies=st.booleans())
    def work(self, which: int, times: int, dies: bool) -> None:
        """A worker takes any of the rows, first or last, and may die before it commits."""
        rows = self._waiting()
        if not rows:
            return
        row = rows[which % len(rows)]
        try:
            with transaction.atomic():
                for _time in range(times):
                    self._do(row.task, row.arguments)
                row.delete()
                if dies:
                    raise Killed
        except Killed:
            pass

    @rule(which=WHICH)
    def work_delivered_again(self, which: int) -> None:
        """A broker hands out once more what was done long ago."""
        if self.done:
            name, given = self.done[which % len(self.done)]
            self._do(name, given)

    @rule()
    def midnight(self) -> None:
        following.catch_up(as_of=self.day)

    @rule()
    def somebody_reads(self) -> None:
        following.catch_up_if_quick(as_of=self.day)

    @rule(ago=st.integers(0, 60))
    def a_past_day_is_asked_for(self, ago: int) -> None:
        """Kept or moved, the counts of another day are those counted from nothing."""
        day, batch = self.day - timedelta(days=ago), following.last_batch()
        kept = snapshots.kept_snapshot(as_of=day, batch=batch, follows=True)
        kept = kept or snapshots.make_snapshot(as_of=day, batch=batch, follows=True)
        fresh = snapshots.make_snapshot(as_of=day, batch=batch, follows=False)
        assert counts_of(kept) == counts_of(fresh)

    @rule()
    def what_is_kept_is_right_for_its_stand(self) -> None:
        assert not verify().differences

    def teardown(self) -> None:
        try:
            if hasattr(self, "people"):
                self._drain()
                assert following.is_up_to_date(
                    Generation.objects.current(), as_of=self.day, batch=following.last_batch()
                )
                assert not verify().differences
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    def _drain(self) -> None:
        following.catch_up(as_of=self.day)
        while rows := self._waiting():
            for row in rows:
                row.delete()
                self._do(row.task, row.arguments)
            following.catch_up(as_of=self.day)


def counts_of(generation: Generation) -> dict[tuple[str, ...], tuple[int, ...]]:
    rows = UnitCount.objects.filter(generation=generation).values_list(
        "unit_code", "target_code", "area", *COUNTED
    )
    return {row[:3]: row[3:] for row in rows if any(row[3:])}


def test_after_draining_nothing_differs() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_people_are_told_apart_from_their_keys() -> None:
    """The machine is not an empty city: everybody counts somewhere from the beginning."""
    people = city.found(5)
    generation = rebuilding.here(as_of=date(2026, 2, 20))
    assert Person.objects.count() == len(people) == 5
    assert counts_of(generation)[city.ROOT, "T1", ""] == (0, 0, 0, 0, 0, 5)
