"""Every night: what has been decided to go without anybody asking."""

import logging

from celery import shared_task

from foundation.intervals import today
from tracking.audit.actions import system_account
from tracking.audit.queries import head
from tracking.retention.actions import apply, due

log = logging.getLogger(__name__)


@shared_task(name="tracking.retention", soft_time_limit=30 * 60, time_limit=31 * 60)
def retention() -> None:
    """Apply the rules whose decision says so, and tell the log's last hash to who keeps logs."""
    for one in due(today()):
        if one.decision and one.decision.is_daily and one.rows:
            apply(one, actor=system_account())
    log.info("Audit log: entry %s has the hash %s", *head())
