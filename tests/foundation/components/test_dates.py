"""Dates and deadlines in words."""

from datetime import date, timedelta

import pytest

from foundation.components.dates import due_state, due_words, swedish_date

TODAY = date(2026, 3, 14)


def test_a_date_is_written_out() -> None:
    assert swedish_date(TODAY) == "14 mars 2026"
    assert swedish_date(None) == "–"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"),
        (1, "i morgon"),
        (2, "om 2 dagar"),
        (12, "om 12 dagar"),
        (60, "om 60 dagar"),
        (61, "om 2 månader"),
        (292, "om 10 månader"),
        (-1, "1 dag sen"),
        (-3, "3 dagar sen"),
        (-100, "3 månader sen"),
    ],
)
def test_a_deadline_says_how_far_off_it_is(days: int, words: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


def test_no_deadline_says_so() -> None:
    assert due_words(None, TODAY) == "ingen sista dag"


@pytest.mark.parametrize(("days", "state"), [(-1, "late"), (0, "soon"), (30, "soon"), (31, "")])
def test_a_deadline_is_due_for_thirty_days_and_late_the_day_after(days: int, state: str) -> None:
    assert due_state(TODAY + timedelta(days=days), TODAY) == state


def test_no_deadline_is_never_late() -> None:
    assert due_state(None, TODAY) == ""
