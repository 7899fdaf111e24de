"""What one fact does to the figures that are kept, and what it may cost."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.outbox import OutboxRow
from tests.tracking.status.kept import living_city as city
from tests.tracking.status.kept.test_life import counts_of
from tracking.ledger.actions import record_completion
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Employment, Person, UnitKind
from tracking.status.figures import figures
from tracking.status.kept import following, rebuilding, snapshots
from tracking.status.kept.verifying import verify
from tracking.status.models import Generation, GenerationState, TargetStatus, UnitCount
from tracking.status.queries import computed_table, status_table
from tracking.targets.models import Target

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 20)


@pytest.fixture
def people() -> list[Person]:
    found = city.found(3)
    rebuilding.here(as_of=DAY)
    return found


def completes(person: Person, course: str = "K1") -> None:
    record_completion(
        person=person,
        course_code=course,
        on=DAY,
        source=CompletionSource.PLATFORM,
        actor=None,
    )


def root(target: str = "T1") -> tuple[int, ...]:
    generation = Generation.objects.current()
    assert generation is not None
    return counts_of(generation)[city.ROOT, target, ""]


def queries_of_a_completion(person: Person) -> int:
    with CaptureQueriesContext(connection) as asked:
        completes(person)
    return len(asked)


def test_a_completion_is_counted_in_its_own_transaction(people: list[Person]) -> None:
    assert root() == (0, 0, 0, 0, 0, 3)
    completes(people[0])
    assert root() == (0, 1, 0, 0, 0, 2)
    assert not OutboxRow.objects.filter(task=following.CATCH_UP).exists()


def test_a_completion_costs_the_same_in_a_larger_city(people: list[Person]) -> None:
    first = queries_of_a_completion(people[0])
    for at in range(30):
        person = Person.objects.create(person_id=f"N{at}")
        city.write(city.employment(person, "E-2", city.BEGINNING), people=[person.pk])
    assert queries_of_a_completion(people[1]) == first


def test_an_import_is_left_to_a_worker_and_lists_are_right_meanwhile(people: list[Person]) -> None:
    city.write(city.completion(people[0], "K1", DAY), people=None)
    assert root() == (0, 0, 0, 0, 0, 3)
    assert OutboxRow.objects.filter(task=following.CATCH_UP).count() == 1
    listed = status_table(as_of=DAY, targets=["T1"]).results
    assert sorted(one.status.value for one in listed) == ["ej_paborjad", "ej_paborjad", "klar"]
    following.catch_up(as_of=DAY)
    assert root() == (0, 1, 0, 0, 0, 2)


def test_the_night_moves_only_those_who_are_due(people: list[Person]) -> None:
    """T1 is due 1 March; on the day after, those who have not done it are late."""
    completes(people[0])
    rows = TargetStatus.objects.filter(target_code="T1")
    before = dict(rows.values_list("person", "pk"))
    following.catch_up(as_of=date(2026, 3, 1))
    assert root() == (0, 1, 0, 0, 0, 2)
    with CaptureQueriesContext(connection) as asked:
        following.catch_up(as_of=date(2026, 3, 2))
    assert root() == (0, 1, 0, 2, 0, 0)
    written = [one["sql"] for one in asked if "tracking_targetstatus" in one["sql"].split("(")[0]]
    assert [sql.split()[0] for sql in written if not sql.startswith("SELECT")] == ["INSERT"]
    assert dict(rows.values_list("person", "pk")) == before


def test_each_night_finds_whatever_the_day_brings(people: list[Person]) -> None:
    """Facts written ahead bite on their day: no night counts everything anew to get it right."""
    first, second, third = people
    city.write(
        city.completion(first, "K1", DAY - timedelta(days=170)),
        city.completion(first, "K2", DAY - timedelta(days=175)),  # T2 holds for six months
        city.completion(second, "K1", DAY + timedelta(days=1)),
        city.begun(third, "K2", DAY + timedelta(days=3)),
        city.leave(second, DAY + timedelta(days=5), 31),
        city.leave(third, DAY + timedelta(days=7), 29),  # too short to count
        city.exemption(third, "T1", DAY + timedelta(days=12), 6),
        city.employment(third, "E-1", DAY + timedelta(days=20), "Barn och unga"),
        city.again(city.known(Employment, person=first)[0], unit_code="SDN-2", valid_from=DAY),
        people=[person.pk for person in people],
    )
    moving = city.known(Employment, person=first, unit_code="E-1")[0]
    city.write(city.ended(moving, DAY + timedelta(days=15)), gone=[moving], people=[first.pk])
    generation = Generation.objects.current()
    seen = set()
    for days in range(60):
        following.catch_up(as_of=DAY + timedelta(days=days))
        assert verify().differences == []
        seen.add((root("T1"), root("T2")))
    assert Generation.objects.current() == generation
    assert len(seen) == 12  # figures of the whole city, told apart


def test_a_fact_is_kept_even_when_its_figures_can_t_be(people: list[Person]) -> None:
    """Somebody has ruined what is kept: the completion counts all the same, a little later."""
    TargetStatus.objects.update(places="not what it should be")
    completes(people[0])
    assert Completion.objects.known_now().filter(person=people[0]).exists()
    assert OutboxRow.objects.filter(task=following.CATCH_UP).count() == 1
    TargetStatus.objects.update(places="[]")
    rebuilding.here(as_of=DAY)
    assert root() == (0, 1, 0, 0, 0, 2)


def test_what_was_ruined_is_found_told_and_repaired(people: list[Person], capsys) -> None:
    TargetStatus.objects.filter(person=people[0].pk, target_code="T1").update(status=1)
    TargetStatus.objects.filter(person=people[1].pk).delete()
    UnitCount.objects.filter(unit_code=city.ROOT, target_code="T1", area="").update(done=7)
    with pytest.raises(CommandError):
        call_command("verify_status")
    told = capsys.readouterr().out
    assert f"{people[0].pk} T1" in told
    assert f"{city.ROOT} T1" in told
    found = verify(repair=True)
    assert (found.wrong_statuses, found.wrong_counts, found.repaired) == (3, 1, True)
    assert verify().is_clean
    assert root() == (0, 0, 0, 0, 0, 3)


def test_two_workers_may_build_in_any_order_and_twice(people: list[Person]) -> None:
    generation = rebuilding.begin(as_of=DAY)
    assert rebuilding.begin(as_of=DAY) == generation
    assert not rebuilding.finish(generation.pk)
    parts = list(generation.parts.values_list("pk", flat=True))
    for pk in [*reversed(parts), *parts]:
        rebuilding.build_part(pk)
    assert rebuilding.finish(generation.pk)
    assert not rebuilding.finish(generation.pk)
    assert Generation.objects.current() == generation
    assert verify().is_clean
    rebuilding.sweep()
    assert set(TargetStatus.objects.values_list("generation", flat=True)) == {generation.pk}
    assert not Generation.objects.filter(state=GenerationState.DROPPED).exists()


def test_a_past_day_is_counted_once_and_moves_with_what_becomes_known(
    people: list[Person],
) -> None:
    """Asked for as known then it stays what it was; asked for as known now it follows."""
    then, past = timezone.now(), DAY - timedelta(days=10)
    assert figures(as_of=past).of([city.ROOT])[city.ROOT, "T1"].done == 0
    with CaptureQueriesContext(connection) as asked:
        again = figures(as_of=past).of([city.ROOT])
    assert again[city.ROOT, "T1"].done == 0
    assert not [one for one in asked if "tracking_completion" in one["sql"]]
    city.write(city.completion(people[0], "K1", past), people=[people[0].pk])
    kept = Generation.objects.filter(as_of=past, follows=True).get()
    assert figures(as_of=past).of([city.ROOT])[city.ROOT, "T1"].done == 1
    assert Generation.objects.filter(as_of=past, follows=True).get() == kept
    assert figures(as_of=past, known_at=then).of([city.ROOT])[city.ROOT, "T1"].done == 0


def test_days_nobody_asks_for_any_more_go(people: list[Person]) -> None:
    batch = following.last_batch()
    old = snapshots.make_snapshot(as_of=city.BEGINNING, batch=batch, follows=False)
    Generation.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=31))
    rebuilding.sweep()
    assert not Generation.objects.filter(pk=old.pk).exists()
    assert not UnitCount.objects.filter(generation=old.pk).exists()
    assert Generation.objects.current() is not None


def test_two_employments_count_once_a_unit_and_once_in_each_area(people: list[Person]) -> None:
    second = city.employment(people[0], "E-2", city.BEGINNING, "Barn och unga")
    city.write(second, people=[people[0].pk])
    shown = figures(as_of=DAY)
    current = Generation.objects.current()
    assert current is not None
    kept = counts_of(current)
    assert kept["SDN-1", "T1", ""] == (0, 0, 0, 0, 0, 2)
    assert kept["SDN-1", "T1", "=barn och unga"] == (0, 0, 0, 0, 0, 1)
    assert kept["SDN-1", "T1", "=ekonomiskt bistånd"] == (0, 0, 0, 0, 0, 2)
    assert current.areas["barn och unga"] == "Barn och unga"
    assert shown.stand.as_of == DAY


def test_kept_results_are_the_computed_ones(people: list[Person]) -> None:
    completes(people[1])
    city.write(
        city.employment(people[0], "E-3", city.BEGINNING, "Barn och unga"), people=[people[0].pk]
    )
    for unit in (None, "SDN-1", "SDN-2", "E-3", "U-OKAND"):
        kept, computed = (ask(as_of=DAY, unit=unit) for ask in (status_table, computed_table))
        by_key = sorted(computed.results, key=lambda one: (one.person, one.target))
        assert kept.results == by_key
    assert Employment.objects.known_now().count() == 4


@pytest.mark.parametrize("units", [0, 1])
def test_a_city_of_hardly_any_units_has_figures(units: int) -> None:
    """A first day: no organisation at all, or nothing but the root."""
    facts = [city.unit(city.ROOT, "", UnitKind.CITY)][:units]
    city.write(*facts, Target(code="T1", name="T1", courses="K1"), people=None)
    person = Person.objects.create(person_id="P")
    city.write(city.employment(person, city.ROOT, city.BEGINNING), people=[person.pk])
    rebuilding.here(as_of=DAY)
    assert TargetStatus.objects.count() == units
    assert verify().is_clean
    assert len(computed_table(as_of=DAY).results) == units
