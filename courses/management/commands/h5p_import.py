"""Brings packages of interactive content (.h5p files) in from the command line."""

from argparse import ArgumentParser
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.h5p.package import Refused, shown
from courses.h5p.store.actions import Imported, approve_libraries, import_package
from courses.h5p.store.models import H5PLibrary, LibraryState
from courses.h5p.store.queries import waits_of
from courses.h5p.store.wording import refusal_in_words, values_in_words

LONGEST_PATH = 4096


class Command(BaseCommand):
    """One package at a time: each is taken whole or not at all, and the others go on."""

    help = "Import H5P packages. The same package again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="An .h5p file.")
        parser.add_argument(
            "--approve",
            action="store_true",
            help=(
                "Approve the libraries that each package brings: they run in people's browsers. "
                "Those known to play only if they may make code of text may do so, and are named."
            ),
        )
        parser.add_argument(
            "--eval",
            action="append",
            default=[],
            metavar="MACHINE_NAME",
            help="With --approve: this library's pages may make code of text (unsafe-eval).",
        )
        parser.add_argument("--key", help="What files of modules call it; for one package.")

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            files, key = given["files"], given["key"]
            _check_key(key, files)
            approving = given["eval"] if given["approve"] else None
            if given["eval"] and approving is None:
                raise CommandError(_("--eval says how to approve: it needs --approve."))
            came = [self._bring(path, key, approving) for path in files]
            brought = {one.machine_name for each in came if each for one in each.brought}
            for name in sorted(set(given["eval"]) - brought):
                said = _("--eval %(name)s: no package brought a library of that name.")
                self.stderr.write(said % {"name": shown(name, LONGEST_PATH)})
            refused = came.count(None)
            if refused:
                said = ngettext(
                    "%(count)d package was refused.",
                    "%(count)d packages were refused.",
                    refused,
                )
                raise CommandError(said % {"count": refused})

    def _bring(
        self, path: Path, key: str | None, approving: Collection[str] | None
    ) -> Imported | None:
        """Import one, and say what came of it; None where it is refused."""
        now = timezone.now()
        try:
            came = import_package(path=path, actor=None, now=now, key=key, file_name=path.name)
        except Refused as refused:
            said: Iterable[str] = _refusal(refused)
        except OSError as error:
            said = [error.strerror or type(error).__name__]
        else:
            approved = [] if approving is None else _approve(came, approving, now)
            title = f"{_named(path)}: {shown(came.content.title)}"
            self.stdout.write("\n  ".join([title, *_told(came, approved)]))
            return came
        self.stderr.write("\n  ".join([_("%(file)s: refused") % {"file": _named(path)}, *said]))
        return None


def _approve(came: Imported, with_eval: Collection[str], now: datetime) -> list[H5PLibrary]:
    """Let in what it brought and nobody has decided on. `with_eval`: machine names.

    What somebody has approved without eval gains it only where it is named.
    """
    undecided = [one for one in came.brought if one.state == LibraryState.WAITING]
    evaluating = [
        one
        for one in came.brought
        if one.machine_name in with_eval or (one.plays_only_with_eval and one in undecided)
    ]
    gaining = [
        one for one in evaluating if one.state == LibraryState.APPROVED and not one.needs_eval
    ]
    approved = [*undecided, *gaining]
    approve_libraries(libraries=approved, actor=None, now=now, needs_eval=evaluating)
    return approved


def _named(path: Path) -> str:
    """As a terminal takes it: a file may be called anything."""
    return shown(path, LONGEST_PATH)


def _check_key(key: str | None, files: Collection[Path]) -> None:
    if key is None:
        return
    if len(files) > 1:
        raise CommandError(_("--key is for one package, and there are several."))
    try:
        validate_slug(key)
    except ValidationError as error:
        raise CommandError(
            _("--key: %(key)s. Expected: letters, digits, hyphens.") % {"key": key}
        ) from error


def _refusal(refused: Refused) -> Iterator[str]:
    """Why, with the code, which stays; then the place, the value and what was expected."""
    found, expected = values_in_words(refused)
    said = refusal_in_words(refused)
    yield _("reason: %(said)s [%(code)s]") % {"said": said, "code": refused.code}
    if refused.entry:
        yield _("place: %(entry)s") % {"entry": refused.entry}
    if found:
        yield _("found: %(value)s") % {"value": found}
    if expected:
        yield _("expected: %(value)s") % {"value": expected}


def _told(came: Imported, approved: Collection[H5PLibrary]) -> Iterator[str]:
    """What it is, how it stands, and where to look at it."""
    version, content = came.version, came.content
    version.refresh_from_db()
    waits = waits_of(version)
    yield _("type: %(library)s, version %(number)d") % {
        "library": version.main_library,
        "number": version.number,
    }
    if came.unchanged:
        yield _("unchanged: it was here already")
    if approved:
        yield _("approved: %(names)s") % {"names": _names(approved)}
    if waits.waiting:
        yield _("waits for approval: %(names)s") % {"names": _names(waits.waiting)}
    if waits.blocked:
        yield _("blocked: %(names)s") % {"names": _names(waits.blocked)}
    if waits.missing:
        yield _("missing: %(names)s") % {"names": ", ".join(waits.missing)}
    if version.state == "ready":
        yield _("ready to be played")
    for one in came.brought:
        if one.needs_eval:
            yield _("may make code of text: %(library)s") % {"library": one}
        elif one.mentions_eval:
            yield _("seems to make code of text, and may not: %(library)s (%(files)s)") % {
                "library": one,
                "files": ", ".join(one.mentions_eval),
            }
    there = reverse("h5p:preview", args=[content.public_id])
    yield f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{there}"


def _names(libraries: Collection[H5PLibrary]) -> str:
    return ", ".join(map(str, libraries))
