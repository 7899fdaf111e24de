"""Every night: what nobody has used for days goes."""

import logging

from celery import shared_task
from django.utils import timezone

from courses.h5p.store.trees import sweep

log = logging.getLogger(__name__)


@shared_task(name="courses.sweep_h5p", soft_time_limit=1200, time_limit=1300)
def sweep_h5p() -> None:
    """Run twice, it finds nothing the second time."""
    libraries, trees = sweep(now=timezone.now())
    if libraries or trees:
        log.info("Swept %d H5P libraries and %d trees of files.", libraries, trees)
