"""What a process remembers of organisation and targets, and when it must not."""

from datetime import date

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from foundation.facts import open_batch
from tests.factories import batch, completion, employ, person, target, unit
from tracking.status.engine import EVERYBODY, STATUSES, compute, count, ground_at, partitions
from tracking.status.engine.ground import Ground, forget
from tracking.status.known import Known
from tracking.status.queries import computed_table, status_table, summary

TODAY = date(2024, 5, 1)
NOW = Known.through(None)


@pytest.fixture(autouse=True)
def _forgetful():
    forget()
    yield
    forget()


@pytest.fixture
def city() -> None:
    unit("STAD")
    unit("SDN", "STAD")
    target()


def committed(capture) -> Ground:
    with capture(execute=True):
        return ground_at(TODAY, NOW)


@pytest.mark.django_db
def test_it_is_remembered_once_committed_and_found_by_one_query(
    city, django_capture_on_commit_callbacks, django_assert_num_queries
):
    first = committed(django_capture_on_commit_callbacks)
    with django_assert_num_queries(1):
        assert ground_at(TODAY, NOW) is first


@pytest.mark.django_db
def test_a_fact_of_one_person_leaves_it_as_it_is(city, django_capture_on_commit_callbacks):
    first = committed(django_capture_on_commit_callbacks)
    later = open_batch(origin="test")
    who = person("A")
    employ(who, "SDN")
    assert ground_at(TODAY, NOW) is first
    assert ground_at(TODAY, Known.through(later.pk)) is first


@pytest.mark.django_db
def test_what_a_transaction_may_still_take_back_is_not_remembered(city):
    first = ground_at(TODAY, NOW)
    with transaction.atomic():
        open_batch(origin="test")
        unit("NEW", "STAD")
        assert ground_at(TODAY, NOW).units == ["NEW", "SDN", "STAD"]
        transaction.set_rollback(True)
    assert ground_at(TODAY, NOW).units == first.units


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda: unit("NEW", "STAD"), lambda: target("T2")])
def test_a_new_unit_or_target_gives_another_one(city, django_capture_on_commit_callbacks, change):
    first = committed(django_capture_on_commit_callbacks)
    before = batch().pk
    open_batch(origin="test")
    change()
    second = committed(django_capture_on_commit_callbacks)
    assert second is not first
    assert (len(second.units), len(second.targets)) != (len(first.units), len(first.targets))
    then = ground_at(TODAY, Known.through(before))
    assert (then.units, then.targets) == (first.units, first.targets)


@pytest.mark.django_db
def test_another_day_and_other_targets_are_another_one(city, django_capture_on_commit_callbacks):
    first = committed(django_capture_on_commit_callbacks)
    assert ground_at(date(2024, 5, 2), NOW) is not first
    assert ground_at(TODAY, NOW, ["T2"]).targets == []


@pytest.mark.django_db
def test_nothing_known_gives_nothing():
    ground = ground_at(TODAY, NOW)
    assert (ground.units, ground.targets, ground.tree.root) == ([], [], None)
    frames = compute(ground, NOW, EVERYBODY)
    assert (len(frames.status), len(frames.places), len(count(ground, frames))) == (0, 0, 0)
    assert partitions(NOW) == []


@pytest.mark.django_db
def test_nobody_asked_for_is_nobody(city):
    employ(person("A"), "SDN")
    ground = ground_at(TODAY, NOW)
    assert len(compute(ground, NOW, []).status) == 0
    assert len(compute(ground, NOW, EVERYBODY).status) == 1


@pytest.mark.django_db
def test_queries_do_not_grow_with_people_and_few_are_found_as_many(city):
    counted = []
    for size in (3, 60):
        for number in range(size):
            who = person(f"{size}-{number}")
            employ(who, "SDN")
            completion(who, TODAY)
        with CaptureQueriesContext(transaction.get_connection()) as queries:
            table = computed_table(as_of=TODAY)
        counted.append((len(queries), len(table.results)))
    assert counted == [(10, 3), (10, 63)]
    people = {one.person for one in table.results}
    few = [
        one
        for some in (sorted(people)[:40], sorted(people)[40:])
        for one in computed_table(as_of=TODAY, persons=some).results
    ]
    assert few == table.results == computed_table(as_of=TODAY, persons=people).results


@pytest.mark.django_db
def test_a_unit_s_people_are_found_and_counted_there(city):
    unit("OLD", "STAD", until=date(2024, 1, 1), replaced_by="SDN")
    unit("OTHER", "STAD")
    both, old, lost = person("A"), person("B"), person("C")
    for who, code in ((both, "SDN"), (both, "OTHER"), (old, "OLD"), (lost, "NOBODYS")):
        employ(who, code)
    table = status_table(as_of=TODAY, unit="SDN")
    assert [one.person for one in table.results] == [both.pk, old.pk]
    assert [(one.unit, one.audience) for one in summary(table, unit="SDN")] == [("SDN", 2)]
    ground = ground_at(TODAY, NOW)
    counts = count(ground, compute(ground, NOW, EVERYBODY))
    people = counts[counts["area"] == -1].set_index("unit")[STATUSES].sum(axis=1).to_dict()
    assert {ground.units[at]: number for at, number in people.items()} == {
        "OTHER": 1,
        "SDN": 2,
        "STAD": 3,
    }
