"""The key of a block that something outside the lesson knows it by."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

KEY = re.compile(r"^[a-z0-9-]+$")
LONGEST = 80
# Kinds of blocks that are known by their keys: in addresses, and by what is kept about them.
KEYED = frozenset({"tool", "local"})


class NameBlock(blocks.CharBlock):
    """What parts of a block call each other by: nobody reads it, and nobody translates it."""

    def get_translatable_segments(self, _value: str) -> list[Any]:
        """None, for wagtail-localize."""
        return []

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


def key_block() -> blocks.RegexBlock:
    """The field for it."""
    return blocks.RegexBlock(
        regex=KEY.pattern,
        max_length=LONGEST,
        label=_("Key"),
        help_text=_("A stable name: small letters, digits, hyphens."),
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
    )


def keys_given_twice(screens: Iterable[Mapping[str, Any]]) -> list[str]:
    """Keys that two blocks of one kind have, in a lesson's screens as they are stored."""
    found = Counter(
        (block["type"], block["value"]["key"])
        for screen in screens
        for block in screen["value"]["content"]
        if block["type"] in KEYED
    )
    return sorted({key for (_kind, key), times in found.items() if times > 1})
