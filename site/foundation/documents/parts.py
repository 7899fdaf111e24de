"""The parts a report is made of; how each looks is the form's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Cell = str | int | float | date | datetime | bool | None

# text: words; code: compared by machines, never a number; number: an amount; share: in per cent as
# it is said (87 is 87 %); date: a day; moment: aware, shown in Stockholm's time; yes_no: a bool.
Kind = Literal["text", "code", "number", "share", "date", "moment", "yes_no"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what its cells are. A cell of another kind is written as text."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `rows` may be read once only; a format reads them once only. The first
    `heads` columns say what a row is of: on paper they are repeated where the table is cut.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    note: str = ""
    heads: int = 1


class Drawing(Protocol):
    """A chart: what it says, what it shows in words, how it is drawn, and its figures."""

    @property
    def name(self) -> str:
        """A word for it that is its own in the document."""

    @property
    def title(self) -> str:
        """Its message."""

    @property
    def described(self) -> str:
        """What is seen in it, for those who do not see it."""

    @property
    def table(self) -> Table:
        """The same figures as rows."""

    def standalone(self) -> str:
        """SVG that needs no style sheet."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, with its table after it."""

    chart: Drawing


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands right below the document's title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; a line break inside stays one."""

    text: str


Part = Table | Figure | Heading | Paragraph


@dataclass(frozen=True, slots=True)
class About:
    """What the reader must know of the file: what, of when, as known when, narrowed how."""

    title: str
    subtitle: str = ""
    as_of: date | None = None
    known_at: datetime | None = None
    made_at: datetime | None = None
    definitions: list[tuple[str, str]] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it is written to a file. `main`: the table of a form that has room for one only;
    without it the first. One that is not among the parts is read in forms made of tables only.
    `data`: what such forms have instead of the tables of the parts, which are made to be read.
    """

    about: About
    parts: Sequence[Part]
    main: Table | None = None
    data: Sequence[Table] = ()

    def tables(self) -> Iterator[Table]:
        """What forms made of tables write: every table once, those of figures too."""
        met: list[Table] = []
        parts: Sequence[Part] = self.data or [*self.parts, *([self.main] if self.main else [])]
        for part in parts:
            table = part.chart.table if isinstance(part, Figure) else part
            if isinstance(table, Table) and not any(table is one for one in met):
                met.append(table)
                yield table
