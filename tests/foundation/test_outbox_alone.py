"""Outside any transaction the outbox takes nothing."""

import pytest
from django.db.transaction import TransactionManagementError

from foundation.outbox import put


def test_it_is_written_in_a_transaction_or_not_at_all() -> None:
    with pytest.raises(TransactionManagementError):
        put("foundation.tidy_jobs")
