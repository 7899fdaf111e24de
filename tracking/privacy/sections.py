"""What is kept about somebody, in sections; each app adds its own.

A section names the models it tells everything of: a model with a path to a person that no
section names has to be listed, with a reason, in `coverage`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from tracking.organisation.models import Person, User

Text = str | Promise
Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose data is asked for; an account may belong to nobody HR knows."""

    user: User
    person: Person | None
    on: date  # the day status is told for


Rows = Callable[[Owner], Iterable[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class Section:
    """One list of rows. `code` and the columns' codes are those of docs/formats.md.

    `longest_in_pdf`: a text beyond so many characters is cut there; the JSON has it whole.
    """

    code: str
    title: Text
    columns: dict[str, Text]
    rows: Rows
    models: frozenset[str] = field(default_factory=frozenset)  # labels, "app.Model"
    longest_in_pdf: int = 4000


SECTIONS: dict[str, Section] = {}


def register(*sections: Section, first: bool = False) -> None:
    """Add sections, after those that are there, or before them all."""
    added = {section.code: section for section in sections}
    others = dict(SECTIONS)
    SECTIONS.clear()
    SECTIONS.update(added | others if first else others | added)
