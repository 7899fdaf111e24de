"""The first file of an organisation, brought in where nothing is known yet."""

import pytest

from tests.tracking.imports.base_city import picture, refusal, write
from tests.tracking.status.situations import CITY, unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "rows",
    [
        [{"kod": "R", "namn": "R", "typ": "kommun", "fran": "2020-01-01", "till": "2024-12-31"}],
        [
            {"kod": "R", "namn": "R", "typ": "kommun", "fran": "2020-01-01", "till": "2020-12-31"},
            {"kod": "R", "namn": "R", "typ": "kommun", "fran": "2021-01-02"},
        ],
    ],
    ids=["the root ends", "a day between two roots"],
)
def test_a_day_without_a_root_is_refused(tmp_path, rows):
    before = picture()
    assert refusal("organisation", write(tmp_path, "organisation", rows)) is not None
    assert picture() == before


def test_the_order_of_an_organisations_rows_does_not_matter(tmp_path):
    rows = [
        unit("E", "2020-01-01", typ="enhet", overordnad="D"),
        unit("GAMMAL", "2019-01-01", "2019-12-31", ersatts_av="E"),
        unit("D", "2010-01-01"),
        CITY,
    ]
    assert refusal("organisation", write(tmp_path, "organisation", rows)) is None
