"""Where content is played: the results don't know, they ask whoever registered for the place.

A place is `prefix:rest`. The app that shows content registers a handler for its prefix, and hears
when a result there has changed.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from courses.h5p.results.requirements import Requirement
from courses.h5p.store.models import H5PContent, H5PVersion
from tracking.organisation.models import User


class PlaceHandler(Protocol):
    """What a place must answer. `rest` is the place without prefix."""

    counts: bool  # whether anything that is reported there is kept

    def may_open(self, user: User, rest: str, content: H5PContent) -> bool:
        """Whether this person may open this content here."""

    def version(self, rest: str, content: H5PContent) -> H5PVersion | None:
        """The version that is played here; None for the one that everybody plays."""

    def requirement(self, rest: str, content: H5PContent) -> Requirement:
        """What the place demands."""

    def demands_on(self, content: H5PContent) -> Iterable[tuple[str, Requirement]]:
        """What is demanded of it wherever readers meet it, with what that place is called."""

    def changed(self, user: User, rest: str, now: datetime) -> None:
        """A result at the place is new or better; called inside the transaction that writes it."""

    def title(self, rest: str) -> str:
        """What this place is called."""


_HANDLERS: dict[str, PlaceHandler] = {}


def register(prefix: str, handler: PlaceHandler) -> None:
    """Answer for every place that begins with `prefix:`."""
    _HANDLERS[prefix] = handler


def handler_of(place: str) -> tuple[PlaceHandler, str]:
    """The handler of a place, and the place's rest. Raises LookupError when nobody answers."""
    prefix, _colon, rest = place.partition(":")
    try:
        return _HANDLERS[prefix], rest
    except KeyError as error:
        raise LookupError(f"Nobody answers for places of {prefix!r}.") from error


def demands_on(content: H5PContent) -> Iterator[tuple[str, Requirement]]:
    """What is demanded of a content wherever readers meet it, with what that place is called."""
    for handler in _HANDLERS.values():
        yield from handler.demands_on(content)


def title_of(place: str) -> str:
    """What a place is called; its own name where nobody answers for it any more."""
    try:
        handler, rest = handler_of(place)
    except LookupError:
        return place
    return handler.title(rest)
