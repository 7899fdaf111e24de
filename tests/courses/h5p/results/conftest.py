"""A place where content is played, and a content that ends with `answered`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from courses.h5p.results import places
from courses.h5p.results.requirements import Kind, Requirement
from courses.h5p.store.models import H5PContent, H5PVersion
from tests.courses.h5p.results.browsing import Browser
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user
from tracking.organisation.models import User


@dataclass
class Place:
    """Open to everybody but those it is closed to; remembers what it has heard."""

    counts: bool = True
    asked: Requirement = field(default_factory=lambda: Requirement(Kind.SCORE, 80))
    closed_to: set[int] = field(default_factory=set)
    heard: list[tuple[str, str, datetime]] = field(default_factory=list)

    def may_open(self, user: User, rest: str, content: H5PContent) -> bool:
        return user.pk not in self.closed_to

    def version(self, rest: str, content: H5PContent) -> H5PVersion | None:
        return None

    def requirement(self, rest: str, content: H5PContent) -> Requirement:
        return self.asked

    def demands_on(self, content: H5PContent) -> Iterable[tuple[str, Requirement]]:
        return [("Stället", self.asked)]

    def changed(self, user: User, rest: str, now: datetime) -> None:
        self.heard.append((user.username, rest, now))

    def title(self, rest: str) -> str:
        return f"Stället {rest}"


@pytest.fixture
def place() -> Iterator[Place]:
    here = Place()
    places.register("prov", here)
    yield here
    places._HANDLERS.pop("prov")


@pytest.fixture
def version(db: None) -> H5PVersion:
    return store_version([store_library("H5P.MultiChoice")], {"question": "Vad säger du?"})


@pytest.fixture
def anna(db: None) -> User:
    return make_user("anna")


@pytest.fixture
def browser(anna: User, place: Place) -> Browser:
    return Browser(anna)
