"""What a block is read from."""

from collections.abc import Sized
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.modules.markdown import rich_text
from courses.pages.blocks.keys import KEY, LONGEST
from courses.pages.blocks.text import INNER_FEATURES
from foundation.problems import Fields


@dataclass(frozen=True, slots=True)
class BlockSource:
    """The fields of a block, and the line its text begins on."""

    fields: Fields
    line: int

    def html(self, fields: Fields, name: str, *, needed: bool = True) -> str:
        """Markdown of a field, as HTML."""
        return rich_text(
            fields.markdown(name, needed=needed),
            INNER_FEATURES,
            file=fields.file,
            line=self.line,
            problems=fields.problems,
        )


def key_of(fields: Fields) -> str:
    """A key as its block takes it."""
    return named_key(fields, "key")


def named_key(fields: Fields, name: str) -> str:
    """A field that holds a key."""
    key = fields.text(name, longest=LONGEST)
    if key and not KEY.match(key):
        fields.refuse(name, _("small letters, digits and hyphens"))
    return key


def judge_number(fields: Fields, name: str, found: Sized, limits: tuple[int, int]) -> None:
    """Refuse a list that is there but has too few or too many entries."""
    low, high = limits
    if found and not low <= len(found) <= high:
        fields.refuse(name, _("from %(low)d to %(high)d of them") % {"low": low, "high": high})
