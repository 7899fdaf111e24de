"""The second reading itself, held against the examples of STATUS.md 7 and some more by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tracking.rows import Batch
from tests.tracking.status import situations
from tests.tracking.status.audience_text import Condition, parse_audience
from tests.tracking.status.reference import City, months_later
from tests.tracking.status.reference_exports import status_lines, summary_lines
from tests.tracking.status.situations import FIRST_LOAD, city, employment, target, unit


def test_example_1_a_successor_does_not_make_anybody_new():
    reading = City(situations.REORGANISATION)
    on = date(2023, 8, 1)
    assert status_lines(reading, on) == [("A", "T", "forsenad", "", "", "2022-12-31", "2022-01-10")]
    assert [line[0] for line in summary_lines(reading, on)] == ["SDN-JARVA", "STAD"]


def test_example_2_the_day_before_the_old_district_counts():
    lines = summary_lines(City(situations.REORGANISATION), date(2023, 6, 30))
    assert [line[0] for line in lines] == ["SDN-RK", "STAD"]


def test_example_3_a_combination_expires_with_its_oldest_course():
    reading = City(situations.ALTERNATIVES)
    valid = status_lines(reading, date(2024, 3, 1))
    assert valid == [("B", "T", "klar", "2022-09-01", "2024-03-01", "", "2020-01-01")]
    assert status_lines(reading, date(2024, 3, 2))[0][2] == "utgangen"
    better = City([*situations.ALTERNATIVES, situations.ALSO_HEDER])
    assert status_lines(better, date(2024, 3, 2))[0][2:5] == ("klar", "2023-01-15", "2025-01-15")


def test_example_4_one_person_in_two_districts_and_once_in_the_city():
    lines = summary_lines(City(situations.TWO_DISTRICTS), date(2024, 1, 1))
    assert [(line[0], line[2]) for line in lines] == [
        ("SDN-BROMMA", "1"),
        ("SDN-FARSTA", "1"),
        ("STAD", "1"),
    ]


def test_example_5_the_hired_get_their_days():
    assert status_lines(City(situations.NEWLY_HIRED), date(2024, 12, 1)) == [
        ("D", "T", "ej_paborjad", "", "", "2025-01-30", "2024-11-01")
    ]


def test_example_6_known_then_and_known_now():
    then = City(situations.ENTERED_LATE, datetime(2024, 5, 15, tzinfo=UTC))
    assert status_lines(then, date(2024, 4, 30))[0][2] == "ej_paborjad"
    assert status_lines(City(situations.ENTERED_LATE), date(2024, 4, 30))[0][2] == "klar"


@pytest.mark.parametrize(
    ("done", "people", "expected"),
    [(199, 200, ("99", "nej", "ja")), (197, 199, ("98", "nej", "nej"))],
)
def test_example_7_shares_round_down_and_compare_exactly(done, people, expected):
    lines = summary_lines(City(situations.shares(done, people, 100, 99)), date(2024, 1, 1))
    by_target = {line[1]: line[-2:] for line in lines if line[0] == "STAD"}
    share, met_100, met_99 = expected
    assert by_target == {"T100": (share, met_100), "T99": (share, met_99)}


def test_months_are_clipped_to_the_last_day():
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(date(2022, 8, 31), 6) == date(2023, 2, 28)
    assert months_later(date(2022, 12, 15), 13) == date(2024, 1, 15)


def test_audience_text_is_read():
    assert parse_audience('befattning!="Chef, enhet",x ; chef=ja | enhet=A') == [
        (Condition("befattning", True, ("Chef, enhet", "x")), Condition("chef", False, ("ja",))),
        (Condition("enhet", False, ("A",)),),
    ]
    assert parse_audience("  ") == []


def test_leaves_that_touch_are_one_and_push_the_due_date():
    absences = [
        {"person_id": "A", "fran": "2022-11-01", "till": "2022-11-15", "typ": "vård"},
        {"person_id": "A", "fran": "2022-11-16", "till": "2022-11-30", "typ": "vård"},
    ]
    reading = City(
        city(
            units=[unit("SDN", "2000-01-01")],
            staff=[employment("A", "SDN", "2022-01-10")],
            targets=[target(senast="2022-11-20")],
            absence=absences,
        )
    )
    assert status_lines(reading, date(2022, 11, 1))[0][2] == "undantagen"
    assert status_lines(reading, date(2022, 11, 30))[0][2::3] == ("undantagen", "2022-11-20")
    assert status_lines(reading, date(2022, 12, 30))[0][2::3] == ("ej_paborjad", "2022-12-30")
    assert status_lines(reading, date(2022, 12, 31))[0][2] == "forsenad"


def test_a_withdrawn_row_is_known_until_its_withdrawal():
    withdrawn = {**situations.completion("A", "GRUND", "2024-04-20"), "aterkallad": "ja"}
    moment = datetime(2024, 7, 1, tzinfo=UTC)
    batches = [*situations.ENTERED_LATE, Batch("completions", (withdrawn,), moment)]
    on = date(2024, 6, 15)
    assert status_lines(City(batches), on)[0][2] == "ej_paborjad"
    assert status_lines(City(batches, moment - timedelta(seconds=1)), on)[0][2] == "klar"
    assert status_lines(City(batches, FIRST_LOAD), on)[0][2] == "ej_paborjad"
