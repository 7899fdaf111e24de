"""Writes how many have reached each target, per unit with all below it; or what is public of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.documents import write
from foundation.facts import batch_at
from foundation.formats import is_workbook, write_file
from tracking.audit.actions import system_account
from tracking.audit.models import AuditEvent
from tracking.exports.command import ExportCommand
from tracking.exports.queries import SUMMARY_HEADER, summary_row
from tracking.exports.streams import unit_summaries
from tracking.publication.actions import NotClosed, publish
from tracking.publication.document import document_of
from tracking.publication.models import Publication
from tracking.scorecards.models import ReportingPeriod


class Command(ExportCommand):
    """See docs/formats.md."""

    help = "Write unit × target with counts, share and whether the target is met."
    event = AuditEvent.SUMMARY_EXPORTED

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        for action in parser._actions:
            if action.dest == "as_of":
                action.required = False
        parser.add_argument(
            "--public",
            metavar="PERIOD",
            help="What is published of a closed reporting period, as 2026-T1; with nothing else.",
        )

    def handle(self, *args: Any, **given: Any) -> None:
        with translation.override("sv"):
            period = given["public"]
            if period is None:
                if given["as_of"] is None:
                    raise CommandError(_("Say which day: --as-of DATE."))
                super().handle(*args, **given)
                return
            if any(given[name] is not None for name in ("as_of", "known_at", "target", "unit")):
                raise CommandError(
                    _("What is published of a period is the same for everybody: only --output.")
                )
            self._write_public(_published(period), given["output"])

    def write(self, path: Path, given: dict[str, Any]) -> int:
        counted = unit_summaries(
            as_of=given["as_of"],
            batch=batch_at(given["known_at"]),
            unit=given["unit"],
            targets=given["target"],
        )
        return write_file(path, SUMMARY_HEADER, map(summary_row, counted))

    def _write_public(self, publication: Publication, output: Path) -> None:
        # Beside its place until it is whole.
        part = output.with_name(f".part-{output.name}")
        try:
            with part.open("wb") as file:
                write(document_of(publication), "xlsx" if is_workbook(output) else "csv", file)
            part.replace(output)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)
        rows = {"file": output.name, "count": len(publication.cells)}
        self.stdout.write(_("%(file)s: %(count)d rows.") % rows)


def _published(code: str) -> Publication:
    period = ReportingPeriod.objects.filter(code=code).first()
    if period is None:
        raise CommandError(_("There is no reporting period “%(code)s”.") % {"code": code})
    try:
        return publish(period=period, actor=system_account(), now=timezone.now())
    except NotClosed as error:
        raise CommandError(
            _("The city has not closed %(code)s yet, so nothing of it is public.") % {"code": code}
        ) from error
