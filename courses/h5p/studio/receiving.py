"""A package that comes in: kept on disk, judged, and taken or refused; nothing of it in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from courses.h5p.package import Refused
from courses.h5p.store.actions import ContentGone, Imported, NotTheirs, import_package
from courses.h5p.store.limits import limits
from courses.h5p.store.models import H5PContent
from courses.h5p.store.room import NoRoom
from courses.h5p.store.wording import refusal_in_words
from courses.h5p.studio.publishing import not_theirs_in_words
from tracking.organisation.models import User

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. `refusal` in words, with what the reader of packages said of it."""

    file_name: str
    imported: Imported | None = None
    refusal: str = ""
    detail: str = ""
    is_forbidden: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it is in the store now."""
        return self.imported is not None


def receive(
    *, file: "UploadedFile[Any]", actor: User, now: datetime, content: H5PContent | None = None
) -> Outcome:
    """Judge a file and take it, as a new version of `content` where one is named."""
    name = shown_name(file.name)
    if (file.size or 0) > largest():
        return Outcome(name, refusal=too_large())
    try:
        with _on_disk(file) as path:
            imported = import_package(
                path=path, actor=actor, now=now, content=content, file_name=name
            )
    except Refused as refused:
        return Outcome(name, refusal=refusal_in_words(refused), detail=str(refused))
    except NotTheirs as theirs:
        return Outcome(name, refusal=not_theirs_in_words(theirs.pages), is_forbidden=True)
    except NoRoom as full:
        return Outcome(name, refusal=no_room_in_words(full))
    except ContentGone:
        said = _("The content has been deleted meanwhile. Upload the file as new content.")
        return Outcome(name, refusal=said)
    return Outcome(name, imported)


def shown_name(name: str | None) -> str:
    """A file's own name, without the folders somebody's computer puts before it."""
    own = Path(str(name or "").replace("\\", "/")).name
    return "".join(sign for sign in own if sign.isprintable())[-LONGEST_NAME:] or _("the file")


def no_room_in_words(full: NoRoom) -> str:
    """What there is no room for, and what one may do."""
    sizes = {
        "asked": filesizeformat(full.asked),
        "held": filesizeformat(full.held),
        "most": filesizeformat(full.most),
    }
    if full.of_disk:
        said = _(
            "There is no room on the platform's disk for %(asked)s more. Nothing of the file was "
            "kept. Tell the administrator, who can make room."
        )
    else:
        said = _(
            "The package would need %(asked)s. What you have uploaded takes %(held)s already, and "
            "nobody's uploads may take more than %(most)s. Delete content that is not used: its "
            "files are gone a week later. Or ask the administrator for more room."
        )
    return said % sizes


def largest() -> int:
    """Bytes. A package is let in up to this when it is unpacked: no larger file can be one."""
    return limits().package_bytes


def too_large() -> str:
    """In words."""
    said = _("The file is larger than %(size)d MB, which is the most that is let in.")
    return said % {"size": largest() // 1024 // 1024}


@contextmanager
def _on_disk(file: "UploadedFile[Any]") -> Iterator[Path]:
    """Where the file lies. What Django kept in memory because it is small is written down."""
    if isinstance(file, TemporaryUploadedFile):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(suffix=".h5p") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)
