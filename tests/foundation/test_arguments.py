"""Days and moments as commands take them."""

from argparse import ArgumentError, ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from foundation.arguments import a_day, a_moment_or_day


def test_a_date_for_a_moment_is_the_end_of_that_day_in_stockholm() -> None:
    end = a_moment_or_day("2024-05-15")
    assert datetime(2024, 5, 15, 21, 59, 59, tzinfo=UTC) < end
    assert end < datetime(2024, 5, 15, 22, 0, tzinfo=UTC)


def test_a_moment_with_offset_is_that_moment() -> None:
    assert a_moment_or_day("2024-05-15T12:00:00+02:00") == datetime(2024, 5, 15, 10, tzinfo=UTC)


def parse(kind: Callable[[str], date], text: str) -> None:
    parser = ArgumentParser(exit_on_error=False)
    parser.add_argument("--at", type=kind)
    parser.parse_args(["--at", text])


@pytest.mark.parametrize("text", ["2024-05-15T12:00:00", "20240515", "2024-W20-3", "i maj", ""])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ArgumentError, match="ISO 8601 with offset, or YYYY-MM-DD"):
        parse(a_moment_or_day, text)


@pytest.mark.parametrize("text", ["20240515", "2024-W20-3", "2024-02-30", ""])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ArgumentError, match="YYYY-MM-DD"):
        parse(a_day, text)
