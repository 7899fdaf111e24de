"""Writes how many have reached each target, per unit with all below it."""

from typing import Any

from foundation.formats import write_file
from tracking.audit.models import AuditEvent
from tracking.exports.command import ExportCommand
from tracking.exports.queries import SUMMARY_HEADER, summary_rows
from tracking.status.queries import StatusTable


class Command(ExportCommand):
    """See docs/formats.md."""

    help = "Write unit × target with counts, share and whether the target is met."
    event = AuditEvent.SUMMARY_EXPORTED

    def write(self, table: StatusTable, given: dict[str, Any]) -> int:
        rows = list(summary_rows(table, unit=given["unit"]))
        write_file(given["output"], SUMMARY_HEADER, rows)
        return len(rows)
