"""Reads JSON that a browser sends, of whatever shape, without ever falling over it."""

import json
from typing import Any, NoReturn

from django.utils.translation import gettext as _


class Unreadable(ValueError):
    """What came is not what was asked for; `str()` says what is wrong, for people."""


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def read_object(body: bytes | str) -> dict[str, Any]:
    """The object that a JSON text holds. Raises Unreadable for anything else."""
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is not JSON.")) from error
    if not isinstance(found, dict):
        raise Unreadable(_("An object is expected."))
    return found


def as_text(value: object, longest: int) -> str:
    """JSON in ASCII. Raises Unreadable for what is longer than so many characters as it was sent.

    ASCII, because a browser may send NUL and half characters, and not every database holds them.
    """
    try:
        text = json.dumps(value, allow_nan=False, separators=(",", ":"))
        length = len(text) if len(text) <= longest else _length(value)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("It holds a number that is none, or goes too deep.")) from error
    if length > longest:
        raise Unreadable(
            _("It is too big: %(found)d characters, at most %(most)d.")
            % {"found": length, "most": longest}
        )
    return text


def _length(value: object) -> int:
    """Characters as a browser counts them, roughly: before they are written in ASCII."""
    if isinstance(value, str):
        return len(value)
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def inside(value: object, *path: str) -> Any:
    """What stands at a path of objects; None where the path breaks off."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
