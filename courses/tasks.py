"""Gathers the courses' tasks for Celery."""

from courses.accessibility.tasks import announce_report, forget_old_reports
from courses.h5p.store.tasks import sweep_h5p
from courses.pages.tasks import publish_scheduled
from courses.upkeep.tasks import tell_of_flags

__all__ = [
    "announce_report",
    "forget_old_reports",
    "publish_scheduled",
    "sweep_h5p",
    "tell_of_flags",
]
