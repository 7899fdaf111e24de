"""What the questions of a file become here, one by one, before anything is written."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.jobs.progress import UNWATCHED, Steps
from quizzes.bank.models import Use
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.own import incoming
from quizzes.interchange.source import Note, Refused, Source, Unread, Weight
from quizzes.interchange.stored import as_stored

MOST_TAGS = 20
# Words of a category's path that name a place in Moodle and no subject.
PLACES = re.compile(r"^(\$\w+\$?|top|)$")


class Fit(StrEnum):
    """How much of a question comes in."""

    WHOLE = "whole"
    PART = "part"
    REFUSED = "refused"


FIT_WORDS = {
    Fit.WHOLE: _("whole"),
    Fit.PART: _("in part"),
    Fit.REFUSED: _("refused"),
}


@dataclass(slots=True)
class Draft:
    """A question of a file: what it becomes here, or why it does not."""

    line: int
    name: str
    type: str  # as the file calls it
    fit: Fit
    reason: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    category: str = ""
    idnumber: str = ""
    difficulty: int = 2
    use: str = Use.BOTH.value
    exported: str = ""  # what our question said when we wrote the file

    @property
    def kind(self) -> str:
        """The name of our type; empty when it was refused."""
        return str(self.content.get("type", ""))

    def noted(self, weight: Weight) -> list[str]:
        """What is to be said of it, of this weight."""
        return [note.text for note in self.notes if note.weight is weight]


def drafts_of(data: bytes, form: str, steps: Steps = UNWATCHED) -> list[Draft]:
    """The questions of a file in their order; raises FileRefused when it can't be read."""
    found = FORMATS[form].read(data)
    return [
        _refused(read) if isinstance(read, Unread) else _draft(read)
        for read in steps.each(found, gettext("Reading the questions"))
    ]


def _refused(read: Unread) -> Draft:
    return Draft(read.line, read.name, read.type, Fit.REFUSED, read.reason)


def _draft(source: Source) -> Draft:
    draft = Draft(source.line, source.name, source.type, Fit.REFUSED, idnumber=source.idnumber)
    draft.category = source.category
    type_ = source.type
    try:
        content, own = incoming(source)
        draft.content = as_stored(content)
    except Refused as error:
        draft.reason = str(error)
        return draft
    draft.type, draft.notes = type_, source.notes
    draft.tags = _tags(source)
    difficulty, use = own.get("difficulty"), own.get("use")
    draft.difficulty = difficulty if difficulty in (1, 2, 3) else 2
    draft.use = use if use in Use.values else Use.BOTH.value
    if source.own and isinstance(exported := source.own.get("exported"), str):
        draft.exported = exported
    draft.fit = Fit.PART if draft.noted(Weight.LOST) else Fit.WHOLE
    return draft


def _tags(source: Source) -> list[str]:
    """The question's own tags, and the last words of its category."""
    places = re.split(r"(?<!/)/(?!/)", source.category)
    subjects = [" ".join(one.replace("//", "/").split()) for one in places]
    named = [one for one in subjects if not PLACES.match(one)][-1:]
    tags = [" ".join(tag.replace(",", " ").split())[:100] for tag in [*source.tags, *named]]
    return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]
