"""How files may look, and what an import does and leaves undone (STATUS.md 2)."""

import csv
import unicodedata
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from tests.tracking.commands import COLUMNS, Dialect, load, run_import
from tests.tracking.imports.base_city import (
    BASE,
    GOOD,
    later,
    names_place,
    picture,
    refusal,
    write,
)
from tests.tracking.rows import KEYS
from tests.tracking.status.situations import CITY, completion, employment
from tracking.models import Completion, Employment, Person, Target

pytestmark = pytest.mark.django_db

MOMENT = BASE[-1].recorded_at


@pytest.fixture
def city(base_city, tmp_path):
    return tmp_path


def swedish_staff():
    return employment(
        "Å1",
        "SDN-FARSTA",
        "2022-01-10",
        fornamn="Åsa",
        efternamn='Öberg "Ö"; x, y',
        befattning="Handläggare\tsocialtjänst",
    )


DIALECTS = [
    Dialect(delimiter, encoding, line_end, quote_all, reverse_columns)
    for delimiter in (";", ",", "\t")
    for encoding in ("utf-8", "utf-8-sig", "cp1252")
    for line_end, quote_all, reverse_columns in (("\r\n", False, True), ("\n", True, False))
]


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_a_file_may_be_saved_in_many_ways(city, dialect):
    run_import("staff", write(city, "staff", [swedish_staff()], dialect))
    person = Person.objects.get(person_id="Å1")
    assert (person.first_name, person.last_name) == ("Åsa", 'Öberg "Ö"; x, y')
    assert Employment.objects.known_now().get(person=person).position.startswith("Handläggare")


def test_text_is_composed_and_trimmed(city):
    row = employment("C", " SDN-FARSTA ", "2022-01-10", befattning="  Handläggare ")
    decomposed = {name: unicodedata.normalize("NFD", text) for name, text in row.items()}
    run_import("staff", write(city, "staff", [decomposed]))
    found = Employment.objects.known_now().get(person__person_id="C")
    assert (found.unit_code, found.position) == ("SDN-FARSTA", "Handläggare")


def test_an_unknown_column_is_ignored_with_a_warning(city):
    row = {**GOOD["absence"], "orsakskod": "17"}
    assert "orsakskod" in run_import("absence", write(city, "absence", [row]))
    assert len(picture()["Absence"]) == 2


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_a_file_without_a_key_column_is_refused(city, kind):
    for column in set(KEYS[kind]) - {"kalla"}:
        path = city / "utan.csv"
        kept = [name for name in COLUMNS[kind] if name != column]
        lines = [kept, [GOOD[kind].get(name, "") for name in kept]]
        path.write_text("\r\n".join(";".join(line) for line in lines), encoding="utf-8")
        before = picture()
        assert column in (refusal(kind, path) or "")
        assert picture() == before


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_the_same_file_twice_changes_nothing_the_second_time(city, kind):
    path = write(city, kind, [GOOD[kind]])
    run_import(kind, path)
    before = picture()
    run_import(kind, path)
    assert picture() == before


def test_a_whole_city_twice_changes_nothing_the_second_time(city):
    before = picture()
    for batch in BASE:
        load(city, batch)
    assert picture() == before


def test_a_withdrawal_twice_changes_nothing_the_second_time(city):
    row = {**completion("A", "GRUND", "2022-05-01"), "aterkallad": "ja"}
    path = write(city, "completions", [row])
    run_import("completions", path)
    assert not Completion.objects.known_now().exists()
    before = picture()
    run_import("completions", path)
    assert picture() == before


def test_aterkallad_nej_withdraws_nothing(city):
    before = picture()
    row = {**completion("A", "GRUND", "2022-05-01"), "aterkallad": "nej"}
    run_import("completions", write(city, "completions", [row]))
    assert picture() == before


def test_a_correction_keeps_what_was_known_before(city):
    row = completion("A", "GRUND", "2022-05-01", resultat="väl godkänd")
    load(city, later("completions", row))
    old, new = Completion.objects.order_by("pk")
    assert (old.result, new.result) == ("", "väl godkänd")
    assert old.batch_out == new.batch_in
    assert new.batch_out is None


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_dry_run_changes_nothing(city, kind):
    before = picture()
    assert run_import(kind, write(city, kind, [GOOD[kind]]), "--dry-run").strip()
    assert picture() == before


def test_a_dry_run_refuses_what_the_run_would(city):
    path = write(city, "absence", [{**GOOD["absence"], "fran": "2023-02-30"}])
    assert names_place(refusal("absence", path, "--dry-run") or "", 2, "fran", "2023-02-30")


def test_partial_takes_the_good_rows_and_reports_the_bad(city):
    bad = {**GOOD["absence"], "person_id": "Ö"}
    bad_too = {**GOOD["absence"], "fran": "2023-02-30"}
    path = write(city, "absence", [bad, GOOD["absence"], bad_too])
    try:
        said = run_import("absence", path, "--partial")
    except CommandError as error:
        said = str(error)
    assert len(picture()["Absence"]) == 2
    assert names_place(said, 2, "person_id", "Ö"), said
    assert names_place(said, 4, "fran", "2023-02-30"), said


def test_partial_leaves_both_rows_of_a_key_that_differ_out(city):
    path = write(city, "absence", [GOOD["absence"], {**GOOD["absence"], "till": "2023-04-10"}])
    try:
        run_import("absence", path, "--partial")
    except CommandError as error:
        assert names_place(str(error), 3)
    assert len(picture()["Absence"]) == 1


def test_partial_is_not_for_the_organisation(city):
    before = picture()
    path = write(city, "organisation", [GOOD["organisation"]])
    assert refusal("organisation", path, "--partial") is not None
    assert picture() == before


def test_bad_rows_are_also_written_to_a_csv_of_errors(city):
    rows = [{**GOOD["staff"], "chef": "kanske"}, {**GOOD["staff"], "person_id": "800229-1234"}]
    errors = city / "fel.csv"
    assert refusal("staff", write(city, "staff", rows), "--errors", str(errors)) is not None
    text = errors.read_bytes().decode("utf-8-sig")
    header, first, second = list(csv.reader(text.splitlines(), delimiter=";"))
    assert {"2", "chef", "kanske"} <= set(first)
    assert {"3", "person_id", "800229-1234"} <= set(second)
    assert len(header) == len(first) == len(second)


def test_a_workbook_is_read_like_a_csv(city):
    row = {
        **GOOD["targets"],
        "senast": date(2024, 12, 31),
        "fran": datetime(2023, 1, 1),
        "dagar_nyanstalld": 90,
        "giltighet_manader": 24.0,
        "andel": "90",
        "till": None,
    }
    book = Workbook()
    sheet = book.active
    sheet.append([*COLUMNS["targets"], None])
    sheet.append([row.get(name) for name in COLUMNS["targets"]])
    sheet.append([None] * len(COLUMNS["targets"]))
    path = city / "kunskapsmal.xlsx"
    book.save(path)
    run_import("targets", path)
    found = Target.objects.known_now().get(code="T-NY")
    assert (found.due_on, found.valid_from) == (date(2024, 12, 31), date(2023, 1, 1))
    assert (found.days_new_employee, found.validity_months, found.share) == (90, 24, 90)


def test_a_workbooks_bad_row_is_reported_with_its_line(city):
    book = Workbook()
    sheet = book.active
    sheet.append(["person_id", "fran", "till", "typ"])
    sheet.append(["A", date(2023, 3, 1), date(2023, 3, 10), "vård"])
    sheet.append(["A", date(2023, 5, 1), "snart", "vård"])
    path = city / "franvaro.xlsx"
    book.save(path)
    before = picture()
    assert names_place(refusal("absence", path) or "", 3, "till", "snart")
    assert picture() == before


def test_an_earlier_moment_is_refused_and_the_same_allowed(city):
    path = write(city, "absence", [GOOD["absence"]])
    before = picture()
    earlier = (MOMENT - timedelta(microseconds=1)).isoformat()
    assert refusal("absence", path, "--recorded-at", earlier) is not None
    assert picture() == before
    run_import("absence", path, "--recorded-at", MOMENT.isoformat())
    assert picture()["FactBatch"][-1] != before["FactBatch"][-1]


@pytest.mark.parametrize("moment", ["2025-01-01T12:00:00", "2025-01-01", "nu", "2025-13-01T12:00Z"])
def test_a_moment_is_iso_8601_with_offset(city, moment):
    path = write(city, "absence", [GOOD["absence"]])
    before = picture()
    assert refusal("absence", path, "--recorded-at", moment) is not None
    assert picture() == before


def test_an_offset_is_heeded(city):
    """10:00 in Stockholm's summer is 08:00 UTC: the same moment as the last batch."""
    path = write(city, "absence", [GOOD["absence"]])
    assert refusal("absence", path, "--recorded-at", "2024-05-01T09:59:59+02:00") is not None
    run_import("absence", path, "--recorded-at", "2024-05-01T10:00:00+02:00")
    assert len(picture()["Absence"]) == 2


def test_a_provider_may_name_people_by_their_mail(city):
    load(city, later("staff", GOOD["staff"]))
    lines = ["epost;kurs;datum;kalla", "C@exempel.se;HEDER;2023-05-01;intyg"]
    path = city / "leverantor.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    run_import("completions", path)
    found = Completion.objects.known_now().get(course_code="HEDER")
    assert found.person.person_id == "C"


def test_mail_that_matches_nobody_or_several_waits(city):
    twin = employment("C2", "SDN-FARSTA", "2022-01-10", epost="c@exempel.se")
    load(city, later("staff", GOOD["staff"], twin))
    lines = [
        "epost;kurs;datum;kalla",
        "c@exempel.se;HEDER;2023-05-01;intyg",
        "ingen@exempel.se;HEDER;2023-05-01;intyg",
        "a@exempel.se;HEDER;2023-05-01;intyg",
    ]
    path = city / "leverantor.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    run_import("completions", path)
    taken = Completion.objects.known_now().filter(course_code="HEDER")
    assert [each.person.person_id for each in taken] == ["A"]
    assert len(picture()["PendingCompletion"]) == 2
    before = picture()
    run_import("completions", path)
    assert picture() == before


def test_several_files_may_be_given(city):
    first = write(city, "absence", [GOOD["absence"]])
    second = first.rename(city / "en.csv")
    path = write(city, "absence", [{**GOOD["absence"], "fran": "2023-03-02"}])
    run_import("absence", second, str(path))
    assert len(picture()["Absence"]) == 3


def test_empty_lines_and_a_file_with_only_a_header_change_nothing(city):
    before = picture()
    path = city / "tom.csv"
    path.write_text("person_id;fran;till;typ\r\n;;;\r\n\r\n", encoding="utf-8")
    run_import("absence", path)
    assert picture() == before


def test_defaults_of_empty_columns(city):
    row = {"kod": "T-KORT", "namn": "Kort", "kurser": "HEDER", "omfattar": ""}
    run_import("targets", write(city, "targets", [row]))
    found = Target.objects.known_now().get(code="T-KORT")
    assert (found.share, found.level, found.is_assumption) == (100, "ska", False)
    assert (found.valid_from, found.valid_to, found.due_on) == (None, None, None)


def test_protection_by_one_running_employment_is_enough(city):
    """If any current source says `ja`, it is `ja`."""
    rows = [
        employment("C", "SDN-FARSTA", "2022-01-10", skyddad="nej"),
        employment("C", "SDN-RK", "2022-01-10", skyddad="ja"),
        employment("C", "E-BARN", "2022-01-10", skyddad="nej"),
    ]
    load(city, later("staff", *rows))
    assert Person.objects.get(person_id="C").protected
    load(city, later("staff", {**rows[0], "befattning": "Chef"}))
    assert Person.objects.get(person_id="C").protected
    load(city, later("staff", {**rows[1], "skyddad": "nej"}))
    assert not Person.objects.get(person_id="C").protected


def test_the_root_may_be_renamed(city):
    """Two rows of one code follow on each other; the second has another name."""
    rows = [{**CITY, "till": "2023-12-31"}, {**CITY, "namn": "Stockholm", "fran": "2024-01-01"}]
    said = refusal("organisation", write(city, "organisation", rows))
    assert said is None, said
