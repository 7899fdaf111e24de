"""Writes everybody's status against every target."""

from typing import Any

from django.utils.translation import ngettext

from foundation.formats import write_file
from tracking.audit.models import AuditEvent
from tracking.exports.command import ExportCommand
from tracking.exports.queries import STATUS_HEADER, named_people, status_rows
from tracking.status.queries import StatusTable


class Command(ExportCommand):
    """See docs/formats.md."""

    help = "Write person × target with status and dates."
    event = AuditEvent.STATUS_EXPORTED

    def about(self, table: StatusTable) -> set[int]:
        return named_people(table)

    def write(self, table: StatusTable, given: dict[str, Any]) -> int:
        rows, hidden = status_rows(table)
        write_file(given["output"], STATUS_HEADER, rows)
        if hidden:
            self.stderr.write(
                ngettext(
                    "%(count)d person with protected identity is left out.",
                    "%(count)d people with protected identity are left out.",
                    hidden,
                )
                % {"count": hidden}
            )
        return len(rows)
