"""A row is written with its transaction, run at least once, later and later, and never lost."""

from datetime import datetime, timedelta

import pytest
import time_machine
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from foundation import outbox
from foundation.outbox import MOST_ATTEMPTS, MOST_CRASHES, HandedBack, OutboxRow, State, put
from foundation.stopping import stopping
from foundation.tracing import request_id, traced
from foundation.working import run_due

pytestmark = pytest.mark.django_db

NOTED: list[str] = []


@shared_task(name="tests.note")
def note(word: str) -> None:
    NOTED.append(word)


@shared_task(name="tests.stumble")
def stumble() -> None:
    raise LookupError("Anna Andersson")


@shared_task(name="tests.hand_back")
def hand_back() -> None:
    raise HandedBack


@shared_task(name="tests.put_again")
def put_again(word: str) -> None:
    NOTED.append(word)
    if word == "first":
        put("tests.put_again", key="k", word="second")


@shared_task(name="tests.whose")
def whose() -> None:
    NOTED.append(request_id())


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    NOTED.clear()
    stopping.clear()


def the_row() -> OutboxRow:
    return OutboxRow.objects.get()


def test_what_is_rolled_back_is_never_done() -> None:
    def put_and_stumble() -> None:
        with transaction.atomic():
            put("tests.note", word="no")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_stumble()
    assert (run_due(), NOTED) == (0, [])


def test_a_task_nobody_knows_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        put("tests.nobody")


def test_rows_are_run_in_order_and_leave_nothing() -> None:
    for word in ("a", "b", "c"):
        put("tests.note", word=word)
    assert (run_due(), NOTED, OutboxRow.objects.count()) == (3, ["a", "b", "c"], 0)


def test_a_row_delivered_twice_is_run_once() -> None:
    put("tests.note", word="once")
    pk = the_row().pk
    assert (outbox.run(pk), outbox.run(pk), NOTED) == (True, False, ["once"])


def test_a_task_runs_under_the_id_of_the_request_that_caused_it() -> None:
    with traced() as number:
        put("tests.whose")
    with traced():  # of whoever runs it
        assert (run_due(), NOTED) == (1, [number])


def test_one_row_waits_for_a_key_with_what_was_said_last() -> None:
    put("tests.note", key="k", word="old")
    put("tests.note", key="k", word="new")
    put("tests.note", key="other", word="other")
    assert (run_due(), NOTED) == (2, ["new", "other"])


def test_the_earlier_moment_holds_for_a_key() -> None:
    now = timezone.now()
    put("tests.note", key="k", not_before=now + timedelta(hours=2), word="x")
    put("tests.note", key="k", not_before=now + timedelta(hours=1), word="x")
    put("tests.note", key="k", not_before=now + timedelta(hours=3), word="x")
    assert the_row().due_at == now + timedelta(hours=1)


def test_what_is_asked_for_while_it_runs_is_run_again() -> None:
    put("tests.put_again", key="k", word="first")
    assert (run_due(), NOTED) == (2, ["first", "second"])


def test_a_row_waits_for_its_moment() -> None:
    now = timezone.now()
    put("tests.note", not_before=now + timedelta(minutes=5), word="later")
    with time_machine.travel(now + timedelta(minutes=5, seconds=-1), tick=False):
        assert run_due() == 0
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        assert run_due() == 1


def fail_at(moment: datetime) -> datetime:
    """Run what is due then; when it is due next."""
    with time_machine.travel(moment, tick=False):
        assert run_due() == 1
    return the_row().due_at


def test_a_failure_waits_longer_each_time_up_to_an_hour() -> None:
    put("tests.stumble")
    moment = the_row().due_at
    waits = []
    for _attempt in range(MOST_ATTEMPTS - 1):
        due = fail_at(moment)
        waits.append((due - moment).total_seconds())
        moment = due
    assert waits == [10, 30, 90, 270, 810, 2430, *[3600] * (MOST_ATTEMPTS - 7)]


def test_it_is_not_tried_a_second_too_early() -> None:
    put("tests.stumble")
    due = fail_at(the_row().due_at)
    with time_machine.travel(due - timedelta(seconds=1), tick=False):
        assert run_due() == 0


def dead_row() -> OutboxRow:
    put("tests.stumble")
    OutboxRow.objects.update(attempts=MOST_ATTEMPTS - 1)
    run_due()
    return the_row()


def test_after_the_last_failure_it_lies_dead_and_says_no_more_than_the_kind_of_error() -> None:
    row = dead_row()
    assert (row.state, row.attempts, row.error) == (State.DEAD, MOST_ATTEMPTS, "LookupError")
    assert (row.holder, row.lease_until, run_due()) == (None, None, 0)


def test_a_dead_row_is_taken_up_again_when_asked() -> None:
    row = dead_row()
    assert outbox.retry(row.pk)
    assert (the_row().state, the_row().attempts) == (State.WAITING, 0)
    assert not outbox.retry(row.pk)


def test_a_dead_row_gives_way_to_one_that_waits_with_its_key() -> None:
    put("tests.note", key="k", word="old")
    OutboxRow.objects.update(state=State.DEAD)
    put("tests.note", key="k", word="new")
    assert outbox.retry(OutboxRow.objects.dead().get().pk)
    assert (run_due(), NOTED) == (1, ["new"])


def test_a_crash_after_the_claim_loses_nothing() -> None:
    put("tests.note", word="saved")
    claimed = outbox.claim(the_row().pk, timezone.now())  # and then the worker dies
    assert claimed is not None
    assert run_due() == 0
    with time_machine.travel(timezone.now() + outbox.lease(), tick=False):
        assert run_due() == 1
    assert NOTED == ["saved"]


def test_a_lease_holds_to_its_last_moment() -> None:
    put("tests.note", word="x")
    now = timezone.now()
    pk = the_row().pk
    assert outbox.claim(pk, now)
    assert outbox.claim(pk, now + outbox.lease() - timedelta(milliseconds=1)) is None
    assert outbox.claim(pk, now + outbox.lease())


def test_whoever_lost_the_lease_takes_nothing_from_the_next_one() -> None:
    put("tests.note", word="x")
    now = timezone.now()
    first = outbox.claim(the_row().pk, now)
    second = outbox.claim(the_row().pk, now + outbox.lease())
    assert first is not None
    assert second is not None
    outbox._held(first).delete()
    assert the_row().holder == second.holder


def test_what_kills_its_worker_is_given_up() -> None:
    put("tests.note", word="deadly")
    OutboxRow.objects.update(state=State.RUNNING, lease_until=timezone.now(), crashes=MOST_CRASHES)
    run_due()
    assert (the_row().state, the_row().error, NOTED) == (State.DEAD, "WorkerLost", [])


def test_what_a_stopping_worker_hands_back_is_no_failure() -> None:
    put("tests.hand_back")
    before = the_row()
    assert outbox.run(before.pk)
    row = the_row()
    assert (row.state, row.attempts, row.due_at) == (State.WAITING, 0, before.due_at)


def test_a_worker_that_is_to_stop_claims_nothing_more() -> None:
    put("tests.note", word="x")
    stopping.set()
    assert (run_due(), the_row().state) == (0, State.WAITING)


def test_a_row_costs_the_same_few_queries_however_many_wait(
    django_assert_num_queries: object,
) -> None:
    for word in ("a", "b", "c"):
        put("tests.note", word=word)
    with django_assert_num_queries(5):  # due, row, claim, read, delete
        pk = OutboxRow.objects.due(timezone.now()).values_list("pk", flat=True).first()
        OutboxRow.objects.filter(pk=pk).first()
        outbox.run(pk)
