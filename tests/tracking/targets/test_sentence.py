"""Parts of a sentence ask for the same people as the text they were read from."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.tracking.status import audience_text
from tests.tracking.status.cities import AREAS, POSITIONS, audience
from tracking.targets.expressions import (
    Placed,
    folded,
    parse_audience,
    parse_courses,
    read_audience,
    write_courses,
)
from tracking.targets.sentence import NAMED, Group, Verbatim, parts_of, text_of

ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNITS = ["STAD", "SDN-A", "E,B", "SN|X"]
KINDS = ["kommun", "stadsdelsnamnd", "enhet"]


@st.composite
def texts(draw: Any) -> str:
    return audience(draw, UNITS)


def quote(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


NAMES = st.sampled_from(["a", "A", "b", "å ä", "x;y", "=", "a=b", 'sa "hej"', '"', "c|d, e"])


@st.composite
def wild(draw: Any) -> str:
    """Anything the grammar allows: keys said twice, chef turned round, odd space, odd signs."""
    clauses = []
    for _ in range(draw(st.integers(1, 3))):
        conditions = []
        for _ in range(draw(st.integers(1, 4))):
            key = draw(st.sampled_from([*NAMED, "chef"]))
            names = st.sampled_from(["ja", "nej"]) if key == "chef" else NAMES.map(quote)
            values = draw(st.lists(names, min_size=1, max_size=3))
            sign = draw(st.sampled_from(["=", "!="]))
            space = draw(st.sampled_from(["", " ", "\t"]))
            conditions.append(f"{space}{key}{sign}{space}{f'{space},'.join(values)}{space}")
        clauses.append(";".join(conditions))
    return "|".join(clauses)


people = st.builds(
    Placed,
    units=st.frozensets(st.sampled_from([*UNITS, "a", "b", 'sa "hej"', "c|d, e"])),
    kinds=st.frozensets(st.sampled_from([*KINDS, "a", "="])),
    position=st.sampled_from([*map(folded, POSITIONS), "a", "x;y", '"']),
    business_area=st.sampled_from([*map(folded, AREAS), "a", "å ä"]),
    is_manager=st.booleans(),
)


@ON_A_BUSY_MACHINE
@given(st.one_of(texts(), wild()), st.lists(people, min_size=1, max_size=20))
@example("chef!=ja,nej | enhet=A;enhet=B", [])
@example("enhet!=A;enhet!=B", [])
def test_the_parts_of_any_text_ask_for_the_same_people(text: str, crowd: list[Placed]) -> None:
    again = text_of(parts_of(text))
    before, after = parse_audience(text), parse_audience(again)
    assert [before.includes(one) for one in crowd] == [after.includes(one) for one in crowd]
    assert text_of(parts_of(again)) == again


def _asked(clauses: list[audience_text.Clause]) -> list[set[tuple[str, bool, frozenset[str]]]]:
    """What the other reading finds, with values that can only be equal compared as such."""
    found = []
    for clause in clauses:
        conditions = {(one.key, one.negated, frozenset(map(folded, one.values))) for one in clause}
        merged: dict[str, frozenset[str]] = {}
        for key, negated, values in conditions:
            if negated:
                merged[key] = merged.get(key, frozenset()) | values
        plain = {one for one in conditions if not one[1]}
        found.append(plain | {(key, True, values) for key, values in merged.items()})
    return found


@ON_A_BUSY_MACHINE
@given(texts())
def test_the_second_reading_finds_the_same_conditions_in_what_was_written(text: str) -> None:
    said = _asked(audience_text.parse_audience(text))
    again = _asked(audience_text.parse_audience(text_of(parts_of(text))))
    turned = {("chef", True, frozenset({"ja"})), ("chef", True, frozenset({"nej"}))}
    if not any(turned & clause for clause in said):
        assert again == said


@st.composite
def groups(draw: Any) -> Group:
    values = st.lists(NAMES, min_size=1, max_size=3, unique_by=folded).map(tuple)
    some = st.dictionaries(st.sampled_from(NAMED), values, max_size=4)
    return Group(draw(some), draw(some), draw(st.sampled_from(["", "ja", "nej"])))


@ON_A_BUSY_MACHINE
@given(st.lists(groups().filter(lambda group: not group.is_everyone), max_size=3))
def test_what_is_put_together_reads_as_it_was_put(parts: list[Group]) -> None:
    assert list(parts_of(text_of(parts))) == parts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("chef=nej", Group(manager="nej")),
        ("chef!=nej", Group(manager="ja")),
        ("enhet=A;enhet!=B", Group({"enhet": ("A",)}, {"enhet": ("B",)})),
        ("befattning=X,x", Group({"befattning": ("X",)})),
        ("enhet=A; enhet=B", Verbatim("enhet=A;enhet=B")),
        ("chef=ja,nej", Verbatim("chef=ja,nej")),
    ],
)
def test_a_clause_is_a_sentence_when_it_asks_each_thing_once(text: str, part: object) -> None:
    assert parts_of(text) == (part,)


def test_nothing_asked_for_is_everyone() -> None:
    assert parts_of("") == ()
    assert text_of([]) == ""
    assert text_of([Group(), Group(manager="ja")]) == ""


@ON_A_BUSY_MACHINE
@given(st.lists(st.lists(st.sampled_from("ABC"), min_size=1, unique=True), min_size=1))
def test_courses_read_as_they_were_written(alternatives: list[list[str]]) -> None:
    assert [list(one) for one in parse_courses(write_courses(alternatives))] == alternatives


def test_values_keep_their_order_and_spelling() -> None:
    [[condition]] = read_audience('befattning="Chef, enhet", HANDLÄGGARE')
    assert condition.values == ("Chef, enhet", "HANDLÄGGARE")
