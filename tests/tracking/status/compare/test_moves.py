"""From where each person stood in every state to the moves that count."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.status.compare.causes import ORDER
from tracking.status.compare.moves import OUTSIDE, moves, without_detours

STANDING = st.integers(OUTSIDE, 5)
WAY = st.lists(STANDING, min_size=len(ORDER) + 1, max_size=len(ORDER) + 1)


@pytest.mark.parametrize(
    ("way", "left"),
    [
        ([1, 1, 1], []),
        ([OUTSIDE, 5, 1], [(0, OUTSIDE, 5), (1, 5, 1)]),
        ([1, OUTSIDE, 1], []),
        ([5, 1, 3, 1], [(0, 5, 1)]),
        ([5, 1, 3, 5, 0], [(3, 5, 0)]),
    ],
)
def test_what_is_come_back_to_undoes_what_lay_between(
    way: list[int], left: list[tuple[int, int, int]]
) -> None:
    assert without_detours(tuple(way)) == left


@given(ways=st.lists(WAY, max_size=20))
def test_the_moves_of_each_row_lead_from_its_first_standing_to_its_last(
    ways: list[list[int]],
) -> None:
    table = numpy.array(ways, dtype=numpy.int8).reshape(-1, len(ORDER) + 1)
    found = moves(table)
    assert list(found.row) == sorted(found.row)
    for row, way in enumerate(ways):
        of = found.row == row
        steps = list(found.step[of])
        assert steps == sorted(set(steps))
        standing = way[0]
        for before, after in zip(found.before[of], found.after[of], strict=True):
            assert before == standing
            standing = int(after)
        assert standing == way[-1]
        assert len(steps) < len(set(way))
