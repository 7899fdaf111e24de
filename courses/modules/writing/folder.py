"""A module written into its folder: what is the same stays untouched, what is no more goes."""

from collections.abc import Mapping
from pathlib import Path

from courses.modules.files import H5P, MEDIA
from courses.modules.library import NAME as SOURCES
from courses.modules.library import LibraryFile, read_library
from courses.modules.manifest import NAME as MANIFEST
from courses.modules.questions import NAME as QUESTIONS
from courses.modules.writing.lessons import lesson_text
from courses.modules.writing.manifest import manifest_text
from courses.modules.writing.pages import Written
from courses.modules.writing.questions import questions_text
from courses.modules.writing.sources import library_of, library_text
from courses.modules.yaml_files import read_yaml

IMAGES = "images"


def files_of(written: Written) -> dict[str, bytes]:
    """The module's files by their path within its folder."""
    module = written.module
    texts = {MANIFEST: manifest_text(module), QUESTIONS: questions_text(module.questions)}
    texts |= {lesson.file: lesson_text(lesson) for lesson in module.lessons}
    found = {name: text.encode() for name, text in texts.items()}
    found |= {f"{IMAGES}/{name}": content for name, content in written.images.items()}
    found |= {f"{MEDIA}/{name}": content for name, content in written.media.items()}
    return found | {f"{H5P}/{path}": content for path, content in written.contents.items()}


def changed_files(written: Written, directory: Path) -> dict[Path, bytes | None]:
    """What writing the module into a folder of modules would change; None: the file goes.

    A lesson or an image that the module no longer has goes; files that were never its are left.
    Raises FilesRefused when the folder's sources can't be read.
    """
    folder = directory / written.module.slug
    wanted: dict[Path, bytes | None] = {
        folder / name: content for name, content in files_of(written).items()
    }
    wanted[directory / SOURCES] = _sources(written, directory)
    known = [folder / name for name in _lessons_of(folder)]
    for below in (IMAGES, MEDIA):
        known += [path for path in (folder / below).glob("*") if path.is_file()]
    known += [path for path in (folder / H5P).rglob("*") if path.is_file()]
    for path in known:
        wanted.setdefault(path, None)
    return {
        path: content
        for path, content in sorted(wanted.items())
        if content != (path.read_bytes() if path.is_file() else None)
    }


def apply(changed: Mapping[Path, bytes | None]) -> None:
    """Write and remove; each file is whole, before and after."""
    for path, content in changed.items():
        if content is None:
            path.unlink()
            _tidy(path.parent)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(content)
        beside.replace(path)


def _tidy(folder: Path) -> None:
    """A content whose last file goes takes its folders along."""
    while H5P in folder.parts and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _lessons_of(folder: Path) -> list[str]:
    """The lessons that the folder's manifest names."""
    if not (folder / MANIFEST).is_file():
        return []
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    data = read_yaml(text, file=MANIFEST, line=1, problems=[])
    named = data.get("lessons") if isinstance(data, dict) else None
    return [name for name in named or [] if Path(str(name)).name == name]


def _sources(written: Written, directory: Path) -> bytes:
    """sources.yaml with what the module cites as it stands here; other rows as they were."""
    path, module = directory / SOURCES, written.module
    there = read_library(directory) if path.is_file() else LibraryFile()
    cited = library_of({*module.sources, *(key for one in module.lessons for key in one.sources)})
    merged = LibraryFile({**there.sources, **cited.sources}, {**there.laws, **cited.laws})
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.is_file() else []
    header = ""
    for line in lines:
        if not line.startswith("#"):
            break
        header += line
    return library_text(merged, header).encode()
