"""The files of `export_status` and `export_summary`, byte for byte (STATUS.md 5)."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests.tracking.commands import export, exported, load
from tests.tracking.rows import Row
from tests.tracking.status.situations import city, completion, employment, target, unit

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
PEOPLE = ["b", "B", "Ö", "10", "9", "Å", "a"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    batches = city(
        units=[
            unit("SDN-FARSTA", "2000-01-01"),
            unit("E-BARN", "2000-01-01", typ="enhet", overordnad="SDN-FARSTA"),
            unit("SDN-BROMMA", "2000-01-01"),
            unit("SDN-TOM", "2000-01-01"),
        ],
        staff=[
            *(
                employment(name, "E-BARN", "2022-01-01", epost=f"{number}@exempel.se")
                for number, name in enumerate(PEOPLE)
            ),
            employment("Z", "SDN-BROMMA", "2022-01-01", skyddad="ja"),
        ],
        targets=[
            target("t", senast="2023-12-31", giltighet_manader="24"),
            target("T", kurser="HEDER"),
            target("T2", kurser="HEDER", omfattar="enhet=E-BARN", niva="erbjuden", andel="50"),
        ],
        completions=[
            completion("a", "GRUND", "2023-05-02"),
            completion("Z", "GRUND", "2023-05-02"),
        ],
    )
    for batch in batches:
        load(tmp_path, batch)
    return tmp_path


def test_a_status_file_has_bom_semicolons_and_crlf(folder):
    assert (
        export("export_status", folder, ON, targets=["t"])
        == (
            "\ufeffperson_id;mal;status;klar_datum;giltig_till;senast;start\r\n"
            "10;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
            "9;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
            "B;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
            "a;t;klar;2023-05-02;2025-05-02;2023-12-31;2022-01-01\r\n"
            "b;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
            "Å;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
            "Ö;t;ej_paborjad;;;2023-12-31;2022-01-01\r\n"
        ).encode()
    )


def test_a_summary_file_has_bom_semicolons_and_crlf(folder):
    assert (
        export("export_summary", folder, ON)
        == (
            "\ufeffenhet;mal;malgrupp;undantagna;klara;utgangna;forsenade;pagaende;ej_paborjade;"
            "andel;uppfyllt\r\n"
            "E-BARN;T;7;0;0;0;0;0;7;0;nej\r\n"
            "E-BARN;T2;7;0;0;0;0;0;7;0;nej\r\n"
            "E-BARN;t;7;0;1;0;0;0;6;14;nej\r\n"
            "SDN-BROMMA;T;1;0;0;0;0;0;1;0;nej\r\n"
            "SDN-BROMMA;t;1;0;1;0;0;0;0;100;ja\r\n"
            "SDN-FARSTA;T;7;0;0;0;0;0;7;0;nej\r\n"
            "SDN-FARSTA;T2;7;0;0;0;0;0;7;0;nej\r\n"
            "SDN-FARSTA;t;7;0;1;0;0;0;6;14;nej\r\n"
            "STAD;T;8;0;0;0;0;0;8;0;nej\r\n"
            "STAD;T2;7;0;0;0;0;0;7;0;nej\r\n"
            "STAD;t;8;0;2;0;0;0;6;25;nej\r\n"
        ).encode()
    )


def test_the_protected_count_but_are_not_listed(folder):
    assert exported("export_status", folder, ON, unit="SDN-BROMMA") == []
    (row,) = exported("export_summary", folder, ON, unit="SDN-BROMMA", targets=["t"])
    assert (row["malgrupp"], row["klara"]) == ("1", "1")


def test_a_unit_is_that_unit_and_all_below_it(folder):
    units = {row["enhet"] for row in exported("export_summary", folder, ON, unit="SDN-FARSTA")}
    assert units == {"SDN-FARSTA", "E-BARN"}
    people = {row["person_id"] for row in exported("export_status", folder, ON, unit="SDN-FARSTA")}
    assert people == set(PEOPLE)


@pytest.mark.parametrize(
    "arguments", [("--target", "t", "T2"), ("--target", "t", "--target", "T2")]
)
def test_several_targets_may_be_asked_for(folder, arguments):
    path = folder / "mal.csv"
    options = ("--as-of", ON.isoformat(), "--output", str(path))
    call_command("export_status", *arguments, *options, stdout=io.StringIO())
    lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {line.split(";")[1] for line in lines} == {"t", "T2"}


def rows_of(path: Path) -> list[list[str]]:
    sheet = load_workbook(path).active
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


@pytest.mark.parametrize("command", ["export_status", "export_summary"])
def test_a_workbook_says_the_same_as_the_csv(folder, command):
    path = folder / "ut.xlsx"
    call_command(command, "--as-of", ON.isoformat(), "--output", str(path), stdout=io.StringIO())
    expected: list[Row] = exported(command, folder, ON)
    header, *rows = rows_of(path)
    assert header == list(expected[0])
    assert [[text.removesuffix(" 00:00:00") for text in row] for row in rows] == [
        list(row.values()) for row in expected
    ]


def test_a_base_of_nobody_has_an_empty_share(folder):
    exemption = {"person_id": "Z", "mal": "t", "fran": "2023-01-01", "till": "", "skal": "Skäl"}
    (batch,) = city(units=[], staff=[], targets=[], exemptions=[exemption])[-1:]
    load(folder, batch)
    (row,) = exported("export_summary", folder, ON, unit="SDN-BROMMA", targets=["t"])
    assert (row["malgrupp"], row["undantagna"], row["klara"]) == ("1", "1", "0")
    assert (row["andel"], row["uppfyllt"]) == ("", "")


def test_before_anything_was_known_the_files_have_only_their_headers(tmp_path):
    for command in ("export_status", "export_summary"):
        assert exported(command, tmp_path, ON) == []
        assert export(command, tmp_path, ON).count(b"\r\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "2023-02-30"),
        ("--as-of", ON.isoformat(), "--known-at", "2023-01-01T00:00"),
        ("--as-of", ON.isoformat(), "--known-at", "i maj"),
    ],
)
def test_a_malformed_day_or_moment_is_refused(tmp_path, arguments):
    path = tmp_path / "ut.csv"
    with pytest.raises((CommandError, SystemExit)):
        call_command("export_status", *arguments, "--output", str(path), stdout=io.StringIO())
    assert not path.exists()
