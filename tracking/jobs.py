"""Gathers the kinds of job of the topics, which register themselves."""

from tracking.imports.handed import bring_in, try_file
from tracking.reports.export import export_staff

__all__ = ["bring_in", "export_staff", "try_file"]
