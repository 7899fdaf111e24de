"""LIX by hand: what counts as a word, a long word and a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.pages.readability import lix, words_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        ("12 %", 0),
        ("Kom in.", 2),
        # Five words, one sentence, one of five long.
        ("Handläggaren frågar om du mår.", 5 + 20),
        # Six letters are not long, seven are.
        ("Sextio sjuttio.", 2 + 50),
        # A heading and a point of a list end where their lines do.
        ("Före mötet\nBoka ett rum\nLås dörren.", 7 / 3),
        ("Ta med:\nett pass\nen nyckel", 6 / 3),
        # An abbreviation ends nothing, nor does a colon inside a line.
        ("Enligt 19 kap. 1 § ska du: läsa.", 5),
        # The mark may stand inside the quotation.
        ('Hon sa: "Kom." Han gick.', 5 / 2),
    ],
)
def test_lix_is_words_a_sentence_and_percent_long_words(text: str, value: float) -> None:
    assert lix(text) == pytest.approx(value)


def test_a_hyphen_makes_one_word_of_two() -> None:
    assert words_of("FREDA-kortfrågor är tre delar") == ["FREDA-kortfrågor", "är", "tre", "delar"]


@given(st.lists(st.sampled_from(["vi", "frågar", "socialtjänsten", "nu"]), min_size=1))
def test_a_text_said_twice_is_as_easy_as_once(words: list[str]) -> None:
    sentence = " ".join(words) + "."
    assert lix(f"{sentence} {sentence}") == pytest.approx(lix(sentence))
