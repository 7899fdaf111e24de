"""The fast sums against the slow reference, and put together from parts in any way."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis.figures import alpha, item_figures, median_seconds
from quizzes.analysis.sums import (
    CLASS_ENDS,
    CLASSES,
    ITEM_SUMS,
    UPPER,
    answer_sums,
    groups,
    item_sums,
    pair_sums,
    seconds_taken,
    thresholds,
    time_sums,
)
from tests.quizzes.analysis import reference

ITEMS = 5
SCORES = st.sampled_from([0.0, 0.25, 0.5, 1.0])
DRAWN = st.dictionaries(st.integers(0, ITEMS - 1), SCORES, min_size=2)
FIXED = st.fixed_dictionaries(dict.fromkeys(range(4), SCORES))


def drawn_attempts(
    one: st.SearchStrategy[dict[int, float]], most: int = 25
) -> st.SearchStrategy[dict[int, dict[int, float]]]:
    return st.lists(one, min_size=1, max_size=most).map(lambda all_: dict(enumerate(all_)))


def frames(scores: Mapping[int, Mapping[int, float]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [
        (attempt, item, score) for attempt, one in scores.items() for item, score in one.items()
    ]
    responses = pd.DataFrame(rows, columns=["attempt", "item", "score"])
    attempts = pd.DataFrame(
        {
            "count": [len(one) for one in scores.values()],
            "points": [sum(one.values()) for one in scores.values()],
        },
        index=list(scores),
    )
    shares = (attempts["points"] / attempts["count"]).to_numpy()
    return responses, attempts.assign(group=groups(shares, *thresholds(shares)))


@given(drawn_attempts(DRAWN))
def test_figures_of_items_are_those_of_the_reference(scores: dict[int, dict[int, float]]) -> None:
    responses, attempts = frames(scores)
    sums = item_sums(responses, attempts, ITEMS)
    for item in range(ITEMS):
        found = item_figures(sums.loc[item], np.zeros(CLASSES))
        assert found.p == pytest.approx(reference.p_value(scores, item))
        expected = reference.correlation_with_rest(scores, item)
        assert found.discrimination == pytest.approx(expected, abs=1e-6)


@given(drawn_attempts(FIXED))
def test_alpha_of_the_same_questions_is_cronbachs(scores: dict[int, dict[int, float]]) -> None:
    responses, _attempts = frames(scores)
    found = alpha(pair_sums(responses, 4, at_once=7), length=4, fewest=2)
    expected = reference.cronbach(scores) if len(scores) > 1 else None
    assert (found and found.value) == pytest.approx(expected, abs=1e-6)
    assert found is None or found.same


@given(drawn_attempts(DRAWN))
def test_groups_are_those_of_the_reference(scores: dict[int, dict[int, float]]) -> None:
    _responses, attempts = frames(scores)
    best, weakest = reference.best_and_weakest(scores)
    assert set(attempts.index[attempts["group"] == UPPER]) == best
    assert set(attempts.index[attempts["group"] == 0]) == weakest


@given(drawn_attempts(DRAWN), st.data())
def test_parts_add_up_to_the_whole(
    scores: dict[int, dict[int, float]], data: st.DataObject
) -> None:
    """What is kept of some attempts, and what is there of the others, is what all would give."""
    responses, attempts = frames(scores)
    first = data.draw(st.sets(st.sampled_from(sorted(scores))))
    is_first = responses["attempt"].isin(first)
    kept, live = responses[is_first], responses[~is_first]
    whole = item_sums(responses, attempts, ITEMS)
    parts = item_sums(kept, attempts, ITEMS) + item_sums(live, attempts, ITEMS)
    pd.testing.assert_frame_equal(whole, parts[ITEM_SUMS], check_exact=False)
    together = pair_sums(kept, ITEMS) + pair_sums(live, ITEMS)
    np.testing.assert_allclose(pair_sums(responses, ITEMS), together)


SAVED = st.dictionaries(st.integers(0, 6), st.integers(-5, 2_000).map(float), max_size=7)


@given(st.lists(SAVED, min_size=1, max_size=6))
def test_times_are_those_of_the_reference(attempts: list[dict[int, float]]) -> None:
    rows = [(n, item, saved) for n, one in enumerate(attempts) for item, saved in one.items()]
    rows += [(n, 7, float("nan")) for n in range(len(attempts))]  # one that was not answered
    table = pd.DataFrame(rows, columns=["attempt", "item", "saved"])
    started = pd.Series(0.0, index=range(len(attempts)))
    taken = seconds_taken(table, started)
    found: list[dict[int, float]] = [{} for _ in attempts]
    for row, seconds in zip(table.itertuples(), taken, strict=True):
        if not np.isnan(seconds):
            found[row.attempt][row.item] = seconds
    assert found == [reference.seconds(0.0, one) for one in attempts]


@given(st.lists(st.floats(0.1, 600), min_size=1, max_size=40))
def test_the_median_from_classes_lies_in_the_class_of_the_median(seconds: list[float]) -> None:
    table = pd.DataFrame({"item": 0, "seconds": seconds})
    found = median_seconds(time_sums(table, 1)[0])
    # With an even number the median lies anywhere between the two in the middle.
    low, high = sorted(seconds)[(len(seconds) - 1) // 2], sorted(seconds)[len(seconds) // 2]
    ends = [0.0, *CLASS_ENDS]
    at_least = max(end for end in ends if end < low or end == 0.0)
    at_most = min(end for end in ends if end >= high)
    assert found is not None
    assert at_least <= found <= at_most


def test_answers_are_counted_by_group() -> None:
    responses = pd.DataFrame(
        {"attempt": [1, 2, 3, 1, 2], "item": [0, 0, 0, 1, 1], "answer": [4, 4, 2, -1, 4]}
    )
    attempts = pd.DataFrame({"group": [2, 0, 1]}, index=[1, 2, 3])
    assert answer_sums(responses, attempts, 5).to_numpy().tolist() == [
        [0, 2, 1, 0, 0],
        [0, 4, 2, 1, 1],
        [1, 4, 1, 0, 1],
    ]


def test_nothing_answered_gives_no_figures() -> None:
    empty = pd.DataFrame({"attempt": [], "item": [], "score": []}).astype({"item": int})
    attempts = pd.DataFrame({"count": [], "points": [], "group": []})
    found = item_figures(item_sums(empty, attempts, 1).loc[0], np.zeros(CLASSES))
    assert (found.n, found.p, found.discrimination, found.seconds) == (0, None, None, None)
    assert alpha(pair_sums(empty, 1), length=0) is None
