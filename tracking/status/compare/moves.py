"""From where each person stood in every state on the way to the moves that count, without detours.

Pure: tables of small numbers in, tables of small numbers out. A standing is the place of a
`Status` in its order, or OUTSIDE.
"""

from itertools import pairwise

import numpy
from numpy.typing import NDArray

OUTSIDE = -1

Standings = NDArray[numpy.int8]  # rows × states


class Moves:
    """Moves, one a row: of which row of the table, in which step, from and to which standing."""

    def __init__(
        self, row: NDArray[numpy.int64], step: Standings, before: Standings, after: Standings
    ):
        self.row, self.step, self.before, self.after = row, step, before, after


def without_detours(standings: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """The moves (step, before, after) that lead from the first standing to the last.

    A standing come back to undoes what lay between: those moves cancel in every count, and would
    only name a reason for nothing.
    """
    kept = [(-1, standings[0])]
    for step, standing in enumerate(standings[1:]):
        seen = [one for _step, one in kept]
        if standing in seen:
            del kept[seen.index(standing) + 1 :]
        else:
            kept.append((step, standing))
    return [(step, before, after) for (_s, before), (step, after) in pairwise(kept)]


def moves(standings: Standings) -> Moves:
    """The moves of every row, by row and step. Many rows go the same way: each way is read once."""
    ways, way_of = numpy.unique(standings, axis=0, return_inverse=True)
    found = [without_detours(tuple(map(int, way))) for way in ways]
    flat = numpy.array([move for way in found for move in way], dtype=numpy.int8).reshape(-1, 3)
    counts = numpy.array([len(way) for way in found], dtype=numpy.int64)
    first = numpy.cumsum(counts) - counts
    way_of = way_of.reshape(-1)
    each = counts[way_of]
    row = numpy.repeat(numpy.arange(len(standings), dtype=numpy.int64), each)
    nth = numpy.arange(len(row), dtype=numpy.int64) - numpy.repeat(numpy.cumsum(each) - each, each)
    taken = flat[first[way_of[row]] + nth]
    return Moves(row, taken[:, 0], taken[:, 1], taken[:, 2])
