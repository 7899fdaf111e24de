"""Gathers the kinds of job of the topics, which register themselves."""

from tracking.reports.export import export_staff

__all__ = ["export_staff"]
