"""Each content check, on content that has the fault and on content that has not."""

from datetime import date
from typing import Any

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from courses.pages.checks.films import missing_captions
from courses.pages.checks.headings import misplaced_headings
from courses.pages.checks.images import missing_alternatives
from courses.pages.checks.links import unclear_links
from courses.pages.checks.places import Place, plain_text
from courses.pages.checks.questions import explains
from courses.pages.checks.reading_ease import ease_of, ease_of_lesson, gauge, hard_texts
from courses.pages.checks.review import unreviewed
from courses.pages.checks.sources import uncited, uncited_figures
from courses.pages.checks.time import estimate, wrong_time
from courses.templatetags.lessons import under_the_screen
from tests.courses.pages.checks.making import content, screen, text

DAY = date(2026, 11, 21)
EASY = "Vi frågar alla. " * 30
HARD = (
    "<p>"
    + "Socialtjänstens handläggningsrutiner förutsätter dokumentationsskyldighet, " * 12
    + "alltid.</p>"
)


def figure(alt: str, image: int | None = 1) -> list[Place]:
    return content(screen("Rubrik", ("figure", {"image": image, "alt": alt, "caption": ""})))


@pytest.mark.parametrize(
    ("alt", "blocks"),
    [
        ("", [True]),
        ("   ", [True]),
        ("alla-dorrar.svg", [True]),
        ("IMG_0042", [True]),
        ("En dörr", [False]),
        ("En korridor med fyra dörrar och en som frågar.", []),
    ],
)
def test_a_figure_says_what_it_shows(alt: str, blocks: list[bool]) -> None:
    found = list(missing_alternatives(figure(alt)))
    assert [one.blocks for one in found] == blocks
    assert {one.path for one in found} <= {"body.s1.content.b0.alt"}


def test_a_figure_that_is_not_chosen_yet_needs_no_alternative() -> None:
    assert list(missing_alternatives(figure("", image=None))) == []


class Film(blocks.StructBlock):
    captions = blocks.CharBlock()
    transcript = blocks.TextBlock()


class Recording(blocks.StructBlock):
    transcript = blocks.TextBlock()


class Spoken(blocks.StructBlock):
    transcript = blocks.RichTextBlock()


@pytest.mark.parametrize(
    ("block", "value", "missing"),
    [
        (Film(), {"captions": None, "transcript": ""}, ["captions", "transcript"]),
        (Film(), {"captions": 3, "transcript": " "}, ["transcript"]),
        (Film(), {"captions": 3, "transcript": "Hon frågar."}, []),
        (Recording(), {"transcript": ""}, ["transcript"]),
        (Spoken(), {"transcript": '<p data-block-key="a"> </p>'}, ["transcript"]),
        (Spoken(), {"transcript": "<p>Hon frågar.</p>"}, []),
        (Recording(), {"transcript": "Hon frågar."}, []),
    ],
)
def test_what_is_heard_and_seen_can_be_read(
    block: blocks.Block, value: dict[str, Any], missing: list[str]
) -> None:
    found = list(missing_captions([Place("body.s1.content.b0", 1, "film", "", block, value)]))
    assert [one.path.rpartition(".")[2] for one in found] == missing
    assert all(one.blocks for one in found)


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<h3>Så gör du</h3><p>Fråga.</p>", 0),
        ("<h3></h3><p>Fråga.</p>", 1),
        ("<h4>Så gör du</h4><p>Fråga.</p>", 1),
        ("<h3>Så gör du</h3><h3>Sedan</h3><p>Fråga.</p>", 1),
        ("<p>Text.</p><h3>Sist</h3>", 1),
        ("<p><b>Så gör du</b></p><p>Fråga.</p>", 1),
        ("<p><b>Fråga alltid.</b></p><p>Vänta.</p>", 0),  # a sentence that weighs
        ("<p><b>Fråga</b> alla.</p><p>Vänta.</p>", 0),
    ],
)
def test_headings_in_the_text(html: str, count: int) -> None:
    assert len(list(misplaced_headings(text(html)))) == count


def test_each_screen_has_a_heading_of_its_own() -> None:
    found = list(misplaced_headings(content(screen("Fråga"), screen(" "), screen("fråga"))))
    assert [(one.screen, one.path) for one in found] == [
        (2, "body.s2.heading"),
        (3, "body.s3.heading"),
    ]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("här", 1),
        ("Läs mer.", 1),
        ("", 1),
        ("https://www.socialstyrelsen.se/freda", 1),
        ("socialstyrelsen.se", 1),
        ("Socialstyrelsens sida om FREDA", 0),
        ("Läs mer om FREDA", 0),
    ],
)
def test_a_link_says_where_it_leads(words: str, count: int) -> None:
    html = f'<p>Se <a href="https://example.org/">{words}</a>!</p>'
    assert len(list(unclear_links(text(html)))) == count


def test_a_citation_is_no_link_without_words() -> None:
    html = '<p>Vi frågar <a linktype="citation" key="bok" place="Bemötande"></a>.</p>'
    assert list(unclear_links(text(html))) == []


def test_reading_ease_is_of_the_running_text_alone() -> None:
    note = {"kind": "law", "title": "Lag", "text": HARD}
    lesson = content(screen("Rubrik", ("text", f"<p>{EASY}</p>"), ("note", note)))
    assert ease_of_lesson(lesson) == ease_of(EASY)
    assert [one.path for one in hard_texts(lesson)] == ["body"]  # chopped


def test_a_hard_lesson_is_told_of_and_a_short_one_not_judged() -> None:
    assert len(list(hard_texts(text(HARD * 3)))) == 1
    assert list(hard_texts(text("<p>Socialtjänstens dokumentationsskyldighet.</p>"))) == []


def test_easy_swedish_is_held_to_its_own_band() -> None:
    def note(html: str) -> list[Place]:
        return content(screen("R", ("note", {"kind": "easy", "title": "L", "text": html})))

    assert [one.path for one in hard_texts(note(HARD))] == ["body.s1.content.b0.text"]
    assert list(hard_texts(note("<p>Du får hjälp. Ring oss i dag.</p>"))) == []


def test_citations_are_no_words_and_lines_are_kept_apart() -> None:
    html = '<p>Vi frågar [@bok, "sidan"].</p><ul><li>ett</li><li>två</li></ul>'
    assert plain_text(html) == "Vi frågar.\nett\ntvå"


@given(st.floats(-10, 200))
def test_the_mark_stays_on_the_gauge(value: float) -> None:
    assert 0 <= gauge(value) <= 100


@pytest.mark.parametrize(
    ("html", "bare"),
    [
        ("<p>År 2021 var 2 779 personer kända.</p>", ["År 2021 var 2 779 personer kända."]),
        ('<p>År 2021 var 2 779 personer kända [@bok, "sida"].</p>', []),
        ("<p>Hälften, 50 procent. De frågade [@bok].</p>", []),  # at the paragraph's end
        ("<p>De frågade [@bok]. Av dem svarade 45.</p>", ["Av dem svarade 45."]),
        ("<p>Tre saker [@bok]:</p><ul><li>38 procent</li></ul>", []),
        ("<p>Tre saker:</p><ul><li>38 procent</li></ul>", ["38 procent"]),
        ("<p>Ring 112. Se 19 kap. 1 § och HSLF-FS 2022:39.</p>", []),
        ("<p>Materiellt i 2 och 10.</p>", []),
        ("<p>Omkring 5 procent.</p>", ["Omkring 5 procent."]),
    ],
)
def test_a_figure_rests_on_a_source(html: str, bare: list[str]) -> None:
    assert uncited_figures(html) == bare


def test_a_lesson_cites_something() -> None:
    assert [one.path for one in uncited(text("<p>Vi frågar.</p>"))] == ["body"]
    assert list(uncited(text("<p>Vi frågar [@bok].</p>"))) == []


@pytest.mark.parametrize(
    ("reviewer", "day", "paths"),
    [
        ("", None, ["reviewer", "reviewed_on"]),
        (" ", DAY, ["reviewer"]),
        ("Karin", date(2025, 11, 21), []),  # a year to the day
        ("Karin", date(2025, 11, 20), ["reviewed_on"]),
    ],
)
def test_a_course_is_reviewed_every_year(reviewer: str, day: date | None, paths: list[str]) -> None:
    found = unreviewed(reviewer=reviewer, reviewed_on=day, on=DAY)
    assert [one.path for one in found] == paths


def test_a_question_explains_by_its_explanation_or_by_every_answer() -> None:
    options = [{"text": "a", "feedback": "Därför."}, {"text": "b", "feedback": ""}]
    assert not explains({"explanation": "", "options": options})
    assert not explains({"explanation": "", "correct": True})
    assert explains({"explanation": "", "options": options[:1]})
    assert explains({"explanation": "<p>Därför.</p>", "options": options})


def test_time_is_words_and_what_is_asked() -> None:
    words = "ord " * 360  # two minutes
    check, think = ("check", {"question": 1}), ("reflection", {"prompt": "Tänk."})
    assert estimate(content(screen("", ("text", f"<p>{words}</p>")))) == 2
    assert estimate(content(screen("", ("text", f"<p>{words}</p>"), check, check, think))) == 7


def test_a_case_takes_the_time_of_one_of_its_ways() -> None:
    steps = [
        {"id": name, "text": f"<p>{'ord ' * 360}</p>", "choices": [], "end": True}
        for name in "abcdefgh"
    ]
    case = ("case", {"key": "k", "title": "Fallet", "start": "a", "steps": steps})
    assert estimate(content(screen("", case))) == 3


@pytest.mark.parametrize(("minutes", "count"), [(10, 0), (8, 0), (30, 1), (4, 1), (None, 0)])
def test_a_lesson_takes_about_the_time_it_says(minutes: int | None, count: int) -> None:
    lesson = text(f"<p>{'ord ' * 1800}</p>")
    assert len(list(wrong_time(lesson, minutes=minutes))) == count


def test_a_text_s_own_headings_stand_under_the_screen_s() -> None:
    shown = under_the_screen(mark_safe("<h3>Så</h3><p>Fråga.</p>"))
    assert shown == "<h2>Så</h2><p>Fråga.</p>"
