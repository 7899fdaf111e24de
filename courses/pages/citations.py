"""Citations: what a text cites becomes a small number that leads to the source."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.sources.marks import CITATION, mark_of, marks
from courses.sources.queries import Cited, Library


@dataclass(frozen=True, slots=True)
class Citation:
    """A source cited on a screen: its number there, and the places in it, in order."""

    number: int
    source: Cited
    places: list[str] = field(default_factory=list)


class Numbered(Protocol):
    """What has a number on a screen."""

    @property
    def number(self) -> int: ...


Citations = Mapping[str, Numbered]


def cited(text: str) -> Iterator[tuple[str, str]]:
    """Every key that a text cites with its place, "" for none."""
    yield from marks(text)


def citations_of(stream_value: Any, library: Library) -> dict[str, Citation]:
    """The sources a screen cites, numbered from 1 as they first come. Unknown keys are left out."""
    known, found = library.by_key, dict[str, Citation]()
    for text in texts_of(stream_value):
        for key, place in cited(text):
            if key not in known:
                continue
            citation = found.setdefault(key, Citation(len(found) + 1, known[key]))
            if place and place not in citation.places:
                citation.places.append(place)
    return found


def cites(stream_value: Any) -> bool:
    """Whether anything is cited at all."""
    return any(CITATION.search(text) for text in texts_of(stream_value))


def unknown_keys(stream_value: Any, library: Library) -> set[str]:
    """Keys that are cited but are no source's."""
    keys = {key for text in texts_of(stream_value) for key, _place in cited(text)}
    return keys - library.by_key.keys()


def texts_of(value: Any) -> Iterator[str]:
    """Every string inside plain nested data, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)


def linked(html: str, citations: Citations) -> SafeString:
    """The HTML with its citations as numbers; what is unknown is named by its key."""

    def number(match: re.Match[str]) -> str:
        mark = mark_of(match)
        citation = citations.get(mark.key)
        if citation is None:
            return escape(f" [@{mark.key}]")
        label = _("Source %(number)d") % {"number": citation.number}
        if mark.place:
            label = f"{label}: {mark.place}"
        return format_html(
            '<sup><a href="#kalla-{}" aria-label="{}">{}</a></sup>',
            citation.number,
            label,
            citation.number,
        )

    # The editor keeps known elements only, and what is put in here is escaped above.
    return mark_safe(CITATION.sub(number, html))  # nosec B308 B703


def as_data(value: Any) -> Any:
    """A stream value as plain data, as it is stored."""
    return json.loads(json.dumps(value.stream_block.get_prep_value(value), default=str))
