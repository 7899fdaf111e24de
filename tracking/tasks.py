"""Gathers the topics' tasks for Celery."""

from tracking.imports.tasks import remove_old_import_files

__all__ = ["remove_old_import_files"]
