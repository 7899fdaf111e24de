"""The cells of a row, read by the columns its kind declares."""

from collections.abc import Iterable
from typing import Any

from foundation.cells import Column, read_cells
from tracking.imports.problems import Problem
from tracking.imports.reading import RawRow

WITHDRAWN = "aterkallad"


def parse(
    row: RawRow, columns: Iterable[Column], only: Iterable[str] | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a row by column name, and what is wrong with it.

    `only`: the columns that are read at all (a withdrawn row needs no more than its key).
    """
    wanted = None if only is None else set(only)
    asked = [column for column in columns if wanted is None or column.name in wanted]
    values, faults = read_cells(row.cells, asked)
    return values, [Problem(row.file, row.line, *fault) for fault in faults]
