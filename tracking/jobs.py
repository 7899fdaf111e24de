"""Gathers the kinds of job of the topics, which register themselves."""

from tracking.exports.documents import export_document
from tracking.imports.handed import bring_in, try_file
from tracking.imports.undo_jobs import try_to_undo, undo_it
from tracking.programme.trying import try_draft
from tracking.publication.jobs import publish_period
from tracking.reports.comparison.job import compare_reports
from tracking.reports.counting import count_day
from tracking.reports.documents import OFFERED
from tracking.scorecards.documents import CityOffer, CommitteeOffer

__all__ = [
    "OFFERED",
    "CityOffer",
    "CommitteeOffer",
    "bring_in",
    "compare_reports",
    "count_day",
    "export_document",
    "publish_period",
    "try_draft",
    "try_file",
    "try_to_undo",
    "undo_it",
]
