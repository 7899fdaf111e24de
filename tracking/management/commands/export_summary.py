"""Writes how many have reached each target, per unit with all below it."""

from pathlib import Path
from typing import Any

from foundation.facts import batch_at
from foundation.formats import write_file
from tracking.audit.models import AuditEvent
from tracking.exports.command import ExportCommand
from tracking.exports.queries import SUMMARY_HEADER, summary_row
from tracking.exports.streams import unit_summaries


class Command(ExportCommand):
    """See docs/formats.md."""

    help = "Write unit × target with counts, share and whether the target is met."
    event = AuditEvent.SUMMARY_EXPORTED

    def write(self, path: Path, given: dict[str, Any]) -> int:
        counted = unit_summaries(
            as_of=given["as_of"],
            batch=batch_at(given["known_at"]),
            unit=given["unit"],
            targets=given["target"],
        )
        return write_file(path, SUMMARY_HEADER, map(summary_row, counted))
