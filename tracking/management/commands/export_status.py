"""Writes everybody's status against every target."""

from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from foundation.facts import batch_at
from foundation.formats import is_workbook, write_file
from tracking.audit.models import AuditEvent
from tracking.exports.command import ExportCommand
from tracking.exports.queries import STATUS_HEADER
from tracking.exports.streams import StatusStream, status_stream


class Command(ExportCommand):
    """See docs/formats.md."""

    help = "Write person × target with status and dates."
    event = AuditEvent.STATUS_EXPORTED
    stream: StatusStream

    def about(self) -> set[int]:
        return self.stream.named

    def write(self, path: Path, given: dict[str, Any]) -> int:
        self.stream = status_stream(
            as_of=given["as_of"],
            batch=batch_at(given["known_at"]),
            unit=given["unit"],
            targets=given["target"],
        )
        count = write_file(path, STATUS_HEADER, self.stream.rows(said=not is_workbook(path)))
        if self.stream.hidden:
            self.stderr.write(
                ngettext(
                    "%(count)d person with protected identity is left out.",
                    "%(count)d people with protected identity are left out.",
                    self.stream.hidden,
                )
                % {"count": self.stream.hidden}
            )
        return count
