"""Whether a content is what its type's semantics.json says: everything that differs, by place."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _


class Flaw(NamedTuple):
    """Where a content is not what it should be, what stands there, and what should."""

    place: str
    found: object
    expected: str


Field = Mapping[str, Any]


def flaws_of(fields: list[Field], content: object, place: str = "") -> Iterator[Flaw]:
    """What a content, or a group of it, says that its fields don't allow."""
    if not isinstance(content, dict):
        yield Flaw(place, content, _("names with values"))
        return
    names = {field["name"] for field in fields}
    for name in content.keys() - names:
        expected = _("one of the fields %(names)s") % {"names": ", ".join(sorted(names))}
        yield Flaw(_below(place, name), name, expected)
    for field in fields:
        at = _below(place, field["name"])
        value = content.get(field["name"])
        if value is None or value == "":
            if not field.get("optional") and "default" not in field and not _may_be_empty(field):
                yield Flaw(at, None, _("a value"))
            continue
        yield from JUDGES[field["type"]](field, value, at)


def _may_be_empty(field: Field) -> bool:
    """A group is there when nothing in it must be."""
    return field["type"] == "group" and all(
        inner.get("optional") or "default" in inner for inner in field["fields"]
    )


def _below(place: str, name: object) -> str:
    return f"{place} › {name}" if place else str(name)


def _text(field: Field, value: object, place: str) -> Iterator[Flaw]:
    if not isinstance(value, str) or not value.strip():
        yield Flaw(place, value, _("a text"))
        return
    longest = field.get("maxLength")
    if longest is not None and len(value) > longest:
        yield Flaw(place, value, _("at most %(number)d characters") % {"number": longest})
    pattern = field.get("regexp", {}).get("pattern")
    if pattern and not re.search(pattern, value):
        yield Flaw(place, value, _("small letters a to z, digits and hyphens"))
    if "tags" in field:
        allowed = set(field["tags"])
        for tag in sorted(set(re.findall(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)", value)) - allowed):
            expected = _("only the elements %(names)s") % {"names": ", ".join(field["tags"])}
            yield Flaw(place, f"<{tag}>", expected)


def _number(field: Field, value: object, place: str) -> Iterator[Flaw]:
    low, high = field.get("min", 0), field.get("max", 100)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not low <= value <= high:
        expected = _("a number from %(low)d to %(high)d") % {"low": low, "high": high}
        yield Flaw(place, value, expected)


def _boolean(_field: Field, value: object, place: str) -> Iterator[Flaw]:
    if not isinstance(value, bool):
        yield Flaw(place, value, _("true or false"))


def _select(field: Field, value: object, place: str) -> Iterator[Flaw]:
    words = [option["value"] for option in field["options"]]
    if value not in words:
        yield Flaw(place, value, _("one of %(words)s") % {"words": ", ".join(words)})


def _list(field: Field, value: object, place: str) -> Iterator[Flaw]:
    if not isinstance(value, list):
        yield Flaw(place, value, _("a list"))
        return
    low, high = field.get("min", 0), field.get("max", 1_000)
    if not low <= len(value) <= high:
        expected = _("from %(low)d to %(high)d of them") % {"low": low, "high": high}
        yield Flaw(place, len(value), expected)
    inner = field["field"]
    for number, part in enumerate(value, start=1):
        yield from JUDGES[inner["type"]](inner, part, f"{place} {number}")


def _group(field: Field, value: object, place: str) -> Iterator[Flaw]:
    yield from flaws_of(field["fields"], value, place)


JUDGES: dict[str, Callable[[Field, Any, str], Iterator[Flaw]]] = {
    "boolean": _boolean,
    "group": _group,
    "list": _list,
    "number": _number,
    "select": _select,
    "text": _text,
}
