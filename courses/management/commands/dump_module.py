"""Writes courses back as the files that they can be loaded from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from courses.modules.writing.folder import apply, changed_files
from courses.modules.writing.pages import course_called, module_of
from foundation.problems import FilesRefused


class Command(BaseCommand):
    """The same course written twice changes nothing the second time, to the byte."""

    help = "Write courses into a folder of modules, as load_modules reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="+", metavar="slug", help="The courses' addresses.")
        parser.add_argument(
            "--to",
            dest="directory",
            type=Path,
            default=settings.ROOT / "courses" / "modules",
            help="The folder with a folder for each module.",
        )
        parser.add_argument(
            "--draft", action="store_true", help="As the latest drafts say it, published or not."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; fail when the files say something else than the pages.",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            differ = [slug for slug in given["slugs"] if self._write(slug, given)]
            if given["check"] and differ:
                raise CommandError(
                    _("The files say something else than the pages: %(names)s.")
                    % {"names": ", ".join(differ)}
                )

    def _write(self, slug: str, given: dict[str, Any]) -> bool:
        course = course_called(slug, draft=given["draft"])
        if course is None:
            raise CommandError(_("No course is called %(name)s.") % {"name": slug})
        written = module_of(course, draft=given["draft"])
        try:
            changed = changed_files(written, given["directory"])
        except FilesRefused as refused:
            raise CommandError(str(refused)) from refused
        if not given["check"]:
            apply(changed)
        for path, content in changed.items():
            name = path.relative_to(given["directory"])
            self.stdout.write(
                _("removed: %(name)s") % {"name": name} if content is None else f"{name}"
            )
        if not changed:
            self.stdout.write(_("%(slug)s: nothing to change.") % {"slug": slug})
        for left_out in written.left_out:
            self.stderr.write(_("left out: %(what)s") % {"what": left_out})
        return bool(changed)
