"""A content of one of our types, judged before it is packed: its shape, and whether it can be
played to an end."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.own.conversations import flaws_of_conversation
from courses.h5p.own.semantics import Flaw, flaws_of
from courses.h5p.own.shelf import is_own, semantics_of
from courses.h5p.package import LibraryName


def flaws_of_content(main: LibraryName, content: Any) -> list[Flaw]:
    """All that is wrong with it; nothing of contents of others' types, which we can't judge."""
    if not is_own(main):
        return []
    flaws = list(flaws_of(semantics_of(main), content))
    if flaws:
        return flaws
    more = _MORE.get(main.machine_name)
    return list(more(content)) if more else []


def _question(content: Any) -> Iterator[Flaw]:
    if not any(answer.get("correct") for answer in content["answers"]):
        yield Flaw("answers", None, _("an alternative that is right"))


_MORE = {
    "Kompetens.BranchingConversation": flaws_of_conversation,
    "Kompetens.MultipleChoice": _question,
}
