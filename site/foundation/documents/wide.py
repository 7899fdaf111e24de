"""A table wider than paper, as several that stand after each other."""

from collections.abc import Iterator, Sequence

from foundation.documents.parts import Cell, Table

# Columns that can be read beside each other on a lying page.
MOST = 10


def on_paper(table: Table) -> Iterator[Table]:
    """The table, or parts of it that each begin with the columns that say what a row is of."""
    if len(table.columns) <= MOST:
        yield table
        return
    rows: list[Sequence[Cell]] = list(table.rows)
    room = MOST - table.heads
    places = range(table.heads, len(table.columns), room)
    for number, first in enumerate(places, start=1):
        kept = [*range(table.heads), *range(first, min(first + room, len(table.columns)))]
        yield Table(
            f"{table.title} ({number}/{len(places)})" if table.title else "",
            [table.columns[at] for at in kept],
            [[row[at] for at in kept if at < len(row)] for row in rows],
            table.note if number == len(places) else "",
            table.heads,
        )
