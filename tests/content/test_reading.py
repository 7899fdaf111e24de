"""The modules read like plain professional Swedish, and lätt svenska is that."""

import re

import pytest

from courses.pages.readability import EASY_BELOW, LESSON_BAND, lix
from tests.content.modules import CITATION, Lesson, Module, all_modules

LESSONS = [(module, lesson) for module in all_modules() for lesson in module.lessons]
each_module = pytest.mark.parametrize("module", all_modules(), ids=lambda module: module.slug)
each_lesson = pytest.mark.parametrize(
    ("module", "lesson"), LESSONS, ids=[f"{m.slug}/{lesson.file}" for m, lesson in LESSONS]
)


def plain(markdown: str) -> str:
    """Without markup, and without the lines in italics that are to be said aloud."""
    text = re.sub(r"\s*" + CITATION.pattern, "", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\*)\*[^*\n]+[.?!]\"?\*(?!\*)", "", text)
    text = re.sub(r"^\s*(?:[-*]|\d+\.) ", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_>#]", "", text)


@each_lesson
def test_a_lesson_is_within_the_band(module: Module, lesson: Lesson) -> None:
    low, high = LESSON_BAND
    notes = [block.body for block in lesson.blocks("note") if block.fields.get("kind") != "easy"]
    text = "\n\n".join(plain(part) for part in [*(s.text for s in lesson.screens), *notes])
    assert low <= lix(text) <= high


def test_what_plays_reads_no_harder_than_the_lessons() -> None:
    """Most of it is talk, which is easier: there is no lower end."""
    played = [
        text
        for _module, lesson in LESSONS
        for block in lesson.blocks("interactive")
        for text in block.fields["plays"]
    ]
    assert len(played) > 20
    assert lix("\n\n".join(played)) <= LESSON_BAND[1]


@each_module
def test_what_is_addressed_to_participants_is_easy(module: Module) -> None:
    for lesson in module.lessons:
        for block in lesson.blocks("note"):
            if block.fields.get("kind") == "easy":
                assert lix(plain(block.body)) < EASY_BELOW, block.body


def test_easy_swedish_is_shown_where_it_is_taught() -> None:
    found = {
        module.slug
        for module, lesson in LESSONS
        for block in lesson.blocks("note")
        if block.fields.get("kind") == "easy"
    }
    assert "vip-gruppledare" in found


@each_module
def test_what_is_said_of_the_questions_reads_like_the_lessons(module: Module) -> None:
    assert 30 <= lix("\n".join(one["explanation"] for one in module.questions)) <= 50


@each_module
def test_no_text_says_where_on_the_page_something_stands(module: Module) -> None:
    """What stands beside the text on a desk stands below it on a phone."""
    assert [
        (where, found)
        for where, text in module.texts()
        for found in re.findall(r".*\b(?:rutan intill|till höger|till vänster)\b.*", text)
    ] == []


@each_module
def test_no_telephone_number_but_the_emergency_one(module: Module) -> None:
    assert [
        where
        for where, text in module.texts()
        if re.search(r"\b0\d{1,3}[ –-]\d{2,3} ?\d{2}|\b0\d{2}-?\d{5,}", text)
    ] == []


def test_every_module_says_what_it_is_in_english() -> None:
    for module in all_modules():
        english = module.manifest["summary_en"]
        assert 10 <= len(english.split()) <= 80, module.slug
        assert not re.search(r"[åäö]", english), module.slug
