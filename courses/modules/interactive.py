"""Contents that play: folders of h5p/ judged as files, then brought in as versions of H5P content.

Our own libraries come along and are let in by the loading itself: they are part of the platform.
Nobody else's ever are.
"""

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from courses.h5p.own.folders import ContentFolder, read_folder
from courses.h5p.package import Refused
from courses.h5p.store.actions import approve_libraries, import_package
from courses.h5p.store.limits import limits
from courses.h5p.store.models import H5PContent, LibraryState
from courses.modules.files import H5P, ModuleFiles
from courses.modules.report import Fate, Report
from foundation.problems import FilesRefused, Problem


def interactive_problems(module: ModuleFiles) -> Iterator[Problem]:
    """Contents that aren't there, that no package can be made of, or that can't be played."""
    judged: set[str] = set()
    for lesson in module.lessons:
        for screen in lesson.screens:
            for block in screen.blocks:
                name = block.value["content"] if block.kind == "interactive" else ""
                if not name or name in judged:
                    continue
                judged.add(name)
                if not (module.folder / H5P / name).is_dir():
                    expected = _("a folder in %(name)s/") % {"name": H5P}
                    yield Problem(lesson.file, block.place, name, expected)
                    continue
                try:
                    _read(module, name)
                except FilesRefused as refused:
                    yield from refused.problems


def load_interactive(module: ModuleFiles, report: Report, *, now: datetime) -> dict[str, int]:
    """The contents by the names of their folders; what was replaced here since is left as it is."""
    contents = {}
    for name in module.interactive():
        key, place = f"{module.slug}-{name}", place_of(module, name)
        content = H5PContent.objects.select_related("current").filter(key=key).first()
        if content is not None and content.current and content.current.file_name != place:
            fate = Fate.KEPT
        else:
            content, unchanged = _bring(_read(module, name), key, place, now)
            is_new = content.versions.count() == 1
            fate = Fate.UNCHANGED if unchanged else Fate.NEW if is_new else Fate.UPDATED
        contents[name] = content.pk
        report.met(_("the content %(name)s") % {"name": name}, fate)
    return contents


def place_of(module: ModuleFiles, name: str) -> str:
    """What the store has as the file that a content came in; no upload is called so."""
    return f"{module.slug}/{H5P}/{name}"


def _read(module: ModuleFiles, name: str) -> ContentFolder:
    return read_folder(module.folder / H5P / name, name=place_of(module, name))


def _bring(folder: ContentFolder, key: str, place: str, now: datetime) -> tuple[H5PContent, bool]:
    """The content, and whether it was here like this already."""
    with TemporaryFile() as file:
        folder.pack(file, limits())
        file.seek(0)
        try:
            brought = import_package(path=file, actor=None, now=now, key=key, file_name=place)
        except Refused as refused:
            expected = str(refused.expected or refused)
            raise FilesRefused(
                [Problem(f"{place}/{refused.entry}", "", refused.found, expected)]
            ) from refused
    undecided = [one for one in brought.brought if one.state == LibraryState.WAITING]
    approve_libraries(libraries=undecided, actor=None, now=now)
    return brought.content, brought.unchanged
