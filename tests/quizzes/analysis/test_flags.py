"""Each warning comes when it should, and no warning comes of chance."""

import pytest

from quizzes.analysis.figures import Choice, ItemFigures
from quizzes.analysis.flags import flags


def figures(n: int = 100, **changed: object) -> ItemFigures:
    """A good question, but for what is said."""
    good = {
        "n": n,
        "p": 0.7,
        "discrimination": 0.35,
        "upper_n": 27,
        "lower_n": 27,
        "upper": 0.9,
        "lower": 0.4,
        "seconds": 40.0,
        "timed": n,
    }
    return ItemFigures(**{**good, **changed})  # type: ignore[arg-type]


def choice(value: str, n: int, upper: int = 1, *, correct: bool = False, part: str = "") -> Choice:
    return Choice(part, value, f"Svar {value}", correct, n, upper, 1)


GOOD = [choice("a", 70, 24, correct=True), choice("b", 20), choice("c", 10)]


def codes(figures: ItemFigures, choices: list[Choice] | None = None) -> list[str]:
    return [flag.code for flag in flags(figures, GOOD if choices is None else choices)]


def test_a_good_question_has_no_warning() -> None:
    assert codes(figures()) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"n": 9}, ["few"]),
        ({"p": 0.29}, ["hard"]),
        ({"p": 0.3}, []),
        ({"p": 0.96}, ["easy"]),
        ({"p": 0.95}, []),
        ({"discrimination": 0.09}, ["apart"]),
        ({"discrimination": 0.1}, []),
        ({"discrimination": 0.0, "n": 29}, []),  # chance could have made it
        ({"discrimination": 0.02, "p": 0.97}, ["easy"]),  # nothing left to tell apart
        ({"discrimination": -0.21}, ["key"]),  # two standard errors of a hundred below nought
        ({"discrimination": -0.19}, ["apart"]),
        ({"discrimination": -0.3, "n": 16}, []),
        ({"discrimination": None}, []),
        ({"seconds": 121.0}, ["slow"]),
        ({"seconds": 120.0}, []),
        ({"seconds": 500.0, "timed": 9}, []),
        ({"p": 0.2, "discrimination": -0.4, "seconds": 200.0}, ["key", "hard", "slow"]),
    ],
)
def test_warnings(changed: dict[str, object], expected: list[str]) -> None:
    assert codes(figures(**changed)) == expected  # type: ignore[arg-type]


def test_a_wrong_answer_that_the_best_prefer_makes_the_key_suspicious() -> None:
    choices = [choice("a", 40, 10, correct=True), choice("b", 50, 17), choice("c", 10, 0)]
    [flag] = flags(figures(), choices)
    assert (flag.code, flag.about) == ("key", ("Svar b",))
    # Of fewer than ten people nobody says who preferred what.
    assert flags(figures(upper_n=9), choices) == []


def test_parts_are_compared_each_with_its_own_key() -> None:
    one = [choice("a", 60, 20, correct=True, part="1"), choice("b", 40, 7, part="1")]
    other = [choice("a", 60, 9, part="2"), choice("b", 40, 18, correct=True, part="2")]
    assert codes(figures(), one + other) == []


def test_wrong_answers_that_nobody_picks_are_named() -> None:
    choices = [choice("a", 80, 20, correct=True), choice("b", 20), choice("c", 0, 0)]
    [flag] = flags(figures(), choices)
    assert (flag.code, flag.about) == ("unused", ("Svar c",))
    assert flags(figures(n=29), choices) == []
    assert codes(figures(), [choice("a", 0, correct=True), choice("", 0), choice("*", 0)]) == []
