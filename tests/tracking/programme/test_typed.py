"""What is filled in is kept as it was, and makes the row it says."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tracking.targets.test_sentence import texts, wild
from tracking.programme.typed import ASKED, CELLS, CoursesTyped, GroupTyped, Typed, field_name
from tracking.targets.sentence import Group, Verbatim, parts_of, text_of

# The first draw waits for Hypothesis's own tables of characters.
ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = st.text(alphabet='aå Å,;|"=<&\n\x01', max_size=6)
VALUES = st.lists(SOME.filter(bool), max_size=3).map(tuple)


@st.composite
def typed(draw: Any) -> Typed:
    groups = draw(
        st.lists(
            st.builds(
                GroupTyped,
                chosen=st.dictionaries(st.sampled_from(ASKED), VALUES.filter(bool), max_size=3),
                adding=st.dictionaries(st.sampled_from(ASKED), SOME.filter(bool), max_size=2),
                manager=st.sampled_from(["", "ja", "nej"]),
                text=st.none() | SOME,
            ),
            min_size=1,
            max_size=3,
        )
    )
    courses = draw(st.lists(st.builds(CoursesTyped, VALUES, SOME), min_size=1, max_size=3))
    cells = draw(st.dictionaries(st.sampled_from(CELLS), SOME))
    whole = {name: cells.get(name, "") for name in CELLS}
    return Typed(whole, tuple(groups), tuple(courses), draw(st.none() | SOME))


@ON_A_BUSY_MACHINE
@given(typed())
def test_what_a_draft_keeps_is_what_was_typed(said: Typed) -> None:
    assert Typed.read(said.lists) == said


@ON_A_BUSY_MACHINE
@given(st.one_of(texts(), wild()))
def test_a_row_filled_in_makes_the_same_audience(text: str) -> None:
    row = {"kod": "T", "kurser": "A|B+C", "omfattar": text}
    made = Typed.of_row(row).settled(str).row
    assert made["omfattar"] == text_of(parts_of(text))
    assert (made["kurser"], made["kod"]) == ("A|B+C", "T")


@ON_A_BUSY_MACHINE
@given(st.one_of(texts(), wild()))
def test_to_text_and_back_changes_nothing(text: str) -> None:
    said = Typed.of_row({"kurser": "A", "omfattar": text}).settled(str)
    assert said.as_text().as_sentences().audience == said.audience


@ON_A_BUSY_MACHINE
@given(st.dictionaries(SOME | st.sampled_from(["grupp", "kursval", "som"]), st.lists(SOME)))
def test_whatever_is_sent_something_is_read(lists: dict[str, list[str]]) -> None:
    said = Typed.read(lists)
    assert Typed.read(said.lists) == said


def test_what_is_being_added_is_taken_in_once() -> None:
    group = GroupTyped(
        chosen={("befattning", False): ("Handläggare",)},
        adding={("befattning", False): " handläggare ", ("enhet", True): "Farsta"},
    )
    settled = group.settled({"Farsta": "SDN-F"}.__getitem__)
    assert settled.part == Group({"befattning": ("Handläggare",)}, {"enhet": ("SDN-F",)})
    assert settled.adding == {}


def test_a_clause_the_sentence_can_not_show_stands_as_text_beside_the_others() -> None:
    said = Typed.of_row({"kurser": "A", "omfattar": "enhet=A;enhet=B | befattning=x"})
    assert [group.part for group in said.groups] == [
        Verbatim("enhet=A;enhet=B"),
        Group({"befattning": ("x",)}),
    ]


def test_an_audience_that_does_not_parse_stands_as_text() -> None:
    said = Typed.of_row({"kurser": "A", "omfattar": "lön=1"})
    assert said.text == "lön=1"
    with pytest.raises(ValueError, match="1"):
        said.as_sentences()


def test_numbers_of_fields_need_not_follow_on_each_other() -> None:
    name = field_name(7, ("enhet", False))
    said = Typed.read({"grupp": ["7", "7", "x"], name: ["A"], "g3-enhet": ["B"]})
    assert [group.part for group in said.groups] == [Group({"enhet": ("A",)})]


def test_what_no_database_can_keep_is_replaced_by_a_sign_of_it() -> None:
    assert Typed.read({"namn": ["a\x00b\ud800"]}).cells["namn"] == "a\ufffdb\ufffd"


def test_a_group_not_filled_in_yet_takes_nothing_with_it_into_the_text() -> None:
    said = Typed.of_row({"omfattar": "enhet=SN | chef=ja", "kurser": "K1"})
    begun = Typed(said.cells, (*said.groups, GroupTyped()), said.courses)
    assert begun.as_text().text == said.as_text().text == "enhet=SN | chef=ja"
    assert Typed().as_text().text == ""
