"""Film, sound and captions of a module: judged as files, then kept as documents of Wagtail's."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from courses.modules.files import MEDIA, MEDIA_FIELDS, ModuleFiles
from courses.modules.models import LoadedDocument
from courses.modules.report import Fate, Report
from courses.pages.recordings import is_captions, is_film, is_sound
from foundation.problems import Problem

FITS = {
    "film": (is_film, "mp4, webm"),
    "captions": (is_captions, "vtt"),
    "audio": (is_sound, "mp3, m4a, ogg"),
}


@dataclass(slots=True)
class _OnDisk:
    """A file of a module, asked what it holds as an uploaded one is."""

    file: Any


def media_problems(module: ModuleFiles) -> Iterator[Problem]:
    """Files of media/ that aren't there, or hold something else than their block needs."""
    folder = module.folder / MEDIA
    for lesson in module.lessons:
        for screen in lesson.screens:
            for block in screen.blocks:
                for name in MEDIA_FIELDS.get(block.kind, ()):
                    said = block.value[name]
                    expected = _fault(folder, said, name) if said else ""
                    if expected:
                        yield Problem(lesson.file, block.place, said, expected)


def _fault(folder: Path, said: str, name: str) -> str:
    path, (fits, kinds) = folder / said, FITS[name]
    if path.parent != folder or not path.is_file():
        return _("a file in media/")
    with path.open("rb") as file:
        if path.suffix.lstrip(".") in kinds.split(", ") and fits(_OnDisk(File(file, str(path)))):
            return ""
    return _("a file that is what its name says: %(kinds)s") % {"kinds": kinds}


def load_media(module: ModuleFiles, report: Report) -> dict[str, int]:
    """The documents by the names of their files; what was replaced here since is left as it is."""
    documents = {}
    for name in module.media():
        key = f"{module.slug}/{name}"
        content = (module.folder / MEDIA / name).read_bytes()
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        row = LoadedDocument.objects.select_related("document").filter(key=key).first()
        document = row.document if row else None
        if row is None or document is None:
            document, fate = get_document_model()(), Fate.NEW
        elif document.file_hash != row.digest:
            fate = Fate.KEPT
        else:
            fate = Fate.UNCHANGED if digest == document.file_hash else Fate.UPDATED
        if fate in (Fate.NEW, Fate.UPDATED):
            document.title = f"{module.title}: {name}"[:255]
            document.file = ContentFile(content, name=f"{module.slug}-{name}")
            document.file_size, document.file_hash = len(content), digest
            document.save()
            LoadedDocument.objects.update_or_create(
                key=key, defaults={"document": document, "digest": digest}
            )
        documents[name] = document.pk
        report.met(_("file %(name)s") % {"name": name}, fate)
    return documents
