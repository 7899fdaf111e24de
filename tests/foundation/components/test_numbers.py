"""Numbers as print sets them."""

from decimal import Decimal

import pytest
from django.utils import translation

from foundation.components.numbers import minutes, number, percent, points, share_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234, "1\u00a0234"),
        (1_234_567, "1\u00a0234\u00a0567"),
        (-3, "\u22123"),
        (Decimal("2.5"), "3"),
        (None, "–"),
    ],
)
def test_thousands_stand_apart(value: int | Decimal | None, text: str) -> None:
    assert number(value) == text


def test_english_numbers_are_set_as_english_print_does() -> None:
    with translation.override("en"):
        assert (number(1234.25, 1), percent(87), number(-3)) == ("1,234.3", "87%", "\u22123")


def test_decimals_follow_a_comma() -> None:
    assert number(1234.25, 1) == "1\u00a0234,3"


def test_a_share_keeps_its_sign_on_the_line() -> None:
    assert percent(87) == "87\u00a0%"
    assert percent(None) == "–"


@pytest.mark.parametrize(
    ("done", "total", "share"),
    [(0, 4, 0), (1, 3, 33), (999, 1000, 99), (4, 4, 100), (5, 4, 100), (0, 0, 0), (None, 4, 0)],
)
def test_a_bar_is_full_only_when_everything_is_done(
    done: int | None, total: int, share: int
) -> None:
    assert share_of(done, total) == share


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1 minut"),
        (35, "35 minuter"),
        (60, "1 timme"),
        (80, "1 tim 20 min"),
        (120, "2 timmar"),
        (None, "–"),
    ],
)
def test_a_length_is_said_as_people_say_it(value: int | None, text: str) -> None:
    assert minutes(value) == text


def test_points_have_the_decimals_they_need_and_are_never_rounded_up() -> None:
    shown = [points(Decimal(value)) for value in ("3", "2.500000", "1.333333", "7.999999", "20")]
    assert shown == ["3", "2,5", "1,33", "7,99", "20"]
    assert points(None) == "–"
