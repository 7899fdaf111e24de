"""What only this platform says of a question, beside what the format can say.

A file that we wrote is to give the same question back, and other platforms are to make of it what
they can. So the question is written as the format has it, and read back at once; where that is not
the same question, the whole of it goes beside, where other platforms pass it over. A digest of the
first tells whether somebody has changed the file since: then what was changed counts.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from quizzes.bank.models import digest
from quizzes.interchange.formats import Format
from quizzes.interchange.mapping.canonical import canonical
from quizzes.interchange.mapping.registry import into_ours, out_of_ours
from quizzes.interchange.source import Note, Read, Refused, Source, Unread

VERSION = 1
# What a question is asked by; its name and tags are about it.
ASKED = [
    "type",
    "text",
    "missing_word",
    "explanation",
    "several",
    "ignore_case",
    "all_or_nothing",
    "answers",
    "pairs",
    "gaps",
]


def outgoing(content: Any, *, name: str, meta: Mapping[str, Any], form: Format) -> Source:
    """The question for a file of this format, with what is lost on other platforms as notes."""
    source = out_of_ours(content)
    source.name, source.idnumber = name, name
    form.plainer(source)
    whole = canonical(content)
    own: dict[str, Any] = {"version": VERSION, "digest": "", "teaches": whole["teaches"], **meta}
    back = _read_back(source, form)
    if isinstance(back, Unread):
        # The format has no way to write some of it: it can still be read.
        form.as_text(source)
        back = _read_back(source, form)
    if isinstance(back, Source):
        own["digest"] = asked(back)
        if _native(back, whole["teaches"]) == whole:
            source.own = own
            return source
    source.own = own | {"content": whole}
    return source


def _read_back(source: Source, form: Format) -> Read:
    [back] = form.read(form.write([source]))
    return back


def incoming(source: Source) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """The content of a question that was read, and what else we wrote of it; raises Refused."""
    own = source.own
    if own is None:
        return canonical(into_ours(source)), {}
    if own.get("version") != VERSION or own.get("digest") != asked(source):
        source.remark(
            _("it has been changed since it was written here; what only we had said is left out")
        )
        return canonical(into_ours(source)), {}
    # It gives the same question as when it was written: nothing is lost.
    notes: list[Note] = list(source.notes)
    content = canonical(own["content"] if "content" in own else into_ours(source))
    source.notes = notes
    return content | {"teaches": str(own.get("teaches", ""))[:120]}, own


def asked(source: Source) -> str:
    """A digest of what a question that has been read asks."""
    said = asdict(source)
    return digest([said[name] for name in ASKED])


def _native(back: Source, teaches: str) -> dict[str, Any] | None:
    try:
        return canonical(into_ours(back)) | {"teaches": teaches}
    except Refused:
        return None
