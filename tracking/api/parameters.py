"""What an address of the API may ask for, as types that the OpenAPI document is made from."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from foundation.arguments import a_day, a_moment_or_day
from foundation.intervals import STOCKHOLM, today
from tracking.api.problems import Wrong, bad_parameters

FEWEST_ROWS, MOST_ROWS, ROWS = 1, 50_000, 5_000
FIRST_YEAR = 1900
MOST_TARGETS = 100
# Nothing that is asked for holds any of these; some databases refuse them.
UNSAYABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# In an address a plus sign that was not written as %2B arrives as a space.
LOST_PLUS = re.compile(r"(T.*) (\d{2}:\d{2})")

EXPECTED: dict[str, str | Promise] = {
    "as_of": _("a day that has come, as YYYY-MM-DD"),
    "known_at": _("a day that has come as YYYY-MM-DD, or a moment such as 2026-05-15T12:00:00Z"),
    "unit": _("the code of a unit that the key's holder may see"),
    "target": _("the code of a knowledge target; several: target=A&target=B"),
    "area": _("a business area, as /areas gives it"),
    "limit": _("a whole number from 1 to 50000"),
    "cursor": _("next_cursor of the page before, with no other parameter beside it"),
}


def _day(value: Any) -> date:
    day = a_day(str(value))
    if not day.year >= FIRST_YEAR or day > today():
        raise ValueError(value)
    return day


def _moment(value: Any) -> str:
    """As it was sent, when it can be read: the answer says it again."""
    text = LOST_PLUS.sub(r"\1+\2", str(value))
    moment_of(text)
    return text


def moment_of(text: str) -> datetime:
    """The moment, or the end of the day; ValueError for what has not been."""
    moment = a_moment_or_day(text)
    end_of_today = datetime.combine(today(), time.max, STOCKHOLM)
    if not moment.year >= FIRST_YEAR or moment > end_of_today:
        raise ValueError(text)
    return moment


def _whole(value: Any) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,5}", text) or not FEWEST_ROWS <= int(text) <= MOST_ROWS:
        raise ValueError(text)
    return int(text)


def _text(value: Any) -> str:
    text = str(value)
    if not text or UNSAYABLE.search(text):
        raise ValueError(text)
    return text


def _texts(value: Any) -> list[str]:
    return [_code(one) for one in value]


def _code(value: Any) -> str:
    text = _text(value)
    if len(text) > 64:
        raise ValueError(text)
    return text


CODE = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": r"^[^\x00-\x1f\x7f]+$"}
AsOf = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    Field(description="The day the figures stand for, today or earlier. Without it: today."),
]
KnownAt = Annotated[
    str | None,
    BeforeValidator(_moment),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
    ),
    Field(
        description="What the platform knew at this moment, with offset, or at the end of this "
        "day in Stockholm; not in the future. Without it: what is known now."
    ),
]
UnitCode = Annotated[
    str | None,
    BeforeValidator(_code),
    WithJsonSchema(CODE),
    Field(description="Only this unit and all below it on the day."),
]
TargetCodes = Annotated[
    list[str] | None,
    BeforeValidator(_texts),
    WithJsonSchema({"type": "array", "items": CODE, "maxItems": MOST_TARGETS}),
    Field(description="Only these knowledge targets, by code; may be repeated."),
]
AreaName = Annotated[
    str | None,
    BeforeValidator(_text),
    WithJsonSchema({**CODE, "maxLength": 200}),
    Field(
        description="Only people in the audience through an employment in this business area, "
        "without regard to case."
    ),
]
Limit = Annotated[
    int,
    BeforeValidator(_whole),
    WithJsonSchema({"type": "integer", "minimum": FEWEST_ROWS, "maximum": MOST_ROWS}),
    Field(description=f"At most so many rows a page. Without it: {ROWS}."),
]
Cursor = Annotated[
    str | None,
    BeforeValidator(_text),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_.:-]+$", "maxLength": 8000}),
    Field(
        description="`next_cursor` of the page before. It holds everything that was asked for, "
        "the day and the knowledge too, so it stands alone."
    ),
]


class Asked(Schema):
    """What every address takes."""

    as_of: AsOf = None
    known_at: KnownAt = None
    limit: Limit = ROWS
    cursor: Cursor = None


class OfUnits(Asked):
    """And by unit."""

    unit: UnitCode = None


class OfTargets(OfUnits):
    """And by target."""

    target: TargetCodes = None


class OfAreas(OfTargets):
    """And by business area."""

    area: AreaName = None


def look_at(request: HttpRequest, allowed: type[Asked]) -> None:
    """Raises Problem for a parameter that is not known, or stands twice, or beside a cursor.

    A misspelt `as_of` would otherwise be answered with the figures of another day.
    """
    given: QueryDict = request.GET
    names = list(allowed.model_fields)
    known = ", ".join(names)
    wrong = [
        Wrong(name, _said(given, name), str(_("one of %(names)s") % {"names": known}))
        for name in given
        if name not in names
    ]
    wrong += [
        Wrong(name, _said(given, name), str(_("at most once")))
        for name in given
        if name != "target" and len(given.getlist(name)) > 1
    ]
    if len(given.getlist("target")) > MOST_TARGETS:
        wrong.append(Wrong("target", "", str(EXPECTED["target"])))
    if "cursor" in given and len(given) > 1:
        wrong.append(Wrong("cursor", _said(given, "cursor"), str(EXPECTED["cursor"])))
    if wrong:
        raise bad_parameters(*wrong)


def said_wrong(request: HttpRequest, names: list[str]) -> list[Wrong]:
    """What did not hold, in our own words."""
    given: QueryDict = request.GET
    return [Wrong(name, _said(given, name), str(EXPECTED.get(name, ""))) for name in names]


def _said(given: QueryDict, name: str) -> str:
    return ", ".join(str(one) for one in given.getlist(name))
