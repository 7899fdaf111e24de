"""Batches are strictly ordered; facts know when they were known."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from foundation.facts import EarlierThanLast, FactBatch, batch_at, open_batch
from tracking.ledger.models import Course

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_batch_may_not_be_recorded_before_the_last_one() -> None:
    open_batch(origin="one", recorded_at=NOON)
    open_batch(origin="same moment", recorded_at=NOON)
    with pytest.raises(EarlierThanLast):
        open_batch(origin="earlier", recorded_at=NOON - timedelta(seconds=1))
    assert FactBatch.objects.count() == 2


def test_a_clock_that_went_backwards_is_held_at_the_last_moment() -> None:
    ahead = datetime(2999, 1, 1, tzinfo=UTC)
    open_batch(origin="from the future", recorded_at=ahead)
    assert open_batch(origin="now").recorded_at == ahead


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_facts_are_written_inside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        open_batch(origin="alone")


def test_a_fact_is_known_from_its_batch_until_the_one_that_took_it_away() -> None:
    first = open_batch(origin="brought", recorded_at=NOON)
    course = Course.objects.create(code="A", name="A", form="modul", batch_in=first)
    course.batch_out = open_batch(origin="gone", recorded_at=NOON + timedelta(days=1))
    course.save()

    def known(hours: int) -> bool:
        moment = NOON + timedelta(hours=hours)
        return Course.objects.known_at(moment).exists()

    assert [known(-1), known(0), known(23), known(24)] == [False, True, True, False]
    assert not Course.objects.known_now().exists()


def test_before_the_first_batch_nothing_is_known() -> None:
    open_batch(origin="first", recorded_at=NOON)
    assert batch_at(NOON - timedelta(days=1)) == 0
    assert batch_at(None) is None
