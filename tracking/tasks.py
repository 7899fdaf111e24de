"""Gathers the topics' tasks for Celery."""

from tracking.delegation.tasks import end_outlived_delegations
from tracking.evidence.proof.tasks import remove_proof_files
from tracking.forecast.tasks import foretell, keep_trend
from tracking.imports.tasks import remove_old_import_files
from tracking.quality.tasks import read_quality
from tracking.reminders.tasks import (
    begin_reminders,
    gather_reminders,
    send_reminders,
    summarise_week,
)
from tracking.reports.tasks import remove_old_comparisons
from tracking.retention.tasks import retention
from tracking.scorecards.tasks import (
    make_reporting_periods,
    nag_about_scorecards,
    send_scorecard_nag,
)
from tracking.status.tasks import (
    build_status_part,
    catch_up_status,
    finish_status,
    sweep_status,
    verify_status,
)

__all__ = [
    "begin_reminders",
    "build_status_part",
    "catch_up_status",
    "end_outlived_delegations",
    "finish_status",
    "foretell",
    "gather_reminders",
    "keep_trend",
    "make_reporting_periods",
    "nag_about_scorecards",
    "read_quality",
    "remove_old_comparisons",
    "remove_old_import_files",
    "remove_proof_files",
    "retention",
    "send_reminders",
    "send_scorecard_nag",
    "summarise_week",
    "sweep_status",
    "verify_status",
]
