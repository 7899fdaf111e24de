"""What authors see of a content's results: numbers, and none of the few."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from courses.h5p.results.figures import Band, Part, results_of, titles_in
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PStatement
from courses.h5p.results.shares import WHOLE
from courses.h5p.store.models import H5PContent, H5PVersion
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
INSIDE = {
    "questions": [
        {"subContentId": "a", "params": {"question": "<p>Vad säger&nbsp;du?</p>"}},
        {"subContentId": "b", "params": {}, "metadata": {"title": "Ett påstående"}},
        {"subContentId": "c", "params": {"question": "<b> </b>"}},
    ]
}


@pytest.fixture
def version() -> H5PVersion:
    return store_version([store_library("H5P.QuestionSet")], INSIDE)


def reached(content: H5PContent, *percents: int) -> None:
    """Somebody else for each of these results."""
    H5PResult.objects.bulk_create(
        H5PResult(
            user=make_user(f"p-{uuid4().hex[:12]}"),
            content=content,
            place="prov:1",
            opened_at=NOW,
            number=1,
            share=percent * 100,
        )
        for percent in percents
    )


def answered(version: H5PVersion, sub: str, right: int, wrong: int) -> None:
    """So many people had a part right, and so many never had."""
    for number in range(right + wrong):
        launch = H5PLaunch.objects.create(
            user=make_user(f"s-{uuid4().hex[:12]}"), version=version, place="prov:1", opened_at=NOW
        )
        for share in (0, WHOLE) if number < right else (0, 0):
            H5PStatement.objects.create(
                launch=launch,
                key=uuid4(),
                received_at=NOW,
                verb="answered",
                sub=sub,
                share=share,
                raw="{}",
            )


def test_of_nobody_and_of_the_few_nothing_is_told(version: H5PVersion) -> None:
    assert results_of(version.content).with_points == 0
    reached(version.content, *[50] * 9)
    told = results_of(version.content)
    assert (told.with_points, told.median, told.bands) == (None, None, [])


def test_somebody_who_met_it_in_many_places_is_one_person(version: H5PVersion) -> None:
    """An author may put a content on a page as often as they like."""
    reached(version.content, *[50] * 9)
    her = H5PResult.objects.order_by("pk").last()
    assert her is not None
    H5PResult.objects.bulk_create(
        H5PResult(
            user=her.user,
            content=version.content,
            place=f"prov:{number}",
            opened_at=NOW,
            number=1,
            share=share,
        )
        for number, share in enumerate([1000, 9000, 9000, *[0] * 20], start=2)
    )
    assert results_of(version.content).with_points is None
    reached(version.content, *[50] * 6)
    told = results_of(version.content)
    assert (told.with_points, sum(band.count or 0 for band in told.bands)) == (15, 0)
    reached(version.content, *[90] * 5)
    bands = {band.low: band.count for band in results_of(version.content).bands}
    assert (bands[40], bands[80]) == (14, 6)


def test_the_middle_and_the_spread_are_told(version: H5PVersion) -> None:
    reached(version.content, *[10] * 5, *[45] * 6, *[80] * 5, *[100] * 5)
    told = results_of(version.content)
    assert (told.with_points, told.median) == (21, 45)
    assert told.bands == [
        Band(0, 19, 5),
        Band(20, 39, 0),
        Band(40, 59, 6),
        Band(60, 79, 0),
        Band(80, 100, 10),
    ]


def test_a_small_band_is_withheld_with_another_it_could_be_reckoned_from(
    version: H5PVersion,
) -> None:
    reached(version.content, 10, *[45] * 6, *[90] * 8)
    assert [band.count for band in results_of(version.content).bands] == [None, 0, None, 0, 8]


def test_two_small_bands_hide_each_other_when_they_are_enough(version: H5PVersion) -> None:
    reached(version.content, *[10] * 3, *[45] * 3, *[90] * 8)
    assert [band.count for band in results_of(version.content).bands] == [None, 0, None, 0, 8]


def test_each_question_inside_tells_how_many_have_had_it_right(version: H5PVersion) -> None:
    reached(version.content, *[50] * 10)
    answered(version, "b", right=0, wrong=10)
    answered(version, "a", right=5, wrong=5)
    answered(version, "c", right=2, wrong=10)  # two would be known
    answered(version, "of nothing in the content", right=5, wrong=5)
    assert results_of(version.content).parts == [
        Part("Vad säger du?", 10, 50),
        Part("Ett påstående", 10, 0),
    ]


def test_as_many_questions_are_asked_of_the_database_however_many_have_answered(
    version: H5PVersion,
) -> None:
    counts = []
    for _more in range(2):
        reached(version.content, *[50] * 10)
        answered(version, "a", right=5, wrong=5)
        with CaptureQueriesContext(connection) as asked:
            results_of(version.content)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


def test_titles_come_from_the_content_in_its_order() -> None:
    assert titles_in(INSIDE) == {"a": "Vad säger du?", "b": "Ett påstående", "c": ""}
    assert titles_in("nonsense") == {}


def test_it_is_said_that_the_points_prove_nothing(version: H5PVersion) -> None:
    reached(version.content, *[50] * 10)
    figures = results_of(version.content)
    html = render_to_string("h5p/studio/_figures.html", {"figures": figures})
    assert "rapporterade av innehållet" in html
    assert "bevisar ingenting" in html
