"""Tables wider than paper are cut, and each part says what its rows are of."""

from hypothesis import given
from hypothesis import strategies as st

from foundation.documents import Column, Table
from foundation.documents.wide import MOST, on_paper


def table(width: int, heads: int) -> Table:
    rows = [[f"{row}-{at}" for at in range(width)] for row in range(3)] + [["sist"]]
    return Table("Mål", [Column(str(at)) for at in range(width)], rows, "not", heads)


@given(st.integers(1, 60), st.integers(1, 3))
def test_every_column_stands_once_after_the_heads(width: int, heads: int) -> None:
    parts = list(on_paper(table(width, heads)))
    assert all(len(part.columns) <= MOST for part in parts)
    if len(parts) > 1:
        first = [column.name for column in parts[0].columns[:heads]]
        assert all([one.name for one in part.columns[:heads]] == first for part in parts)
        assert [one.name for part in parts for one in part.columns[heads:]] == [
            str(at) for at in range(heads, width)
        ]
        assert [part.note for part in parts] == [""] * (len(parts) - 1) + ["not"]


def test_a_row_is_cut_as_its_columns_are() -> None:
    first, last = on_paper(table(12, 1))
    assert next(iter(first.rows)) == [f"0-{at}" for at in range(10)]
    assert list(last.rows) == [*([f"{n}-0", f"{n}-10", f"{n}-11"] for n in range(3)), ["sist"]]
    assert [first.title, last.title] == ["Mål (1/2)", "Mål (2/2)"]
