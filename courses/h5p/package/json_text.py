"""JSON from strangers: bounded in size, depth and numbers, so that reading it harms nobody."""

import json
import re
from typing import Any, BinaryIO, Final, NoReturn

from .limits import Limits
from .refusal import Refused

LONGEST_NUMBER: Final = 400
LONE: Final = re.compile("[\ud800-\udfff]")
LONE_OR_NUL: Final = re.compile("[\ud800-\udfff\0]")


def parse(stream: BinaryIO, entry: str, limits: Limits, *, description: bool = False) -> Any:
    """Read all of the stream as JSON; a byte order mark is let in, as real packages have it.

    A description (h5p.json, library.json) is kept in a database, which takes no NUL.
    """
    most = limits.description_bytes if description else limits.json_bytes
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise Refused("json-too-large", entry, found=f"over {most} bytes", expected=most)
    while stream.read(1 << 16):
        pass  # Only a stream that has been read to its end has had its checksum looked at.
    marks = sum(raw.count(mark) for mark in (b"[", b"{", b","))
    if marks > limits.json_marks:
        raise Refused("json-too-large", entry, found=f"{marks} values", expected=limits.json_marks)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not-json", entry, found="it is not UTF-8") from None
    del raw
    try:
        value = json.loads(text, parse_constant=_refuse, parse_int=_whole, parse_float=_broken)
    except RecursionError:
        raise Refused("not-json", entry, found="it is nested too deep") from None
    except json.JSONDecodeError as error:
        found = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise Refused("not-json", entry, found=found) from None
    except ValueError as error:
        raise Refused("not-json", entry, found=error) from None
    barred = LONE_OR_NUL if description else LONE
    _check_inside(value, entry, limits.json_depth, barred if "\\u" in text else None)
    return value


def _refuse(_word: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not numbers")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _broken(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number is too long")
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return value


def _check_inside(value: Any, entry: str, deepest: int, barred: re.Pattern[str] | None) -> None:
    """Refuse what nests too deep, and characters that cannot be written down again."""
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for one in level:
            if depth == deepest and isinstance(one, dict | list):
                raise Refused("not-json", entry, found="it is nested too deep")
            if isinstance(one, dict):
                below.extend(one.values())
            elif isinstance(one, list):
                below.extend(one)
            if barred and _holds(barred, one):
                raise Refused("not-json", entry, found="a character that cannot be written")
        level, depth = below, depth + 1


def _holds(barred: re.Pattern[str], value: Any) -> bool:
    texts = value if isinstance(value, dict) else [value] if isinstance(value, str) else ()
    return any(barred.search(text) for text in texts)
