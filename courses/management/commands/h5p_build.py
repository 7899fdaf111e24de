"""Builds packages of our own H5P content types and of the modules' contents."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.h5p.own.folders import HEAD, ContentFolder, example_folders, read_folder
from courses.h5p.package import Refused, read
from courses.h5p.store.limits import limits
from courses.h5p.store.wording import refusal_in_words
from foundation.problems import FilesRefused, Problem


class Command(BaseCommand):
    """The same sources give the same packages, to the byte. All of them are built, or none."""

    help = "Build .h5p packages of the platform's own content types and of the modules' contents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out",
            type=Path,
            default=settings.ROOT / "var" / "h5p",
            metavar="FOLDER",
            help="Where the packages are written (var/h5p).",
        )
        parser.add_argument(
            "--from",
            dest="modules",
            type=Path,
            default=settings.ROOT / "courses" / "modules",
            metavar="FOLDER",
            help="The folder with a folder for each module.",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        contents = self._contents(given["modules"])
        out: Path = given["out"]
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out, prefix=".") as beside:
            brought = self._packed(contents, Path(beside))
            for name in contents:
                (Path(beside) / name).replace(out / name)
        for name, libraries in brought.items():
            path = out / name
            self.stdout.write(
                _("%(path)s: %(size)d kB, %(libraries)d libraries.")
                % {
                    "path": path,
                    "size": -(-path.stat().st_size // 1024),
                    "libraries": libraries,
                }
            )

    def _packed(self, contents: Mapping[str, ContentFolder], folder: Path) -> dict[str, int]:
        """Made in the folder, and read as uploads are; gives how many libraries each brings."""
        brought: dict[str, int] = {}
        problems: list[str] = []
        for name, content in contents.items():
            path = folder / name
            with path.open("wb") as file:
                content.pack(file, limits())
            try:
                with read(path, limits()) as package:
                    brought[name] = len(package.libraries)
            except Refused as refused:
                problems.append(f"{name}: {refusal_in_words(refused)}")
        if problems:
            raise _nothing_built(problems)
        return brought

    def _contents(self, modules: Path) -> dict[str, ContentFolder]:
        """What is to be built, by the package's file name."""
        found: dict[str, ContentFolder] = {}
        problems: list[Problem] = []
        for file, folder, place in _folders(modules):
            try:
                found[file] = read_folder(folder, name=place)
            except FilesRefused as refused:
                problems += refused.problems
        if problems:
            raise _nothing_built(problems)
        return found


def _nothing_built(problems: Iterable[object]) -> CommandError:
    lines = [_("Nothing was built. To put right:"), *(f"  {one}" for one in problems)]
    return CommandError("\n".join(lines))


def _folders(modules: Path) -> Iterator[tuple[str, Path, str]]:
    """Each package's file name, the folder of its content, and how that is named."""
    for folder in example_folders():
        yield f"{folder.name}.h5p", folder, f"examples/{folder.name}"
    for head in sorted(modules.glob(f"*/h5p/*/{HEAD}")):
        folder = head.parent
        slug = folder.parent.parent.name
        yield f"{slug}-{folder.name}.h5p", folder, f"{slug}/h5p/{folder.name}"
