"""What is wrong with a file: always the place, the value and what was expected."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _


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
        return f"{self.place}: “{self.value}” – {self.expected}"


class ImportRefused(Exception):
    """The file changes nothing; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """The same problems as a CSV file, for those who mend the source in a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(["fil", "rad", "kolumn", "varde", "forvantat"])
        for problem in problems:
            line = "" if problem.line is None else problem.line
            writer.writerow([problem.file, line, problem.column, problem.value, problem.expected])
