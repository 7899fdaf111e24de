"""What ends a content, type by type, as its library's own scripts say it."""

import re
from typing import Any

import pytest
from django.conf import settings

from courses.h5p.results.finishing import (
    FINISHING,
    finishing_verbs,
    is_end,
    is_finished_by_opening,
)
from courses.h5p.results.statements import read_statement
from courses.h5p.results.tasks import ENDS_WITH_TASKS
from courses.h5p.store.models import H5PVersion
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_library, store_version

# Read in the scripts of each, apart from the table: what it says of itself, and what is its end.
SAID = {
    "H5P.MultiChoice": (["attempted", "interacted", "answered"], ["answered"]),
    "H5P.TrueFalse": (["attempted", "interacted", "answered"], ["answered"]),
    "H5P.Blanks": (["attempted", "interacted", "answered"], ["answered"]),
    "H5P.DragText": (["attempted", "interacted", "answered"], ["answered"]),
    "H5P.Summary": (["attempted", "interacted", "answered"], ["answered"]),
    "H5P.Essay": (["interacted", "answered", "passed", "mastered"], ["answered"]),
    "H5P.SingleChoiceSet": (["interacted", "completed"], ["completed"]),
    "H5P.QuestionSet": (["attempted", "progressed", "completed"], ["completed"]),
    "H5P.CoursePresentation": (["attempted", "progressed", "completed"], ["completed"]),
    "H5P.InteractiveVideo": (["attempted", "completed"], ["completed"]),
    "H5P.BranchingScenario": (["attempted", "progressed", "completed"], ["completed"]),
    "H5P.InteractiveBook": (["attempted", "progressed", "completed"], ["completed"]),
    "H5P.Accordion": (["consume"], ["consume"]),
    "H5P.Dialogcards": ([], []),
    "H5P.Flashcards": (
        ["attempted", "interacted", "answered", "completed"],
        ["answered", "completed"],
    ),
    "H5P.ImageHotspots": ([], []),
    "H5P.Timeline": ([], []),
    "Kompetens.MultipleChoice": (["attempted", "interacted", "answered"], ["answered"]),
    "Kompetens.BranchingConversation": (["attempted", "progressed", "completed"], ["completed"]),
}


@pytest.mark.parametrize("library", SAID)
def test_each_type_is_ended_by_its_own_word_and_by_no_other(library: str) -> None:
    says, ends = SAID[library]
    read = {verb: read_statement(entry(statement(verb))) for verb in says}
    assert [verb for verb in says if is_end(f"{library} 1.0", read[verb])] == ends
    inside = [read_statement(entry(statement(verb, parent=True))) for verb in says]
    parts = [read_statement(entry(statement(verb, sub="a-1"))) for verb in says]
    assert not any(is_end(library, one) for one in (*inside, *parts))


def test_an_essay_that_is_passed_has_been_answered_already() -> None:
    assert not is_end("H5P.Essay 1.5", read_statement(entry(statement("passed"))))


def test_a_type_nobody_knows_ends_by_anything_that_is_an_end() -> None:
    assert finishing_verbs("Somebody.Elses 3.7") == {
        *("answered", "completed", "consumed", "consume")
    }


def test_what_may_have_no_end_ends_otherwise_by_a_word() -> None:
    assert all(FINISHING[library] for library in ENDS_WITH_TASKS)


def _version(library: str, named: list[str], parameters: dict[str, Any]) -> H5PVersion:
    version = store_version([store_library(library)], parameters)
    version.named = named
    return version


def part(library: str, **parameters: Any) -> dict[str, Any]:
    return {"library": f"{library} 1.0", "params": parameters}


def film(*asks: str, screens: object = ({"time": 9},), sums: object = ()) -> dict[str, Any]:
    """As its editor makes one: it always names a summary, and mostly has an end screen."""
    assets: dict[str, Any] = {"interactions": [{"action": part(one)} for one in asks]}
    if screens is not None:
        assets["endscreens"] = list(screens) if isinstance(screens, tuple) else screens
    summary = {"task": part("H5P.Summary", summaries=list(sums))}  # type: ignore[call-overload]
    return {"interactiveVideo": {"assets": assets, "summary": summary}}


def column(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"content": [{"content": one} for one in parts]}


def book(*parts: dict[str, Any], **behaviour: bool) -> dict[str, Any]:
    return {"chapters": [part("H5P.Column", **column(*parts))], "behaviour": behaviour}


def slides(*asks: str, hidden: bool = False) -> dict[str, Any]:
    elements = [{"action": part(one)} for one in asks]
    return {
        "presentation": {"slides": [{"elements": elements}]},
        "override": {"hideSummarySlide": hidden},
    }


ASKS = part("H5P.TrueFalse")
WORDS = part("H5P.AdvancedText")
SUMMARY = ["H5P.Summary 1.10"]  # named in every film


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("library", "named", "parameters", "by_opening"),
    [
        ("H5P.MultiChoice", [], {}, False),
        ("H5P.Timeline", [], {}, True),
        ("Somebody.Elses", [], {}, False),
        ("H5P.CoursePresentation", ["H5P.MultiChoice 1.16"], {}, False),
        ("H5P.CoursePresentation", ["H5P.AdvancedText 1.1"], {}, True),
        ("H5P.CoursePresentation", ["H5P.ExportableTextArea 1.3"], {}, True),
        ("H5P.CoursePresentation", ["H5P.MultiChoice 1.16"], slides(hidden=True), True),
        (
            "H5P.CoursePresentation",
            ["H5P.MultiChoice 1.16", "H5P.ExportableTextArea 1.3"],
            slides(hidden=True),
            False,
        ),
        ("H5P.InteractiveVideo", SUMMARY, film("H5P.Blanks"), False),
        ("H5P.InteractiveVideo", SUMMARY, film("H5P.FreeTextQuestion"), False),
        ("H5P.InteractiveVideo", SUMMARY, film("H5P.Blanks", screens=()), True),
        ("H5P.InteractiveVideo", SUMMARY, film("H5P.Blanks", screens=None), True),
        ("H5P.InteractiveVideo", SUMMARY, film("H5P.Text", "H5P.Image", "H5P.Nil"), True),
        ("H5P.InteractiveVideo", SUMMARY, film(), True),
        ("H5P.InteractiveVideo", SUMMARY, film(sums=[{"summary": ["A", "B"]}]), False),
        ("H5P.InteractiveVideo", SUMMARY, film(sums=[{"summary": []}]), True),
        ("H5P.InteractiveVideo", SUMMARY, film(sums=[{}]), True),
        ("H5P.InteractiveVideo", SUMMARY, {"interactiveVideo": "nonsense"}, False),
        ("H5P.InteractiveBook", [], book(WORDS, ASKS), False),
        ("H5P.InteractiveBook", [], book(ASKS, displaySummary=False), True),
        ("H5P.InteractiveBook", [], book(WORDS), True),
        ("H5P.InteractiveBook", [], book(part("H5P.Questionnaire")), True),
        (
            "H5P.InteractiveBook",
            [],
            book(part("H5P.Row") | {"metadata": {"contentType": "Row"}}),
            False,
        ),
        ("H5P.InteractiveBook", [], {"chapters": "nonsense"}, False),
        ("H5P.Column", [], column(WORDS, ASKS), False),
        ("H5P.Column", [], column(WORDS), True),
        ("H5P.Column", [], column(part("H5P.Questionnaire"), part("H5P.Agamotto")), True),
        ("H5P.Column", [], column(part("H5P.InteractiveVideo", **film("H5P.Blanks"))), False),
        ("H5P.Column", [], column(part("H5P.InteractiveVideo", **film("H5P.Text"))), True),
        (
            "H5P.Column",
            [],
            column(part("H5P.InteractiveVideo", **film("H5P.Blanks", screens=None))),
            True,
        ),
        ("H5P.Column", [], column(part("H5P.CoursePresentation", **slides("H5P.Blanks"))), False),
        (
            "H5P.Column",
            [],
            column(part("H5P.CoursePresentation", **slides("H5P.Blanks", hidden=True))),
            True,
        ),
        ("H5P.Column", [], column(part("H5P.DocumentationTool")), True),
        (
            "H5P.Column",
            [],
            column(part("H5P.DocumentationTool", pagesList=[part("H5P.DocumentExportPage")])),
            False,
        ),
        ("H5P.Column", [], {"content": "nonsense"}, False),
        ("H5P.Column", [], {"content": [None, {}, {"content": 7}]}, True),
    ],
)
def test_where_no_end_is_ever_said_opening_is_the_end(
    library: str, named: list[str], parameters: dict[str, Any], by_opening: bool
) -> None:
    assert is_finished_by_opening(_version(library, named, parameters)) is by_opening


@pytest.mark.django_db
@pytest.mark.parametrize("library", ENDS_WITH_TASKS)
def test_what_cannot_be_read_is_not_finished_by_opening(library: str) -> None:
    version = _version(library, [], {})
    version.tree.files = {}
    assert not is_finished_by_opening(version)


def test_the_guide_s_table_is_the_one_in_the_code() -> None:
    guide = (settings.ROOT / "docs" / "h5p.md").read_text("utf-8")
    told = {}
    for line in guide.split("### Vad som räknas")[1].split("\n##")[0].splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")]
        if line.startswith("|") and cells[2]:
            told |= dict.fromkeys(cells[2], frozenset(cells[3]))
    assert told == dict(FINISHING)
