"""What every finding says of itself: how many, which, what it means, and what to do about it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from tracking.quality.look import Look

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a list: what it says, more in smaller type, and where it leads."""

    text: str
    second: str = ""
    url: str = ""
    is_number: bool = False
    lang: str = ""  # where it is not the page's


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list; the first cell names it. `people`: Person keys of whom it names."""

    cells: tuple[Cell, ...]
    people: tuple[int, ...] = ()


# What a list holds before its page is cut out: a list, or a queryset that is counted and sliced.
Found = Any


class Finding(ABC):
    """One kind of thing that is to be looked at."""

    key: ClassVar[str]  # in the page's address
    title: "ClassVar[StrOrPromise]"
    means: "ClassVar[StrOrPromise]"  # what it does to the figures
    advice: "ClassVar[StrOrPromise]"  # what to do about it
    heads: "ClassVar[Sequence[StrOrPromise]]"
    searched: "ClassVar[StrOrPromise]"  # label of the field that narrows the list
    # The list names people: it is for those who may see everybody.
    names_people: ClassVar[bool] = False

    @abstractmethod
    def count(self, look: Look) -> int:
        """How many there are; protected people count."""

    @abstractmethod
    def counted(self, count: int) -> str:
        """The number with what it is a number of."""

    @abstractmethod
    def found(self, look: Look, words: str) -> Found:
        """Those a list may show, in order; `words` narrows. Protected people are never there."""

    @abstractmethod
    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        """The rows of one page of `found`.

        `opens_people`: the reader may go on to lists and pages that name people.
        """

    def inside(self, unit: str) -> "Finding | None":
        """The list of people behind one row of units, or None where there is none."""
        return None


@dataclass(frozen=True, slots=True)
class Counted:
    """A finding and how many there are."""

    finding: Finding
    count: int

    @property
    def text(self) -> str:
        """The number with what it is a number of."""
        return self.finding.counted(self.count)


def holds(words: str, *texts: str) -> bool:
    """Whether some text contains the words, whatever the case."""
    looked_for = words.casefold().strip()
    return not looked_for or any(looked_for in text.casefold() for text in texts)


def last_day(end_exclusive: date | None) -> date | None:
    """The last day of an interval that is kept with its end outside."""
    return date.fromordinal(end_exclusive.toordinal() - 1) if end_exclusive else None
