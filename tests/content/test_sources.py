"""What the modules cite exists, is in force, and says what they say it says."""

import re
from datetime import date

import pytest

from tests.content.city_documents import FILES, needs_documents, text_of
from tests.content.facts import claims
from tests.content.modules import (
    CITATION,
    Lesson,
    Module,
    all_modules,
    laws,
    question_texts,
    sources,
)

MODULES = all_modules()
LESSONS = [(module, lesson) for module in MODULES for lesson in module.lessons]
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)
each_lesson = pytest.mark.parametrize(
    ("module", "lesson"), LESSONS, ids=[f"{m.slug}/{lesson.file}" for m, lesson in LESSONS]
)


def cited(text: str) -> list[tuple[str, str]]:
    """Keys with places; a place that is folded in a file is one line."""
    return [
        (found["key"], " ".join((found["place"] or "").split()))
        for found in CITATION.finditer(text)
    ]


@each_lesson
def test_a_lesson_cites_what_it_lists_and_lists_what_it_cites(
    module: Module, lesson: Lesson
) -> None:
    keys = {key for key, _place in cited(lesson.source)}
    assert keys == set(lesson.front["sources"])
    assert keys <= sources().keys() | laws().keys()


@each_module
def test_every_question_names_a_source_that_exists(module: Module) -> None:
    known = sources().keys() | laws().keys()
    assert [
        question["key"]
        for question in module.questions
        if question["source"].partition(":")[0].strip() not in known
    ] == []


@needs_documents
@each_module
def test_every_phrase_that_a_citation_names_stands_in_the_document(module: Module) -> None:
    named = [(one["key"], *one["source"].partition(": ")[::2]) for one in module.questions] + [
        (lesson.file, *citation) for lesson in module.lessons for citation in cited(lesson.source)
    ]
    assert [
        (where, key, place)
        for where, key, place in named
        if key in FILES and place.lower() not in text_of(key).lower()
    ] == []


@needs_documents
@each_lesson
def test_every_fact_with_a_number_is_found_where_its_citation_says(
    module: Module, lesson: Lesson
) -> None:
    told = [claim for screen in lesson.screens for text in screen.told() for claim in claims(text)]
    assert [
        (claim.number, claim.sentence, claim.cited)
        for claim in told
        if claim.checkable and not claim.is_borne_out()
    ] == []


@each_lesson
def test_no_number_that_is_a_fact_stands_without_a_citation(module: Module, lesson: Lesson) -> None:
    told = [claim for screen in lesson.screens for text in screen.told() for claim in claims(text)]
    assert [
        (claim.number, claim.sentence) for claim in told if claim.is_fact and not claim.cited
    ] == []


@each_lesson
def test_no_law_that_has_ended_is_cited_without_what_replaced_it(
    module: Module, lesson: Lesson
) -> None:
    for screen in lesson.screens:
        keys = {key for text in screen.texts() for key, _place in cited(text)}
        for key in keys & laws().keys():
            replaced_by = laws()[key].get("replaced_by")
            if laws()[key].get("valid_to"):
                assert replaced_by, f"{key} has ended, and nothing is said to have replaced it"
                assert replaced_by in keys, f"{screen.heading}: {key} without {replaced_by}"


TODAY = date(2026, 11, 21)  # the day the modules were last read through
# A paragraph of the old act means something else in the new one.
OLD_ACTS = {"2001:453": "2025:400", "2014:4": "2022:39"}


@each_lesson
def test_an_ended_act_is_named_only_beside_the_one_in_force(module: Module, lesson: Lesson) -> None:
    for screen in lesson.screens:
        text = "\n".join(screen.texts())
        for old, new in OLD_ACTS.items():
            if old in text:
                assert new in text, f"{screen.heading}: {old} without {new}"


@each_module
def test_a_paragraph_is_named_with_its_act(module: Module) -> None:
    """A bare number would be read as the old act's by whoever has worked for long."""
    acts = re.compile(
        r"\d{4}:\d+|OSL|brottsbalken|offentlighets- och sekretess|förvaltningslagen|HSLF-FS"
        r"|samma lag|samma kapitel|lex Sarah|LSS"
    )
    said = [
        *((where, part) for where, text in module.texts() for part in text.split("\n\n")),
        *((one["key"], " ".join(question_texts(one))) for one in module.questions),
    ]
    assert [
        (where, text)
        for where, text in said
        if "questions.yaml" not in where
        if re.search(r"\b\d+ (?:[a-z] )?(?:kap\.|§)", text) and not acts.search(text)
    ] == []


def test_a_law_that_has_ended_leads_to_one_in_force() -> None:
    for key, law in laws().items():
        assert law["act"], key
        assert bool(law.get("valid_to")) == bool(law.get("replaced_by")), key
        if law.get("replaced_by"):
            assert not laws()[law["replaced_by"]].get("valid_to"), key
            assert law["valid_to"] < TODAY, key


def test_what_is_known_of_no_paragraph_has_no_number() -> None:
    """The rules on victims and on those who use violence: in force, the number not found."""
    unknown = [key for key, law in laws().items() if not law["paragraph_known"]]
    assert unknown
    assert all(not laws()[key].get("paragraph") for key in unknown)
