"""A target in a plain sentence."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation

from tracking.targets.words import (
    Names,
    audience_words,
    courses_words,
    more_sentences,
    plain,
    sentence,
)

NAMES = Names(
    units={"SN": "Socialnämnden", "SDN-F": "Farsta"},
    courses={"NCK": "Webbkurs om våld", "FREDA": "FREDA", "PAT": "Patriark"},
)


@dataclass(frozen=True)
class Said:
    courses: str = "NCK"
    audience: str = ""
    level: str = "ska"
    due_on: date | None = None
    days_new_employee: int | None = None
    validity_months: int | None = None
    share: int = 100
    valid_from: date | None = None
    valid_to: date | None = None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            Said(
                audience="befattning=handläggare,enhetschef;enhetstyp=stadsdelsnamnd;"
                "verksamhetsomrade=ekonomiskt bistånd",
                due_on=date(2026, 12, 31),
            ),
            "Alla handläggare och enhetschefer i varje stadsdelsnämnd inom ekonomiskt bistånd "
            "ska ha genomfört Webbkurs om våld senast 31 december 2026.",
        ),
        (Said(level="erbjuden"), "Alla medarbetare erbjuds Webbkurs om våld."),
        (
            Said(level="bor", due_on=date(2026, 1, 1), days_new_employee=90),
            "Alla medarbetare bör ha genomfört Webbkurs om våld senast 1 januari 2026, och den som "
            "är ny inom 90 dagar.",
        ),
        (
            Said(days_new_employee=1),
            "Alla medarbetare ska ha genomfört Webbkurs om våld inom 1 dag från sin första dag i "
            "målgruppen.",
        ),
    ],
)
def test_who_is_to_have_done_what_by_when(said: Said, words: str) -> None:
    with translation.override("sv"):
        assert plain(sentence(said, NAMES)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chef=ja", "Alla chefer"),
        ("chef!=ja;enhet=SN", "Alla medarbetare som inte är chefer i Socialnämnden"),
        ("befattning=kock;chef=ja", "Alla medarbetare med befattningen kock som är chefer"),
        ("befattning=kurator | enhet=OKÄND", "Alla kuratorer samt alla medarbetare i OKÄND"),
        (
            "enhet=SN,SDN-F;enhet!=X;befattning!=kock;verksamhetsomrade!=barn",
            "Alla medarbetare i Socialnämnden eller Farsta, men inte kock, i X eller inom barn",
        ),
        ("enhet=A;enhet=B", "Alla för vilka detta stämmer: enhet=A;enhet=B"),
        ("enhet=", "Alla för vilka detta stämmer: enhet="),
    ],
)
def test_whom_an_audience_is(text: str, words: str) -> None:
    with translation.override("sv"):
        assert plain(audience_words(text, NAMES)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NCK", "Webbkurs om våld"),
        ("FREDA+PAT", "FREDA och Patriark"),
        ("NCK|FREDA+PAT|X", "Webbkurs om våld, både FREDA och Patriark eller X"),
    ],
)
def test_which_courses(text: str, words: str) -> None:
    with translation.override("sv"):
        assert plain(courses_words(text, NAMES)) == words


def test_what_else_it_says() -> None:
    said = Said(
        validity_months=24, share=90, valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1)
    )
    with translation.override("sv"):
        assert [plain(one) for one in more_sentences(said)] == [
            "Ett genomförande räknas i 24 månader.",
            "Målet är nått när 90 procent av dem är klara.",
            "Målet gäller från 1 januari 2025 till och med 31 december 2025.",
        ]


def test_what_a_file_says_is_never_markup() -> None:
    names = Names(units={"X": "<b>&{0}</b>"}, courses={"NCK": "{who}<script>"})
    said = Said(audience="enhet=X;befattning={whom}<i>")
    with translation.override("sv"):
        words = sentence(said, names)
    assert "<script" not in words
    assert "<b>" not in words
    assert plain(words) == (
        "Alla medarbetare med befattningen {whom}<i> i <b>&{0}</b> ska ha genomfört {who}<script>."
    )
