"""Gathers the courses' tasks for Celery."""

from courses.accessibility.tasks import announce_report, forget_old_reports

__all__ = ["announce_report", "forget_old_reports"]
