"""Whether points may come of a content, by its type and by what its author gave points to."""

from typing import Any

import pytest

from courses.h5p.results.scoring import may_report_points
from courses.h5p.store.models import H5PVersion
from tests.courses.h5p.stored import store_library, store_version

pytestmark = pytest.mark.django_db


def version_of(
    library: str, parameters: dict[str, Any], named: list[str] | None = None
) -> H5PVersion:
    version = store_version([store_library(library)], parameters)
    version.named = named or []
    return version


@pytest.mark.parametrize(
    ("library", "points"),
    [
        ("H5P.MultiChoice", True),
        ("H5P.QuestionSet", True),
        ("H5P.Accordion", False),
        ("H5P.Timeline", False),
        ("H5P.Questionnaire", False),
        ("H5P.DocumentationTool", False),
        ("H5P.Agamotto", False),
        ("H5P.CoursePresentation", False),  # nothing to do in it
        ("Kompetens.MultipleChoice", True),
        ("Somebody.Elses", True),
    ],
)
def test_points_come_of_some_types_and_of_others_never(library: str, points: bool) -> None:
    assert may_report_points(version_of(library, {})) is points


def test_points_come_of_what_holds_something_to_do() -> None:
    assert may_report_points(version_of("H5P.CoursePresentation", {}, ["H5P.TrueFalse 1.8"]))


def scenario(how: str | None) -> dict[str, Any]:
    return {"branchingScenario": {"scoringOptionGroup": {"scoringOption": how}} if how else {}}


def conversation(*points: object) -> dict[str, Any]:
    endings = [{"id": "slut", "ending": {"points": one}} for one in points]
    return {"steps": [{"id": "start", "says": "Hej"}, *endings]}


@pytest.mark.parametrize(
    ("library", "parameters", "points"),
    [
        ("H5P.BranchingScenario", scenario("static-end-score"), True),
        ("H5P.BranchingScenario", scenario("dynamic-score"), True),
        ("H5P.BranchingScenario", scenario("no-score"), False),
        ("H5P.BranchingScenario", scenario(None), False),
        ("H5P.BranchingScenario", {"branchingScenario": "nonsense"}, True),
        ("H5P.Essay", {"keywords": [{"keyword": "barn"}]}, True),
        ("H5P.Essay", {"keywords": [], "taskDescription": "Skriv"}, False),
        ("Kompetens.BranchingConversation", conversation(0, 3), True),
        ("Kompetens.BranchingConversation", conversation(0, 0), False),
        ("Kompetens.BranchingConversation", conversation(), False),
        ("Kompetens.BranchingConversation", conversation("nonsense", None), False),
        ("Kompetens.BranchingConversation", {"steps": "nonsense"}, True),
    ],
)
def test_points_come_where_the_author_gave_some(
    library: str, parameters: dict[str, Any], points: bool
) -> None:
    assert may_report_points(version_of(library, parameters)) is points


def test_of_what_cannot_be_read_points_may_come() -> None:
    version = version_of("H5P.Essay", {})
    version.tree.files = {}
    assert may_report_points(version)
