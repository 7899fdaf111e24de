"""What ends a content, type by type, as its library's own scripts say it."""

import re
from typing import Any

import pytest
from django.conf import settings

from courses.h5p.results.finishing import (
    ENDS_WITH_TASKS,
    FINISHING,
    finishing_verbs,
    is_end,
    is_finished_by_opening,
)
from courses.h5p.results.statements import read_statement
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


END_SCREEN = {"interactiveVideo": {"assets": {"endscreens": [{"time": 9}]}}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("library", "named", "parameters", "by_opening"),
    [
        ("H5P.MultiChoice", [], {}, False),
        ("H5P.Timeline", [], {}, True),
        ("Somebody.Elses", [], {}, False),
        ("H5P.CoursePresentation", ["H5P.MultiChoice 1.16"], {}, False),
        ("H5P.CoursePresentation", ["H5P.AdvancedText 1.1"], {}, True),
        ("H5P.CoursePresentation", ["H5P.ExportableTextArea 1.3"], {}, False),
        (
            "H5P.CoursePresentation",
            ["H5P.MultiChoice 1.16"],
            {"override": {"hideSummarySlide": True}},
            True,
        ),
        ("H5P.InteractiveVideo", ["H5P.Blanks 1.14"], END_SCREEN, False),
        ("H5P.InteractiveVideo", ["H5P.Blanks 1.14"], {}, True),
        ("H5P.InteractiveVideo", ["H5P.Text 1.1"], END_SCREEN, True),
        ("H5P.InteractiveBook", ["H5P.Column 1.18", "H5P.Blanks 1.14"], {}, False),
        (
            "H5P.InteractiveBook",
            ["H5P.Blanks 1.14"],
            {"behaviour": {"displaySummary": False}},
            True,
        ),
        ("H5P.InteractiveBook", ["H5P.Column 1.18", "H5P.AdvancedText 1.1"], {}, True),
        ("H5P.Column", ["H5P.AdvancedText 1.1", "H5P.TrueFalse 1.8"], {}, False),
        ("H5P.Column", ["H5P.AdvancedText 1.1"], {}, True),
        ("H5P.Column", ["H5P.TrueFalse 1.8"], {"content": "nonsense"}, False),
    ],
)
def test_where_no_end_is_ever_said_opening_is_the_end(
    library: str, named: list[str], parameters: dict[str, Any], by_opening: bool
) -> None:
    assert is_finished_by_opening(_version(library, named, parameters)) is by_opening


def test_the_guide_s_table_is_the_one_in_the_code() -> None:
    guide = (settings.ROOT / "docs" / "h5p.md").read_text("utf-8")
    told = {}
    for line in guide.split("### Vad som räknas")[1].split("\n##")[0].splitlines():
        cells = [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")]
        if line.startswith("|") and cells[2]:
            told |= dict.fromkeys(cells[2], frozenset(cells[3]))
    assert told == dict(FINISHING)
