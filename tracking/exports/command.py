"""What the two export commands share: their options, and asking the status they write."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.arguments import a_day, a_moment_or_day
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.organisation.models import Unit
from tracking.targets.expressions import normal
from tracking.targets.models import Target


class ExportCommand(BaseCommand, ABC):
    """Writes a table of the status on a day, as known at a moment; a subclass says which."""

    event: AuditEvent

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=a_day, required=True, metavar="DATE")
        parser.add_argument(
            "--known-at",
            type=a_moment_or_day,
            metavar="MOMENT",
            help="With offset, or a date for the end of that day. Default: what is known now.",
        )
        parser.add_argument(
            "--target",
            nargs="+",
            action="extend",
            type=normal,
            metavar="CODE",
            help="Only these targets.",
        )
        parser.add_argument(
            "--unit", type=normal, metavar="CODE", help="Only that unit and all below it."
        )
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            self._refuse_unknown(given)
            output: Path = given["output"]
            # Beside its place until it is whole and written in the log: none leaves unlogged.
            part = output.with_name(f".part-{output.name}")
            try:
                count = self.write(part, given)
                self._log(given)
                part.replace(output)
            except OSError as error:
                raise CommandError(f"{output}: {error.strerror}") from error
            finally:
                part.unlink(missing_ok=True)
            self.stdout.write(
                _("%(file)s: %(count)d rows.") % {"file": output.name, "count": count}
            )

    @abstractmethod
    def write(self, path: Path, given: dict[str, Any]) -> int:
        """Write the file; gives the number of rows."""

    def about(self) -> Collection[int]:
        """The people the file that was written names; nobody, in a file of counts."""
        return ()

    @transaction.atomic
    def _log(self, given: dict[str, Any]) -> None:
        record(
            self.event,
            actor=system_account(),
            about=self.about(),
            unit=given["unit"] or "",
            detail={
                "dag": given["as_of"].isoformat(),
                "mal": ",".join(given["target"] or ()),
            },
        )

    def _refuse_unknown(self, given: dict[str, Any]) -> None:
        """A code nobody has ever known is a slip of the hand, not an empty answer."""
        for code in given["target"] or ():
            if not Target.objects.filter(code=code).exists():
                raise CommandError(_("No target has the code “%(code)s”.") % {"code": code})
        unit = given["unit"]
        if unit and not Unit.objects.filter(code=unit).exists():
            raise CommandError(_("No unit has the code “%(code)s”.") % {"code": unit})
