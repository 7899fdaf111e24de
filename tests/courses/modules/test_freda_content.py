"""The FREDA module's files hold together: sources, questions, images, cases, law and reading ease.

Plain parsing on purpose: the test judges what the author wrote, not what the importer makes of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizzes.types import TYPES

MODULE = Path(__file__).parents[3] / "courses" / "modules" / "freda"
MANIFEST = yaml.safe_load((MODULE / "module.yaml").read_text())
QUESTIONS = yaml.safe_load((MODULE / "questions.yaml").read_text())
QUESTION_KEYS = {question["key"] for question in QUESTIONS}
LIBRARY = yaml.safe_load((MODULE.parent / "sources.yaml").read_text())
SOURCE_KEYS = {one["key"] for one in [*LIBRARY["sources"], *LIBRARY["laws"]]}

CITATION = re.compile(r"\[@([\w-]+)")
BLOCK = re.compile(r"^::: (\w+)\n(.*?)^:::$", re.DOTALL | re.MULTILINE)
SOCIAL_SERVICES_PARAGRAPH = re.compile(r"\d+ kap\. \d+(?: [a-z])? §")


@dataclass(frozen=True)
class Block:
    kind: str
    head: dict[str, Any]
    body: str


@dataclass(frozen=True)
class Lesson:
    name: str
    front: dict[str, Any]
    text: str
    screens: tuple[str, ...]

    @property
    def slug(self) -> str:
        return str(self.front["slug"])


def read_lesson(name: str) -> Lesson:
    _, front, text = (MODULE / name).read_text().split("---\n", 2)
    screens = re.split(r"^## .+\n", text, flags=re.MULTILINE)[1:]
    return Lesson(name, yaml.safe_load(front), text, tuple(screens))


def blocks(text: str) -> list[Block]:
    """The directive blocks of a text; a note's head and body are divided by a line of dashes."""
    found = []
    for kind, content in BLOCK.findall(text):
        head, _, body = content.partition("\n---\n")
        found.append(Block(kind, yaml.safe_load(head) or {}, body))
    return found


def prose(text: str) -> str:
    """Running text: lesson paragraphs and notes, without markup and without lines to say aloud.

    Spoken examples stand in italics; they ought to be easier than the text about them.
    """
    notes = " ".join(block.body for block in blocks(text) if block.kind == "note")
    running = BLOCK.sub("", text) + "\n" + notes
    running = re.sub(r"^#+ .+$", "", running, flags=re.MULTILINE)
    running = re.sub(r" ?\[@[^\]]*\]", "", running)
    running = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", running)
    running = re.sub(r"(?<!\*)\*[^*\n]+[.?!]\"?\*(?!\*)", "", running)
    running = re.sub(r"^\s*(?:[-*]|\d+\.) ", "", running, flags=re.MULTILINE)
    running = re.sub(r"([^.!?:])\s*\n(?=\n|[A-ZÅÄÖ*])", r"\1.\n", running)
    running = re.sub(r"(\d+ kap)\. ", r"\1 ", running)
    return re.sub(r"[*_>#\"]", "", running)


def reading_ease(text: str) -> float:
    """LIX: words per sentence plus the share of words longer than six letters, in percent.

    A colon ends a sentence only at the end of a line, before a list.
    """
    words = re.findall(r"[^\W\d_]+(?:[-–][^\W\d_]+)*", text)
    sentences = len(re.findall(r"[^\s](?:[.!?](?=\s|$)|:(?=\n))", text))
    long = sum(len(word) > 6 for word in words)
    return len(words) / sentences + 100 * long / len(words)


LESSONS = [read_lesson(name) for name in MANIFEST["lessons"]]
SCREENS = {lesson.slug: len(lesson.screens) for lesson in LESSONS}
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["key"])


def cases(lesson: Lesson) -> list[dict[str, Any]]:
    return [block.head for block in blocks(lesson.text) if block.kind == "case"]


def test_the_module_has_seven_lessons_and_asks_fifteen_questions() -> None:
    assert len(LESSONS) == 7
    assert MANIFEST["quiz"]["draw"] == 15
    assert MANIFEST["quiz"]["pass_percent"] == 80


@each_lesson
def test_every_source_cited_is_listed_in_the_lesson_and_is_one(lesson: Lesson) -> None:
    cited = set(CITATION.findall(lesson.text))
    assert cited == set(lesson.front["sources"])
    assert cited <= SOURCE_KEYS


@each_lesson
def test_a_screen_is_short_and_has_at_most_one_block(lesson: Lesson) -> None:
    assert 4 <= len(lesson.screens) <= 8
    for screen in lesson.screens:
        assert screen.count("\n::: ") <= 1
        assert len(screen.split()) >= 80, screen[:80]
        assert len(BLOCK.sub("", screen).split()) <= 220, screen[:80]


@each_lesson
def test_knowledge_checks_use_questions_meant_for_checks(lesson: Lesson) -> None:
    checks = [block.head["question"] for block in blocks(lesson.text) if block.kind == "check"]
    assert 2 <= len(checks) <= 3
    by_key = {question["key"]: question for question in QUESTIONS}
    assert {by_key[key]["use"] for key in checks} <= {"check", "both"}
    assert all(by_key[key]["teaches"].startswith(lesson.slug) for key in checks)


@each_lesson
def test_every_image_exists_and_has_an_alternative_in_words(lesson: Lesson) -> None:
    figures = [block.head for block in blocks(lesson.text) if block.kind == "figure"]
    assert figures
    for figure in figures:
        svg = (MODULE / "images" / figure["image"]).read_text()
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 ')
        assert len(figure["alt"]) > 60


def test_no_image_lies_unused() -> None:
    used = {b.head["image"] for le in LESSONS for b in blocks(le.text) if b.kind == "figure"}
    assert {path.name for path in (MODULE / "images").iterdir()} == used


@each_lesson
def test_cases_can_be_walked_to_every_end(lesson: Lesson) -> None:
    for case in cases(lesson):
        steps = case["steps"]
        reached, waiting = set(), [case["start"]]
        while waiting:
            step = waiting.pop()
            if step in reached:
                continue
            reached.add(step)
            waiting += [choice["to"] for choice in steps[step].get("choices", [])]
        assert reached == set(steps)
        for step in steps.values():
            assert bool(step.get("end")) != bool(step.get("choices"))
            assert all(choice["text"] and choice["feedback"] for choice in step.get("choices", []))
        assert {step["verdict"] for step in steps.values() if step.get("end")} == {
            "good",
            "mixed",
            "poor",
        }


def test_there_are_at_least_three_cases_with_names_of_their_own() -> None:
    keys = [case["key"] for lesson in LESSONS for case in cases(lesson)]
    assert len(keys) >= 3
    assert len(set(keys)) == len(keys)


def test_every_check_is_used_in_a_lesson() -> None:
    asked = [b.head["question"] for le in LESSONS for b in blocks(le.text) if b.kind == "check"]
    assert set(asked) <= QUESTION_KEYS
    assert {q["key"] for q in QUESTIONS if q["use"] in {"check", "both"}} == set(asked)


def test_the_bank_is_large_and_varied_enough() -> None:
    assert len(QUESTION_KEYS) == len(QUESTIONS) >= 34
    final = [question for question in QUESTIONS if question["use"] in {"final", "both"}]
    assert len(final) >= 27
    assert {question["type"] for question in final} == set(TYPES)
    taught = Counter(question["teaches"].split("#")[0] for question in final)
    assert set(taught) == set(SCREENS)


@each_question
def test_a_question_teaches_a_screen_that_exists_and_names_its_source(
    question: dict[str, Any],
) -> None:
    slug, _, screen = question["teaches"].partition("#")
    assert 1 <= int(screen) <= SCREENS[slug]
    assert question["source"].split(":")[0] in SOURCE_KEYS
    assert question["explanation"]


@each_question
def test_every_answer_gets_feedback_and_the_key_fits_the_type(question: dict[str, Any]) -> None:
    if question["type"] == "true_false":
        assert isinstance(question["correct"], bool)
        assert set(question["feedback"]) == {True, False}
        return
    answers = list(answers_in(question))
    assert all(answer["feedback"] for answer in answers)
    if question["type"] in {"single", "multiple"}:
        correct = sum(answer["correct"] for answer in answers)
        assert correct == 1 if question["type"] == "single" else 1 < correct < len(answers)


def answers_in(question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything that can be answered with a sentence of its own to say why it is right or not.

    Steps to put in order have none: the explanation says why they come in that order.
    """
    for name in ("options", "pairs", "cases"):
        yield from question.get(name, [])
    for name in ("gaps", "groups", "steps"):
        for part in question.get(name, []):
            if isinstance(part, dict):
                yield from [part] if "accepted" in part else answers_in(part)


def test_there_are_at_least_two_questions_of_every_type() -> None:
    assert min(Counter(question["type"] for question in QUESTIONS)[kind] for kind in TYPES) >= 2


def test_a_case_is_short_and_has_a_good_a_fair_and_a_poor_choice_in_all() -> None:
    for question in QUESTIONS:
        if question["type"] == "case":
            points = [way["points"] for step in question["steps"] for way in step["options"]]
            assert 3 <= len(question["steps"]) <= 4
            assert min(points) == 0 < sorted(set(points))[1] < max(points)


def test_what_is_said_of_the_questions_reads_like_plain_professional_swedish() -> None:
    assert 33 <= reading_ease(" ".join(question["explanation"] for question in QUESTIONS)) <= 50


def test_length_and_place_do_not_give_the_right_answer_away() -> None:
    singles = [question["options"] for question in QUESTIONS if question["type"] == "single"]
    longest = sum(max(options, key=lambda o: len(o["text"]))["correct"] for options in singles)
    first = sum(options[0]["correct"] for options in singles)
    assert 0.1 <= longest / len(singles) <= 0.4
    assert 0.1 <= first / len(singles) <= 0.4


@each_lesson
def test_a_paragraph_of_the_old_social_services_act_stands_only_in_a_note(lesson: Lesson) -> None:
    """2001:453 ended on 30 June 2025; its numbers now mean other things in 2025:400."""
    for block in blocks(lesson.text):
        if "2001:453" in block.body:
            assert block.kind == "note"
            assert block.head["kind"] in {"law", "changed"}
            assert "2025:400" in block.body
    outside = BLOCK.sub("", lesson.text)
    assert "2001:453" not in outside
    acts = ("2025:400", "2024:79", "OSL", "HSLF-FS 2022:39")
    for paragraph in outside.split("\n\n"):
        if SOCIAL_SERVICES_PARAGRAPH.search(paragraph):
            assert any(act in paragraph for act in acts), paragraph


def test_questions_name_the_act_of_every_social_services_paragraph() -> None:
    for question in QUESTIONS:
        text = yaml.safe_dump(question, allow_unicode=True, width=10_000)
        if SOCIAL_SERVICES_PARAGRAPH.search(text):
            assert "2025:400" in text or "OSL" in text, question["key"]


def test_no_text_says_where_on_the_page_something_stands() -> None:
    """What stands beside the text on a desk stands below it on a phone."""
    texts = [MANIFEST["content_warning"], *(lesson.text for lesson in LESSONS)]
    assert [
        found for text in texts for found in re.findall(r".*\b(?:rutan|intill)\b.*", text)
    ] == []


@each_lesson
def test_no_telephone_number_but_the_emergency_one(lesson: Lesson) -> None:
    assert not re.search(r"\b0\d{1,3}[ –-]\d{2,3} ?\d{2}", lesson.text)


@each_lesson
def test_a_lesson_reads_like_plain_professional_swedish(lesson: Lesson) -> None:
    assert 33 <= reading_ease(prose(lesson.text)) <= 50
