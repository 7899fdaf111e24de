"""What workers do to keep figures current: after large changes, at midnight and once a week."""

import logging

from celery import shared_task

from foundation.intervals import today
from tracking.status.kept import following, rebuilding
from tracking.status.kept.verifying import NothingKept, verify

log = logging.getLogger(__name__)

SOFT_SECONDS = 30 * 60
HARD_SECONDS = 31 * 60


@shared_task(name=following.CATCH_UP, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def catch_up_status() -> None:
    """Bring the kept figures to today and the last batch of facts. Also every midnight."""
    following.catch_up(as_of=today())


@shared_task(name=rebuilding.BUILD_PART, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def build_status_part(part: int) -> None:
    """Count one part of a generation."""
    rebuilding.build_part(part)


@shared_task(name=rebuilding.FINISH)
def finish_status(generation: int) -> None:
    """Let a generation that is counted take its place, and learn what was written meanwhile."""
    if rebuilding.finish(generation):
        following.catch_up(as_of=today())


@shared_task(name=rebuilding.SWEEP, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def sweep_status() -> None:
    """Rows that nobody reads any more go. Also every night."""
    rebuilding.sweep()


@shared_task(name="tracking.verify_status", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def verify_status() -> None:
    """Compare everything kept with the facts, every week; the data-quality page shows it."""
    try:
        found = verify()
    except NothingKept:
        return
    if not found.is_clean:
        wrong = (found.wrong_statuses, found.wrong_counts)
        log.error("Kept figures differ from the facts: %d statuses, %d counts", *wrong)
