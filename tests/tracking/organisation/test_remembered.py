"""A process remembers the organisation, and notices by itself that it has changed."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch, close_batch, open_batch
from tracking.organisation.models import Unit
from tracking.organisation.queries import forget, organisation_on

DAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget()


def bring(*codes: str) -> FactBatch:
    """Units below one root, in one batch."""
    with transaction.atomic():
        batch = open_batch(origin="test")
        for code in codes:
            Unit.objects.create(
                code=code,
                name=code,
                kind="enhet" if code != "ROT" else "kommun",
                parent_code="ROT" if code != "ROT" else "",
                valid_from=date(2020, 1, 1),
                batch_in=batch,
            )
        close_batch(batch, brought=len(codes), taken_away=0)
    return batch


def codes(batch: int | None = None) -> set[str]:
    return set(organisation_on(DAY, batch).units)


def test_units_are_read_once_and_again_when_a_batch_touches_them() -> None:
    bring("ROT", "A")
    assert codes() == {"ROT", "A"}
    with CaptureQueriesContext(connection) as asked:
        assert codes() == {"ROT", "A"}
    assert len(asked) == 1
    assert "parent_code" not in asked[0]["sql"]
    bring("B")
    assert codes() == {"ROT", "A", "B"}


def test_what_was_known_before_a_batch_stays_what_it_was() -> None:
    first = bring("ROT", "A")
    assert codes() == {"ROT", "A"}
    bring("B")
    assert codes() == {"ROT", "A", "B"}
    assert codes(first.pk) == {"ROT", "A"}
    assert codes() == {"ROT", "A", "B"}


def test_a_unit_taken_away_is_gone_at_once() -> None:
    bring("ROT", "A", "B")
    assert codes() == {"ROT", "A", "B"}
    with transaction.atomic():
        batch = open_batch(origin="test")
        Unit.objects.filter(code="B").update(batch_out=batch)
        close_batch(batch, brought=0, taken_away=1)
    assert codes() == {"ROT", "A"}


def test_what_is_rolled_back_was_never_there() -> None:
    bring("ROT", "A")
    with transaction.atomic():
        bring("B")
        assert codes() == {"ROT", "A", "B"}
        transaction.set_rollback(True)
    assert codes() == {"ROT", "A"}
    bring("C")
    assert codes() == {"ROT", "A", "C"}
