"""An xAPI statement from a frame, as what of it counts: a claim, read with no trust in its shape.

Who did it and when are never taken from the statement.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from courses.h5p.results.limits import BIGGEST_STATEMENT, LONGEST_VERB, NAME
from courses.h5p.results.reading import Unreadable, as_text, inside
from courses.h5p.results.shares import share_of

SUB = "http://h5p.org/x-api/h5p-subContentId"
LARGEST = 1e9  # more points than anything gives
LONGEST_SECONDS = 24 * 60 * 60  # a tab left open says more; nobody played so long
# Whom it is about, in their own words or the browser's: never kept.
_SOMEBODY = ("actor", "authority")
_SOMEBODY_ELSE = ("instructor", "team")

_VERB = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z",
    re.ASCII,
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
LONGEST_DURATION = 64  # characters


@dataclass(frozen=True, slots=True)
class Score:
    """Points of points. `maximum` is above nought, `raw` between nought and it."""

    raw: float
    maximum: float

    @property
    def share(self) -> int:
        """In ten-thousandths."""
        return share_of(self.raw, self.maximum)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says, as far as it can be used.

    `sub`: the part it is about, "" for none. `is_top`: it is about the content as a whole.
    """

    key: UUID
    verb: str
    sub: str
    is_top: bool
    score: Score | None
    success: bool | None
    completion: bool | None
    seconds: int | None
    raw: str

    @property
    def share(self) -> int | None:
        """The share of the points, in ten-thousandths."""
        return self.score.share if self.score else None


def key_of(entry: object) -> UUID | None:
    """The key an entry of a batch has, where that can be read."""
    said = inside(entry, "id")
    if not isinstance(said, str) or len(said) > 36:
        return None
    try:
        return UUID(said)
    except ValueError:
        return None


def read_statement(entry: object) -> Statement:
    """An entry `{"id": uuid, "statement": {…}}` of a batch. Raises Unreadable."""
    key = key_of(entry)
    if key is None:
        raise Unreadable(_("A statement needs an id that is a UUID."))
    said = inside(entry, "statement")
    if not isinstance(said, dict):
        raise Unreadable(_("A statement is an object."))
    result = said.get("result")
    sub = _sub_of(said)
    return Statement(
        key=key,
        verb=_verb(said),
        sub=sub,
        is_top=not sub and not inside(said, "context", "contextActivities", "parent"),
        score=_score(inside(result, "score")),
        success=_boolean(inside(result, "success")),
        completion=_boolean(inside(result, "completion")),
        seconds=_seconds(inside(result, "duration")),
        raw=as_text(_without_people(said), BIGGEST_STATEMENT),
    )


def is_of_the_whole(raw: str) -> bool:
    """Whether a kept statement that names no part has no parent either."""
    return not inside(json.loads(raw), "context", "contextActivities", "parent")


def _without_people(said: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in said.items() if name not in _SOMEBODY}
    context = kept.get("context")
    if isinstance(context, dict):
        kept["context"] = {n: value for n, value in context.items() if n not in _SOMEBODY_ELSE}
    return kept


def _verb(said: dict[str, Any]) -> str:
    """The last part of the verb's address: `answered` of http://adlnet.gov/expapi/verbs/answered.

    H5P writes `consumed` in words, and an address that ends with `consume`.
    """
    address = inside(said, "verb", "id")
    name = address.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    if not _VERB.match(name) or len(name) > LONGEST_VERB:
        raise Unreadable(_("A statement needs a verb with an address."))
    return name


def _sub_of(said: dict[str, Any]) -> str:
    """The part of the content a statement is about; its name, or a "?" for one that has none."""
    named = inside(said, "object", "definition", "extensions", SUB)
    if not named:
        address = inside(said, "object", "id")
        if not isinstance(address, str) or "subContentId" not in address:
            return ""
        try:
            named = parse_qs(urlsplit(address).query).get("subContentId", ["?"])[0]
        except ValueError:
            named = "?"
    return named if isinstance(named, str) and NAME.match(named) else "?"


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(said: dict[str, Any], name: str) -> float | None:
    """A number that means something; None where none is said. Raises ValueError for nonsense."""
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(name)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(name)
    return float(value)


def _score(said: object) -> Score | None:
    """The points; None where there are none to have.

    H5P reports 0 of 0 where nothing gives points. More than all the points counts as all of them,
    and less than nought as nought: some contents reckon so, and nobody gains by it. Points that
    make no sense are none: what ends with them has ended all the same.
    """
    if not isinstance(said, dict):
        return None
    try:
        raw, maximum = _number(said, "raw"), _number(said, "max")
        minimum, scaled = _number(said, "min"), _number(said, "scaled")
    except (ValueError, OverflowError):
        return None
    if maximum is not None and (maximum < 0 or (minimum is not None and minimum > maximum)):
        return None
    if raw is not None and maximum is not None:
        return Score(min(max(raw, 0.0), maximum), maximum) if maximum > 0 else None
    if scaled is None or not -1 <= scaled <= 1:
        return None
    return Score(max(scaled, 0.0), 1.0)


def _seconds(said: object) -> int | None:
    """An ISO 8601 duration in whole seconds, a day at most; None for what is none.

    H5P's clock can't be trusted to begin with, so one that can't be read spoils nothing.
    """
    if not isinstance(said, str) or len(said) > LONGEST_DURATION:
        return None
    found = _DURATION.match(said)
    named = (
        {name: float(number) for name, number in found.groupdict().items() if number}
        if found
        else {}
    )
    if not named:
        return None
    total = sum(_SECONDS[name] * number for name, number in named.items())
    return int(min(total, LONGEST_SECONDS))
