"""Gathers the topics' tasks for Celery."""

from tracking.imports.tasks import remove_old_import_files
from tracking.retention.tasks import retention

__all__ = ["remove_old_import_files", "retention"]
