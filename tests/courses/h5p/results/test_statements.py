"""What of a statement counts, whatever its shape."""

import json
import string
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.results.limits import BIGGEST_STATEMENT
from courses.h5p.results.reading import Unreadable, read_object
from courses.h5p.results.shares import WHOLE, percent_of, reaches, share_of
from courses.h5p.results.statements import LONGEST_SECONDS, Score, read_statement
from tests.courses.h5p.results.said import entry, statement


def _read(**said: Any) -> Any:
    return read_statement(entry(statement(**said)))


def test_a_statement_of_the_whole_has_neither_a_parent_nor_a_part() -> None:
    assert [
        (_read().is_top, _read().sub),
        (_read(parent=True).is_top, _read(parent=True).sub),
        (_read(sub="a-1").is_top, _read(sub="a-1").sub),
    ] == [(True, ""), (False, ""), (False, "a-1")]


def test_a_part_is_known_by_its_address_when_nothing_else_names_it() -> None:
    said = statement(sub="a-1")
    said["object"]["definition"] = "none"
    assert read_statement(entry(said)).sub == "a-1"


def test_a_part_whose_name_is_no_name_is_still_a_part() -> None:
    found = read_statement(entry(statement(sub="<script>")))
    assert (found.sub, found.is_top) == ("?", False)


def test_an_empty_list_of_parents_is_no_parent() -> None:
    said = statement()
    said["context"]["contextActivities"]["parent"] = []
    assert read_statement(entry(said)).is_top


def test_who_it_was_and_when_are_not_taken_from_it() -> None:
    said = statement(raw=1, of=2)
    said |= {"authority": {"name": "Anna"}}
    said["context"] |= {"instructor": {"name": "Anna"}, "team": {"name": "Anna"}}
    raw = read_statement(entry(said)).raw
    assert "Anna" not in raw
    assert json.loads(raw)["result"] == said["result"]


def test_the_points_are_reckoned_here_not_believed() -> None:
    found = _read(raw=8, of=10)  # scaled says 0.12
    assert (found.score, found.share) == (Score(8.0, 10.0), 8000)


@pytest.mark.parametrize(
    ("score", "share"),
    [
        ({"raw": 12, "max": 10}, WHOLE),
        ({"raw": -3, "max": 10}, 0),
        ({"raw": 0, "max": 0}, None),
        ({"raw": 3}, None),
        ({"scaled": 0.5}, 5000),
        ({"scaled": -0.5}, 0),
        ({"raw": 2, "max": 3}, 6667),
        ({"raw": 0.57, "max": 1}, 5700),
        (None, None),
    ],
)
def test_more_than_all_is_all_less_than_nothing_is_nothing_and_nought_of_nought_is_no_score(
    score: dict[str, Any] | None, share: int | None
) -> None:
    assert read_statement(entry(statement(score=score))).share == share


@pytest.mark.parametrize(
    "score",
    [
        {"raw": "8", "max": 10},
        {"raw": True, "max": 10},
        {"raw": 8, "max": -1},
        {"raw": 8, "max": 10, "min": 11},
        {"raw": 1e300, "max": 10},
        {"raw": 10**400, "max": 10},
        {"scaled": 1.5},
        [8, 10],
        "8",
    ],
)
def test_points_that_are_nonsense_are_none_and_what_ended_has_ended(score: object) -> None:
    found = read_statement(entry(statement(score=score)))
    assert (found.score, found.share, found.verb) == (None, None, "answered")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("PT12.34S", 12),
        ("PT1H2M3S", 3723),
        ("P1DT1S", LONGEST_SECONDS),
        ("P9W", LONGEST_SECONDS),
        ("PT0S", 0),
        ("P", None),
        ("PT", None),
        ("-PT3S", None),
        ("PT١S", None),
        ("twelve", None),
        ("PT" + "9" * 70 + "S", None),
        (12, None),
    ],
)
def test_a_duration_is_whole_seconds_a_day_at_most(said: object, seconds: int | None) -> None:
    assert _read(duration=said).seconds == seconds


@pytest.mark.parametrize("verb", [None, {}, {"id": 7}, {"id": "http://x/a b"}])
def test_a_statement_without_a_verb_is_refused(verb: object) -> None:
    with pytest.raises(Unreadable):
        read_statement(entry(statement() | {"verb": verb}))


@pytest.mark.parametrize("sent", [None, [], {}, {"id": "7"}, {"id": 7}, {"id": str(uuid4())}])
def test_an_entry_needs_a_key_and_a_statement(sent: object) -> None:
    with pytest.raises(Unreadable):
        read_statement(sent)


def test_a_statement_is_as_long_as_the_browser_counts_it() -> None:
    long = statement(response="å" * (BIGGEST_STATEMENT - 1000))
    assert read_statement(entry(long)).raw.isascii()
    with pytest.raises(Unreadable):
        read_statement(entry(statement(response="å" * BIGGEST_STATEMENT)))


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_object_of_json_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_object(body)


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
ANYTHING = st.recursive(
    _PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(string.ascii_letters, max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
PATHS = st.sampled_from(
    [
        ("verb",),
        ("verb", "id"),
        ("object",),
        ("object", "id"),
        ("object", "definition"),
        ("object", "definition", "extensions", "http://h5p.org/x-api/h5p-subContentId"),
        ("context",),
        ("context", "contextActivities"),
        ("context", "contextActivities", "parent"),
        ("result",),
        ("result", "score"),
        ("result", "score", "raw"),
        ("result", "score", "max"),
        ("result", "score", "min"),
        ("result", "score", "scaled"),
        ("result", "duration"),
        ("result", "success"),
    ]
)


@given(st.lists(st.tuples(PATHS, ANYTHING), max_size=4))
def test_any_statement_is_read_or_refused(changes: list[tuple[tuple[str, ...], Any]]) -> None:
    said = statement(raw=1, of=2, duration="PT1S", success=True)
    for path, value in changes:
        at: Any = said
        for name in path[:-1]:
            at = at.get(name) if isinstance(at, dict) else None
        if isinstance(at, dict):
            at[path[-1]] = value
    try:
        found = read_statement(entry(said))
    except Unreadable as error:
        assert str(error)
        return
    assert found.share is None or 0 <= found.share <= WHOLE
    assert found.seconds is None or 0 <= found.seconds <= LONGEST_SECONDS
    assert found.raw.isascii()
    assert "\x00" not in found.raw


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_the_nearest_ten_thousandth_and_its_percent_is_reached(
    raw: int, maximum: int
) -> None:
    share = share_of(raw, maximum)
    exact = min(raw, maximum) * WHOLE / maximum
    assert abs(share - exact) <= 0.5
    assert reaches(share, percent_of(share)) or percent_of(share) == 0
    assert not reaches(share, percent_of(share) + 1)
