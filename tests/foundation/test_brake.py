"""Too many attempts wait, and nobody can make somebody else wait who has been here before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from config.sign_in.limits import ADDRESS, NAME_FROM_ADDRESS
from foundation import brake
from foundation.brake import Brake, Limit
from tests.databases import needs_several_writers

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
THREE = Limit("tre", burst=3, every=timedelta(minutes=1))
pytestmark = pytest.mark.django_db


def test_a_full_bucket_lets_one_through_as_each_drop_leaves() -> None:
    bucket = THREE.bucket("anna")
    waits = [brake.attempt([bucket], now=NOW).total_seconds() for _ in range(5)]
    assert waits == [0, 0, 0, 60, 60]
    later = NOW + timedelta(seconds=60)
    assert [brake.attempt([bucket], now=later).total_seconds() for _ in range(2)] == [0, 60]


def test_what_waits_is_not_counted_so_that_hammering_prolongs_nothing() -> None:
    bucket = THREE.bucket("anna")
    for second in range(60):
        brake.attempt([bucket], now=NOW + timedelta(seconds=second))
    assert not brake.attempt([bucket], now=NOW + timedelta(seconds=60))


def test_one_full_bucket_is_enough_and_the_others_get_nothing() -> None:
    mine, everybody = THREE.bucket("anna"), ADDRESS.bucket("192.0.2.1")
    for _ in range(5):
        brake.attempt([mine, everybody], now=NOW)
    assert Brake.objects.get(key=everybody.key).empty_at == NOW + 3 * ADDRESS.every


def test_success_empties_ones_own_and_takes_back_one_from_the_others() -> None:
    mine, everybody = NAME_FROM_ADDRESS.bucket("anna", "a"), ADDRESS.bucket("a")
    for _ in range(3):
        brake.attempt([mine, everybody], now=NOW)
    brake.succeeded(own=mine, shared=[everybody])
    assert list(Brake.objects.values_list("key", "empty_at")) == [
        (everybody.key, NOW + 2 * ADDRESS.every)
    ]


def test_empty_buckets_are_forgotten_and_no_name_is_kept() -> None:
    brake.attempt([THREE.bucket("anna")], now=NOW)
    brake.attempt([THREE.bucket("bertil")], now=NOW + timedelta(minutes=2))
    assert list(Brake.objects.values_list("key", flat=True)) == [THREE.bucket("bertil").key]
    assert "bertil" not in THREE.bucket("bertil").key


@given(st.lists(st.integers(0, 300), max_size=60))
def test_never_more_than_the_burst_and_what_has_drained(seconds: list[int]) -> None:
    Brake.objects.all().delete()
    bucket, let_through = THREE.bucket("anna"), []
    for second in sorted(seconds):
        if not brake.attempt([bucket], now=NOW + timedelta(seconds=second)):
            let_through.append(second)
    for index, first in enumerate(let_through):
        for number, last in enumerate(let_through[index:], start=1):
            assert number <= THREE.burst + (last - first) / 60


@needs_several_writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_at_once_are_counted_each() -> None:
    def one(_number: int) -> bool:
        try:
            return not brake.attempt([THREE.bucket("anna"), ADDRESS.bucket("a")], now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(24))) == 3
