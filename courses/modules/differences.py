"""What was changed here and what was changed in the files, from the text that both began as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.translation import gettext as _
from merge3 import Merge3


class Where(StrEnum):
    """Where a passage says something else than it did."""

    HERE = "here"
    FILES = "files"
    SAME = "same"  # in both, and now they say the same
    BOTH = "both"  # in both, and they say different things


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that was changed: its lines as they were, as they are here, and in the files."""

    where: Where
    line: int  # in the files' text, from 1
    before: Sequence[str]
    here: Sequence[str]
    files: Sequence[str]


def changes(before: str | None, here: str, files: str) -> list[Change]:
    """Every passage that two descendants of a text have changed, in order.

    Where nobody remembers the text (None), all that differs was changed in two ways.
    """
    ours, theirs = here.splitlines(), files.splitlines()
    old = _common(ours, theirs) if before is None else before.splitlines()
    found: list[Change] = []
    at_old = at_ours = at_theirs = 0
    regions = [*Merge3(old, ours, theirs).find_sync_regions()]
    for start, end, our_start, our_end, their_start, their_end in regions:
        passage = (
            old[at_old:start],
            ours[at_ours:our_start],
            theirs[at_theirs:their_start],
        )
        found += _change(at_theirs + 1, *passage)
        at_old, at_ours, at_theirs = end, our_end, their_end
    return found


def _common(ours: list[str], theirs: list[str]) -> list[str]:
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [line for block in blocks for line in ours[block.a : block.a + block.size]]


def _change(
    line: int, before: Sequence[str], here: Sequence[str], files: Sequence[str]
) -> Iterator[Change]:
    if before == here == files:
        return
    if here == files:
        where = Where.SAME
    elif before == files:
        where = Where.HERE
    elif before == here:
        where = Where.FILES
    else:
        where = Where.BOTH
    yield Change(where, line, before, here, files)


def in_words(change: Change) -> Iterator[str]:
    """A change as lines to print: - as it was, + as it is, with where it says so."""
    heads = {
        Where.HERE: _("line %(line)d, changed here"),
        Where.FILES: _("line %(line)d, changed in the files"),
        Where.SAME: _("line %(line)d, changed alike here and in the files"),
        Where.BOTH: _("line %(line)d, changed in two ways"),
    }
    yield heads[change.where] % {"line": change.line}
    yield from (f"  - {line}" for line in change.before)
    if change.where is Where.BOTH:
        yield from (_("  here  + %(text)s") % {"text": line} for line in change.here)
        yield from (_("  files + %(text)s") % {"text": line} for line in change.files)
    else:
        now = change.files if change.where is Where.FILES else change.here
        yield from (f"  + {line}" for line in now)
