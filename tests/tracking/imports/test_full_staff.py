"""`import_staff --full --as-of DATE`: the file is all of that day's workforce (STATUS.md 2)."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.tracking.commands import load, run_import
from tests.tracking.imports.base_city import later, names_place, picture, refusal, write
from tests.tracking.imports.full_staff_model import (
    Period,
    after_full,
    as_period,
    key,
    overlapping,
)
from tests.tracking.rows import Batch, Row
from tests.tracking.status.situations import FIRST_LOAD, city, employment, unit
from tracking.models import Employment, Person

ON = date(2024, 3, 1)
FULL = ("--full", "--as-of", ON.isoformat())
UNITS = [unit("SDN-FARSTA", "2000-01-01"), unit("SDN-BROMMA", "2000-01-01")]


def stored() -> set[Period]:
    """The employments known now, with both ends included."""
    return {
        (
            found.person.person_id,
            found.unit_code,
            found.valid_from,
            found.valid_to - timedelta(days=1) if found.valid_to else None,
        )
        for found in Employment.objects.known_now().select_related("person")
    }


def crowd(count: int) -> list[Row]:
    """So many people with an open employment, none of whom the tests touch."""
    return [employment(f"P{number:02}", "SDN-BROMMA", "2020-01-01") for number in range(count)]


def begin(folder: Path, staff: list[Row]) -> None:
    for batch in city(units=UNITS, staff=staff, targets=[]):
        if batch.rows:
            load(folder, batch)


@pytest.fixture
def full(tmp_path):
    """Load what was known, then a full file; returns what is stored of A's employments."""

    def run(known: list[Row], file: list[Row], *options: str) -> set[tuple[Any, ...]]:
        begin(tmp_path, [*crowd(20), *known])
        path = write(tmp_path, "staff", [*crowd(20), *file])
        run_import("staff", path, *FULL, *options)
        return {period[1:] for period in stored() if period[0] == "A"}

    return run


@pytest.mark.django_db
class TestOneEmployment:
    def test_one_the_file_lacks_is_ended_the_day_before(self, full):
        known = [employment("A", "SDN-FARSTA", "2022-01-10")]
        assert full(known, []) == {("SDN-FARSTA", date(2022, 1, 10), date(2024, 2, 29))}

    @pytest.mark.parametrize("till", ["2024-03-01", "2024-12-31"])
    def test_one_that_would_have_ended_later_is_ended_too(self, full, till):
        known = [employment("A", "SDN-FARSTA", "2022-01-10", till)]
        assert full(known, []) == {("SDN-FARSTA", date(2022, 1, 10), date(2024, 2, 29))}

    @pytest.mark.parametrize("till", ["2024-02-29", "2022-12-31"])
    def test_one_that_ended_before_stays(self, full, till):
        known = [employment("A", "SDN-FARSTA", "2022-01-10", till)]
        ended = date.fromisoformat(till)
        assert full(known, []) == {("SDN-FARSTA", date(2022, 1, 10), ended)}

    @pytest.mark.parametrize("fran", ["2024-03-01", "2024-09-01"])
    def test_one_that_had_not_begun_is_withdrawn(self, full, fran):
        assert full([employment("A", "SDN-FARSTA", fran)], []) == set()

    def test_one_that_began_the_day_before_had_one_day(self, full):
        known = [employment("A", "SDN-FARSTA", "2024-02-29")]
        assert full(known, []) == {("SDN-FARSTA", date(2024, 2, 29), date(2024, 2, 29))}

    @pytest.mark.parametrize("fran", ["2022-01-17", "2021-11-01", "2024-03-01", "2024-06-01"])
    def test_one_with_a_wrong_start_is_corrected(self, full, fran):
        known = [employment("A", "SDN-FARSTA", "2022-01-10")]
        file = [employment("A", "SDN-FARSTA", fran)]
        assert full(known, file) == {("SDN-FARSTA", date.fromisoformat(fran), None)}

    def test_a_row_in_another_unit_corrects_nothing(self, full):
        known = [employment("A", "SDN-FARSTA", "2022-01-10")]
        file = [employment("A", "SDN-BROMMA", "2024-03-01")]
        assert full(known, file) == {
            ("SDN-FARSTA", date(2022, 1, 10), date(2024, 2, 29)),
            ("SDN-BROMMA", date(2024, 3, 1), None),
        }

    def test_a_row_after_the_end_corrects_nothing(self, full):
        known = [employment("A", "SDN-FARSTA", "2022-01-10", "2024-05-31")]
        file = [employment("A", "SDN-FARSTA", "2024-06-01")]
        assert full(known, file) == {
            ("SDN-FARSTA", date(2022, 1, 10), date(2024, 2, 29)),
            ("SDN-FARSTA", date(2024, 6, 1), None),
        }

    def test_one_in_the_file_is_what_the_file_says(self, full):
        known = [employment("A", "SDN-FARSTA", "2022-01-10", "2023-12-31")]
        file = [employment("A", "SDN-FARSTA", "2022-01-10", "2024-06-30")]
        assert full(known, file) == {("SDN-FARSTA", date(2022, 1, 10), date(2024, 6, 30))}


@pytest.mark.django_db
def test_without_full_what_the_file_lacks_stays(tmp_path):
    begin(tmp_path, crowd(3))
    before = stored()
    run_import("staff", write(tmp_path, "staff", crowd(1)))
    assert stored() == before


@pytest.mark.django_db
def test_the_same_full_file_twice_changes_nothing_the_second_time(tmp_path):
    begin(tmp_path, crowd(20))
    path = write(tmp_path, "staff", crowd(19))
    run_import("staff", path, *FULL)
    before = picture()
    run_import("staff", path, *FULL)
    assert picture() == before


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "missing", "taken"), [(20, 2, True), (20, 3, False)])
def test_no_more_than_a_tenth_of_those_open_may_end(tmp_path, people, missing, taken):
    gone = [
        employment(f"G{number:02}", "SDN-FARSTA", "2020-01-01", "2024-02-29")
        for number in range(20)
    ]
    begin(tmp_path, [*crowd(people), *gone])
    before = picture()
    path = write(tmp_path, "staff", crowd(people)[missing:])
    said = refusal("staff", path, *FULL)
    assert (said is None) == taken
    assert (picture() == before) == (not taken)
    run_import("staff", path, *FULL, "--force")
    still_open = [period for period in stored() if period[3] is None]
    assert len(still_open) == people - missing


@pytest.mark.django_db
def test_withdrawn_ones_count_towards_the_tenth_and_corrected_ones_do_not(tmp_path):
    begin(tmp_path, [*crowd(8), *[employment(f"N{n}", "SDN-FARSTA", "2024-06-01") for n in "12"]])
    corrected = [{**row, "fran": "2020-02-01"} for row in crowd(8)]
    future = [employment("N1", "SDN-FARSTA", "2024-06-01")]
    run_import("staff", write(tmp_path, "staff", [*corrected, *future]), *FULL)
    assert len(stored()) == 9
    more = [employment("N3", "SDN-FARSTA", "2024-06-01")]
    run_import("staff", write(tmp_path, "staff", more))
    assert refusal("staff", write(tmp_path, "staff", corrected), *FULL) is not None


@pytest.mark.django_db
def test_a_dry_run_of_a_full_file_changes_nothing(tmp_path):
    begin(tmp_path, crowd(20))
    before = picture()
    run_import("staff", write(tmp_path, "staff", crowd(19)), *FULL, "--dry-run")
    assert picture() == before


@pytest.mark.django_db
def test_a_full_file_with_a_bad_row_ends_nobody(tmp_path):
    begin(tmp_path, crowd(20))
    before = picture()
    bad = {**crowd(1)[0], "chef": "kanske"}
    path = write(tmp_path, "staff", [bad, *crowd(20)[2:]])
    assert names_place(refusal("staff", path, *FULL) or "", 2, "chef", "kanske")
    assert picture() == before


@pytest.mark.django_db
def test_the_day_is_today_unless_told_otherwise(tmp_path):
    begin(tmp_path, crowd(20))
    path = write(tmp_path, "staff", crowd(20)[1:])
    run_import("staff", path, "--full", "--today", "2024-07-02")
    assert {period[3] for period in stored()} == {None, date(2024, 7, 1)}


@pytest.mark.django_db
def test_what_was_known_before_a_full_file_is_still_known(tmp_path):
    begin(tmp_path, crowd(20))
    moment = (FIRST_LOAD + timedelta(days=1)).isoformat()
    path = write(tmp_path, "staff", crowd(20)[1:])
    run_import("staff", path, *FULL, "--recorded-at", moment)
    before = Employment.objects.known_at(FIRST_LOAD).filter(valid_to=None)
    assert before.count() == 20
    assert Employment.objects.known_now().filter(valid_to=None).count() == 19


DAYS = [ON + timedelta(days=days) for days in (-400, -60, -31, -1, 0, 1, 30, 200)]


@st.composite
def some_staff(draw: Any, kept: bool) -> list[Row]:
    """A few employments of two people in two units, without overlaps where `kept` asks so."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 5))):
        first = draw(st.sampled_from(DAYS))
        last = draw(st.sampled_from([None, None, *(each for each in DAYS if each >= first)]))
        row = employment(
            draw(st.sampled_from("AB")),
            draw(st.sampled_from(["SDN-FARSTA", "SDN-BROMMA"])),
            first.isoformat(),
            last.isoformat() if last else "",
        )
        if key(row) not in {key(each) for each in rows}:
            rows.append(row)
        if kept and overlapping(rows):
            rows.pop()
    return rows


@pytest.mark.slow
class TestAgainstModel(TestCase):
    """Random full files over random employments, against the obvious reading."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(known=some_staff(kept=True), file=some_staff(kept=False), forced=st.booleans())
    def test_a_full_file_leaves_what_the_second_reading_says(
        self, known: list[Row], file: list[Row], forced: bool
    ) -> None:
        after, ended, open_before = after_full(known, file, ON)
        refused = overlapping(after) or (ended * 10 > open_before and not forced)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            load(folder, Batch("organisation", (*_root(), *UNITS), FIRST_LOAD))
            if known:
                load(folder, later("staff", *known))
            before = stored()
            note(f"{before=}")
            path = write(folder, "staff", file)
            options = [*FULL, *(["--force"] if forced else [])]
            said = refusal("staff", path, *options)
            assert (said is not None) == refused, said
            expected = before if refused else {as_period(row) for row in after}
            assert stored() == expected


def _root() -> list[Row]:
    return [{"kod": "STAD", "namn": "Staden", "typ": "kommun", "fran": "2000-01-01"}]


@pytest.mark.django_db
def test_an_employment_that_a_full_file_ends_still_protects(tmp_path: Path) -> None:
    hidden = [
        employment("A", "SDN-BROMMA", "2020-01-01", skyddad="ja"),
        employment("A", "SDN-FARSTA", "2020-01-01"),
    ]
    begin(tmp_path, [*crowd(20), *hidden])
    for _time in range(2):  # the next file knows even less of why
        load(tmp_path, later("staff", *crowd(20), hidden[1]), *FULL)
    assert stored() >= {("A", "SDN-BROMMA", date(2020, 1, 1), ON - timedelta(days=1))}
    assert Person.objects.get(person_id="A").protected
