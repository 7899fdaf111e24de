"""Every refusal of STATUS.md 8 and every malformed value of STATUS.md 2, through the commands."""

from datetime import timedelta

import pytest

from foundation.intervals import today
from tests.tracking.imports.base_city import (
    GOOD,
    names_place,
    picture,
    refusal,
    write,
)
from tests.tracking.rows import Row
from tests.tracking.status.situations import CITY, completion, employment, target, unit

pytestmark = pytest.mark.django_db

PERSONAL_NUMBERS = [
    "19800229-1234",
    "198002291234",
    "800229-1234",
    "8002291234",
    "19121212+1212",
    "121212+1212",
    "19800289-1234",
    "19800229 1234",
    " 19800229-1234 ",
    "19800229–1234",
]
BAD_DATES = ["2023-02-30", "20230201", "2023-2-1", "01/02/2023", "i går", "2023-02-01T00:00"]
BAD_AUDIENCES = [
    "enhet",
    "enhet=",
    "=SDN-FARSTA",
    "enhet=SDN-FARSTA;",
    "enhet=SDN-FARSTA;;chef=ja",
    "enhet=SDN-FARSTA |",
    "| enhet=SDN-FARSTA",
    "enhet=SDN-FARSTA | | chef=ja",
    'befattning="Chef',
    "enhet=SDN-FARSTA,",
    "enhet=,SDN-FARSTA",
    "avdelning=SDN-FARSTA",
    "Enhet=SDN-FARSTA",
    "chef=kanske",
    "enhet>SDN-FARSTA",
]
BAD_COURSES = ["", "GRUND+", "+GRUND", "|GRUND", "GRUND|", "GRUND||HEDER", "GRUND++HEDER", "+"]

MALFORMED: list[tuple[str, str, str]] = [
    # kind, column, value
    *(("organisation", "fran", value) for value in BAD_DATES),
    *((kind, "till", "2023-02-30") for kind in ("organisation", "staff", "absence", "targets")),
    *((kind, "till", "2023-02-30") for kind in ("exemptions", "duties")),
    *((kind, "fran", "2023-13-01") for kind in ("staff", "absence", "targets", "exemptions")),
    *((kind, "datum", "2023-02-30") for kind in ("starts", "completions")),
    ("duties", "fran", "31 mars"),
    ("targets", "senast", "2023-06-31"),
    *((kind, "fran", "") for kind in ("organisation", "staff", "absence", "exemptions", "duties")),
    *((kind, "datum", "") for kind in ("starts", "completions")),
    *((kind, "kod", "") for kind in ("organisation", "courses", "targets")),
    *((kind, "person_id", "") for kind in ("staff", "absence", "starts", "exemptions", "duties")),
    ("staff", "enhet", ""),
    ("staff", "chef", "kanske"),
    ("staff", "skyddad", "x"),
    ("targets", "antagande", "1"),
    ("absence", "aterkallad", "kanske"),
    ("organisation", "typ", "förvaltning"),
    ("organisation", "typ", ""),
    ("courses", "form", "film"),
    ("courses", "minuter", "en timme"),
    ("courses", "minuter", "-5"),
    ("completions", "kalla", "muntligt"),
    ("duties", "roll", "kung"),
    ("targets", "niva", "måste"),
    ("targets", "andel", "101"),
    ("targets", "andel", "-1"),
    ("targets", "andel", "nittio"),
    ("targets", "dagar_nyanstalld", "-1"),
    ("targets", "dagar_nyanstalld", "snart"),
    ("targets", "giltighet_manader", "0"),
    ("targets", "giltighet_manader", "-6"),
    ("targets", "giltighet_manader", "två år"),
    *(("staff", "person_id", value) for value in PERSONAL_NUMBERS),
    *(("targets", "omfattar", value) for value in BAD_AUDIENCES),
    *(("targets", "kurser", value) for value in BAD_COURSES),
]


@pytest.fixture
def city(base_city, tmp_path):
    return tmp_path


@pytest.mark.parametrize(("kind", "column", "value"), MALFORMED)
def test_a_malformed_value_is_refused_with_its_place(city, kind, column, value):
    before = picture()
    path = write(city, kind, [GOOD[kind], _another(kind, **{column: value})])
    said = refusal(kind, path)
    assert said is not None
    assert names_place(said, 3, column, value.strip()), said
    assert picture() == before


def _another(kind: str, **spoiled: str) -> Row:
    """A second row of the kind with another key, and one column spoiled."""
    other = {
        "organisation": {"kod": "E-NY2"},
        "staff": {"person_id": "D", "epost": "d@exempel.se"},
        "absence": {"fran": "2023-05-01", "till": "2023-05-10"},
        "courses": {"kod": "NY2"},
        "targets": {"kod": "T-NY2"},
        "starts": {"kurs": "FORDJUP"},
        "completions": {"kurs": "FORDJUP"},
        "exemptions": {"mal": "T-SEN"},
        "duties": {"roll": "stallforetradare"},
    }
    return {**GOOD[kind], **other[kind], **spoiled}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_the_unspoiled_rows_are_taken(city, kind):
    before = picture()
    assert refusal(kind, write(city, kind, [GOOD[kind], _another(kind)])) is None
    assert len(picture()["FactBatch"]) == len(before["FactBatch"]) + 1


@pytest.mark.parametrize("kind", ["organisation", "staff", "absence", "targets", "exemptions"])
def test_an_end_before_the_beginning_is_refused(city, kind):
    before = picture()
    row = {**GOOD[kind], "fran": "2022-05-02", "till": "2022-05-01"}
    said = refusal(kind, write(city, kind, [row]))
    assert said is not None
    assert names_place(said, 2, "till", "2022-05-01"), said
    assert picture() == before


def test_an_end_before_the_beginning_of_a_duty_is_refused(city):
    row = {**GOOD["duties"], "till": "2023-07-31"}
    assert names_place(refusal("duties", write(city, "duties", [row])) or "", 2, "till")


ENDED_ROOT = {**CITY, "till": "2023-12-31"}
ORGANISATIONS: dict[str, tuple[list[Row], str]] = {
    "a parent nobody knows": ([unit("X", "2020-01-01", overordnad="FINNS-EJ")], "FINNS-EJ"),
    "a parent that ended before": ([unit("X", "2024-01-01", overordnad="SDN-RK")], "SDN-RK"),
    "a parent that ends within": ([unit("X", "2022-01-01", overordnad="SDN-RK")], "SDN-RK"),
    "a parent that ends a day too soon": (
        [unit("X", "2022-01-01", "2023-07-01", overordnad="SDN-RK")],
        "SDN-RK",
    ),
    "a parent that begins within": (
        [unit("X", "2023-06-30", overordnad="SDN-JARVA")],
        "SDN-JARVA",
    ),
    "a parent with a day missing": (
        [
            unit("P", "2020-01-01", "2020-12-31"),
            unit("P", "2021-01-02"),
            unit("X", "2020-01-01", overordnad="P"),
        ],
        "P",
    ),
    "its own parent": ([unit("X", "2020-01-01", overordnad="X")], "X"),
    "parents in a circle": (
        [
            unit("X", "2020-01-01", overordnad="Y"),
            unit("Y", "2020-01-01", overordnad="Z"),
            unit("Z", "2020-01-01", overordnad="X"),
        ],
        "X",
    ),
    "parents in a circle during a year": (
        [
            unit("X", "2020-01-01", "2020-12-31"),
            unit("X", "2021-01-01", "2021-12-31", overordnad="Y"),
            unit("X", "2022-01-01"),
            unit("Y", "2021-01-01", "2021-12-31", overordnad="X"),
        ],
        "X",
    ),
    "its own successor": ([unit("X", "2020-01-01", "2020-12-31", ersatts_av="X")], "X"),
    "successors in a circle": (
        [
            unit("X", "2020-01-01", "2020-12-31", ersatts_av="Y"),
            unit("Y", "2020-01-01", "2021-12-31", ersatts_av="X"),
        ],
        "X",
    ),
    "an unknown successor": (
        [unit("X", "2020-01-01", "2020-12-31", ersatts_av="FINNS-EJ")],
        "FINNS-EJ",
    ),
    "two periods of one code that share a day": (
        [unit("X", "2020-01-01", "2021-06-01"), unit("X", "2021-06-01")],
        "2021-06-01",
    ),
    "two open periods of one code": (
        [unit("X", "2020-01-01"), unit("X", "2021-06-01")],
        "2021-06-01",
    ),
    "a period over one that is known": ([unit("SDN-FARSTA", "2010-01-01")], "2010-01-01"),
    "a second root": ([unit("X", "2020-01-01", "2020-01-01", overordnad="")], "X"),
    "a successor withdrawn": (
        [{**unit("SDN-JARVA", "2023-07-01"), "aterkallad": "ja"}],
        "SDN-JARVA",
    ),
    "a parent cut short": ([unit("SDN-FARSTA", "2000-01-01", "2022-01-01")], "SDN-FARSTA"),
}


@pytest.mark.parametrize("case", sorted(ORGANISATIONS))
def test_an_organisation_that_does_not_hold_together_is_refused(city, case):
    rows, named = ORGANISATIONS[case]
    before = picture()
    said = refusal("organisation", write(city, "organisation", rows))
    assert said is not None
    assert named in said
    assert picture() == before


@pytest.mark.parametrize(
    "rows",
    [
        [employment("A", "SDN-FARSTA", "2023-01-01")],
        [
            employment("C", "SDN-RK", "2022-01-01", "2022-05-01"),
            employment("C", "SDN-RK", "2022-05-01"),
        ],
    ],
    ids=["over one that is known", "within the file"],
)
def test_overlapping_periods_of_a_person_in_a_unit_are_refused(city, rows):
    before = picture()
    said = refusal("staff", write(city, "staff", rows))
    assert names_place(said or "", 2, "fran", rows[0]["fran"]), said
    assert picture() == before


def test_an_overlap_that_the_same_file_takes_away_is_no_overlap(city):
    old = {**employment("A", "SDN-FARSTA", "2022-01-10"), "aterkallad": "ja"}
    new = employment("A", "SDN-FARSTA", "2022-01-17")
    assert refusal("staff", write(city, "staff", [old, new])) is None


UNKNOWN = [
    ("targets", "kurser", "FINNS-EJ"),
    ("targets", "kurser", "GRUND+FINNS-EJ|HEDER"),
    ("targets", "kurser", "grund"),
    ("starts", "kurs", "FINNS-EJ"),
    ("completions", "kurs", "FINNS-EJ"),
    ("exemptions", "mal", "FINNS-EJ"),
    ("absence", "person_id", "Ö"),
    ("starts", "person_id", "Ö"),
    ("completions", "person_id", "Ö"),
    ("exemptions", "person_id", "Ö"),
    ("duties", "person_id", "Ö"),
    ("duties", "person_id", "a"),
]


@pytest.mark.parametrize(("kind", "column", "value"), UNKNOWN)
def test_what_is_not_known_is_refused(city, kind, column, value):
    before = picture()
    said = refusal(kind, write(city, kind, [{**GOOD[kind], column: value}]))
    assert said is not None
    unknown = "FINNS-EJ" if "FINNS-EJ" in value else value
    assert names_place(said, 2, column, unknown), said
    assert picture() == before


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("courses", {"kod": "GRUND", "namn": "Grund", "form": "extern_webb"}),
        ("targets", target("T", kurser="HEDER|GRUND+FORDJUP")),
    ],
)
def test_what_others_refer_to_cannot_be_withdrawn(city, kind, row):
    before = picture()
    said = refusal(kind, write(city, kind, [{**row, "aterkallad": "ja"}]))
    assert said is not None
    assert row["kod"] in said
    assert picture() == before


@pytest.mark.parametrize(
    ("text", "character"),
    [("chef=ja; avdelning=X", 10), ("enhet=SDN-FARSTA;;chef=ja", 18), ("avdelning=X", 1)],
)
def test_the_message_points_at_the_character_of_an_audience(city, text, character):
    row = {**GOOD["targets"], "omfattar": text}
    said = refusal("targets", write(city, "targets", [row]))
    assert names_place(said or "", 2, "omfattar", str(character)), said


@pytest.mark.parametrize(("ahead", "taken"), [(0, True), (1, True), (2, False)])
def test_a_completion_may_be_dated_one_day_ahead(city, ahead, taken):
    datum = (today() + timedelta(days=ahead)).isoformat()
    before = picture()
    said = refusal("completions", write(city, "completions", [completion("A", "HEDER", datum)]))
    assert (said is None) == taken
    assert (picture() == before) == (not taken)
    assert taken or names_place(said or "", 2, "datum", datum)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_two_rows_of_one_key_that_differ_are_refused(city, kind):
    changed = {
        "organisation": {"namn": "Annat"},
        "staff": {"befattning": "Annan"},
        "absence": {"till": "2023-04-10"},
        "courses": {"namn": "Annat"},
        "targets": {"andel": "80"},
        "starts": {"datum": "2023-02-02"},
        "completions": {"resultat": "väl godkänd"},
        "exemptions": {"skal": "Annat skäl"},
        "duties": {"till": "2023-12-31"},
    }
    before = picture()
    path = write(city, kind, [GOOD[kind], {**GOOD[kind], **changed[kind]}])
    said = refusal(kind, path)
    assert said is not None
    assert names_place(said, 3), said
    assert picture() == before


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_two_equal_rows_are_one(city, kind):
    assert refusal(kind, write(city, kind, [GOOD[kind], GOOD[kind]])) is None


def test_a_row_that_both_says_and_withdraws_is_refused(city):
    row = GOOD["absence"]
    path = write(city, "absence", [row, {**row, "aterkallad": "ja"}])
    assert names_place(refusal("absence", path) or "", 3)


def test_every_bad_row_is_reported_in_one_run(city):
    rows = [
        {**GOOD["staff"], "chef": "kanske"},
        GOOD["staff"],
        {**GOOD["staff"], "person_id": "19800229-1234", "fran": "2023-02-30"},
        {**GOOD["staff"], "person_id": "E", "fran": "2023-02-01", "till": "2023-01-31"},
        {**GOOD["staff"], "person_id": "A", "fran": "2023-01-01"},
    ]
    said = refusal("staff", write(city, "staff", rows)) or ""
    assert names_place(said, 2, "chef", "kanske")
    assert names_place(said, 4, "person_id", "19800229-1234")
    assert names_place(said, 4, "fran", "2023-02-30")
    assert names_place(said, 5, "till", "2023-01-31")
    assert not names_place(said, 3, "rad 3")


def test_an_employment_in_an_unknown_unit_is_taken(city):
    row = {**GOOD["staff"], "enhet": "HR-HANN-FORE"}
    assert refusal("staff", write(city, "staff", [row])) is None
