"""Several processes write the log at once: one chain all the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.databases import needs_several_writers
from tests.factories import account, person
from tracking.audit.actions import record
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.audit.queries import verify_chain

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WRITERS, EACH = 4, 10


@needs_several_writers
def test_entries_written_at_once_are_one_chain() -> None:
    reader, people = account(person("LÄSARE")), [person("P1").pk, person("P2").pk]

    def write(_number: int) -> None:
        try:
            for _again in range(EACH):
                with transaction.atomic():
                    record(AuditEvent.STAFF_SEEN, actor=reader, about=people)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))
    verdict = verify_chain()
    assert (verdict.broken_at, verdict.entries) == (None, WRITERS * EACH)


def test_what_is_undone_leaves_no_entry_and_no_gap() -> None:
    for fails in (False, True, False):
        try:
            with transaction.atomic():
                record(AuditEvent.STAFF_SEEN, actor=None)
                if fails:
                    raise RuntimeError
        except RuntimeError:
            continue
    assert list(AuditEntry.objects.values_list("sequence", flat=True)) == [1, 2]
    assert verify_chain().broken_at is None


def test_the_log_is_written_inside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(AuditEvent.STAFF_SEEN, actor=None)
