"""What is wrong with a file: always the place, the value and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from foundation.formats import inert, write_csv


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad value or row. `line` is None when no single line of the file is to blame."""

    file: str
    line: int | None
    column: str
    value: str
    expected: str

    @property
    def place(self) -> str:
        """File, line and column, as far as one is to blame."""
        place = self.file
        if self.line is not None:
            place += _(", line %(line)d") % {"line": self.line}
        if self.column:
            place += _(", column %(column)s") % {"column": self.column}
        return place

    def __str__(self) -> str:
        return f"{self.place}: “{_in_a_line(self.value)}” – {self.expected}"


def _in_a_line(value: str) -> str:
    """The value as a terminal or a log takes it: nothing that moves or colours what it shows."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in value)


class ImportRefused(Exception):
    """The file changes nothing; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """The same problems as a CSV file, for those who mend the source in a spreadsheet."""
    rows = [
        [
            inert(problem.file),
            "" if problem.line is None else problem.line,
            *(inert(cell) for cell in (problem.column, problem.value, problem.expected)),
        ]
        for problem in problems
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, ["fil", "rad", "kolumn", "varde", "forvantat"], rows)
