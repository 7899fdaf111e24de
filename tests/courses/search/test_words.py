"""Words as search knows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.search.words import asked, is_within, term_of, terms_in, words_in

KNOWN = {"risk", "oro", "våld", "relation", "utsat", "köp", "kvinn", "var", "plikt"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bedömning", "bedömningarna"),
        ("barn", "barnens"),
        ("Anmälan", "ANMÄLAN"),
        ("Linné", "linne"),
        ("fråga", "frågar"),
    ],
)
def test_endings_case_and_accents_make_no_difference(one: str, other: str) -> None:
    assert term_of(one, "sv") == term_of(other, "sv")


def test_the_dots_and_the_ring_make_other_words() -> None:
    assert len({term_of(word, "sv") for word in ("lar", "lår", "lär", "lör")}) == 4


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("bedömning", "riskbedömning"),
        ("anmälan", "orosanmälan"),
        ("anmälan", "anmälansplikt"),
        ("våld", "relationsvåld"),
        ("våld", "våldsutsat"),
        ("sex", "sexköp"),
        ("utsat", "utsatthet"),
    ],
)
def test_a_word_is_found_inside_a_compound(stem: str, word: str) -> None:
    assert is_within(stem, word, KNOWN)


@pytest.mark.parametrize(
    ("stem", "word"), [("and", "varandra"), ("man", "manual"), ("risk", "frisk"), ("oro", "moron")]
)
def test_letters_that_happen_to_stand_in_a_word_are_no_part_of_it(stem: str, word: str) -> None:
    assert not is_within(stem, word, KNOWN)


def test_small_words_are_asked_for_only_where_there_are_no_others() -> None:
    assert list(asked("hur frågar jag om våld", "sv", most=12)) == ["fråg", "våld"]
    assert list(asked("vad är det", "sv", most=12)) == ["vad", "är", "det"]


def test_a_word_may_begin_a_compound_with_the_ending_that_falls_away_alone() -> None:
    assert asked("heder", "sv", most=12) == {"hed": {"hed", "heder"}}


@given(st.text())
def test_every_word_has_one_term_that_no_database_can_read_otherwise(text: str) -> None:
    terms = terms_in(text, "sv")
    assert len(terms) == len(list(words_in(text)))
    assert all(re.fullmatch("[0-9a-zåäö]{1,200}", term) for term in terms)
