"""What an import tells whoever runs it: whose fault a problem is, and everything that changes."""

import unicodedata

import pytest
from django.core.management import call_command

from foundation.cells import looks_like_personnummer
from tests.tracking.commands import load, run_import
from tests.tracking.imports.base_city import (
    GOOD,
    later,
    load_base,
    names_place,
    picture,
    refusal,
    write,
)
from tests.tracking.imports.test_files import MOMENT
from tests.tracking.status.situations import employment, unit
from tracking.ledger.actions import register_course
from tracking.models import Course, Person

pytestmark = pytest.mark.django_db
MODULE = {"kod": "MOD-X", "namn": "Modulen", "form": "modul", "minuter": "60"}


@pytest.fixture
def city(tmp_path):
    load_base(tmp_path)
    return tmp_path


def plain(path, rows):
    """A file with just these columns."""
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_module_known_from_files_only_is_corrected_and_withdrawn_by_files(city):
    for changed in ({"namn": "Nytt namn"}, {"aterkallad": "ja"}):
        load(city, later("courses", MODULE))
        load(city, later("courses", {**MODULE, **changed}))
    assert not Course.objects.known_now().filter(code="MOD-X").exists()


def test_a_module_that_its_page_has_registered_is_not_changed_by_a_file(city):
    register_course(code="MOD-X", name="Modulen", minutes=60, actor=None)
    before = picture()
    for changed in ({"namn": "Annat"}, {"aterkallad": "ja"}):
        assert refusal("courses", write(city, "courses", [{**MODULE, **changed}])) is not None
    assert picture() == before


def bad_lines(said, lines):
    return [line for line in lines if names_place(said, line, "kolumn")]


def test_one_bad_unit_makes_no_other_row_bad(tmp_path):
    rows = [
        unit("S", "2020-01-01", typ="kommun", overordnad=""),
        unit("A", "2020-01-01", typ="fel", overordnad="S"),
        unit("B", "2020-01-01", typ="enhet", overordnad="A"),
        unit("C", "2020-01-01", "2020-02-01", typ="enhet", overordnad="S", ersatts_av="A"),
    ]
    said = refusal("organisation", write(tmp_path, "organisation", rows))
    assert bad_lines(said, range(2, 6)) == [3]
    rows[0]["typ"], rows[1]["typ"] = "fel", "enhet"
    said = refusal("organisation", write(tmp_path, "organisation", rows))
    assert bad_lines(said, range(2, 6)) == [2]


def test_a_root_that_ends_is_named_at_its_row(tmp_path):
    rows = [unit("S", "2020-01-01", "2021-01-01", typ="kommun", overordnad="")]
    said = refusal("organisation", write(tmp_path, "organisation", rows))
    assert names_place(said, 2, "till", "2021-01-01", "2021-01-02")


def test_what_a_withdrawal_leaves_hanging_is_named_at_its_row(city):
    gone = unit("SDN-JARVA", "2023-07-01", aterkallad="ja")
    path = write(city, "organisation", [gone])
    assert names_place(refusal("organisation", path), 2, path.name, "ersatts_av", "SDN-RK")


def test_a_refused_full_file_is_called_by_its_name(city):
    path = plain(city / "kvalls-lista.csv", [employment("A", "SDN-FARSTA", "2022-01-10")])
    path.write_text(path.read_text().splitlines()[0])
    said = refusal("staff", path, "--full", "--as-of", "2023-01-01")
    assert "kvalls-lista.csv" in said
    assert "10 %" in said


def test_a_file_that_only_withdraws_needs_only_the_keys(city):
    load(city, later("organisation", GOOD["organisation"]))
    row = {"kod": "E-NY", "fran": "2020-01-01", "aterkallad": "ja"}
    assert "1 återkallade" in run_import("organisation", plain(city / "bort.csv", [row]))
    assert refusal("organisation", plain(city / "bort.csv", [{**row, "aterkallad": ""}]))


@pytest.mark.parametrize("way", ["empty", "no column"])
def test_what_is_not_said_of_protection_stays_as_it_was(city, way):
    load(city, later("staff", employment("A", "SDN-FARSTA", "2022-01-10", skyddad="ja")))
    row = employment("A", "SDN-FARSTA", "2022-01-10", skyddad="", befattning="Annan")
    if way == "no column":
        del row["skyddad"]
    run_import("staff", plain(city / "utan.csv", [row]), "--recorded-at", MOMENT.isoformat())
    assert Person.objects.get(person_id="A").protected


def test_lifted_protection_is_said_also_by_a_dry_run(city):
    load(city, later("staff", employment("A", "SDN-FARSTA", "2022-01-10", skyddad="ja")))
    path = write(city, "staff", [employment("A", "SDN-FARSTA", "2022-01-10", skyddad="nej")])
    for options in (["--dry-run"], []):
        assert Person.objects.get(person_id="A").protected
        said = run_import("staff", path, *options)
        assert "1 oförändrade; uppgifter om 1 person" in said
        assert "1 person har inte längre skyddade uppgifter" in said
    assert not Person.objects.get(person_id="A").protected


def test_a_type_of_unit_nobody_knows_is_warned_of(city):
    target = {**GOOD["targets"], "omfattar": "enhetstyp=stadsdelsnamd"}
    assert "ingen enhet har typen ”stadsdelsnamd”" in run_import(
        "targets", write(city, "targets", [target])
    )


def test_a_unit_may_be_asked_for_in_any_composition_of_its_letters(city):
    load(city, later("organisation", unit("ÅÖ", "2020-01-01")))
    load(city, later("staff", employment("A", "ÅÖ", "2022-02-01")))
    path = city / "ut.csv"
    call_command(
        "export_summary",
        "--as-of=2023-01-01",
        f"--unit={unicodedata.normalize('NFD', ' ÅÖ ')}",
        f"--output={path}",
    )
    assert "\nÅÖ;T;1;" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "text",
    [
        "19800101-1234",
        "800101+1234",
        "198001011234",
        "8001611234",
        "1980-01-01-1234",
        "19800101.1234",
        "19800101\u22121234",
        "\uff18\uff10\uff10\uff11\uff10\uff11\uff0d\uff11\uff12\uff13\uff14",
    ],
)
def test_what_is_shaped_like_a_personnummer(text):
    assert looks_like_personnummer(text)
    assert looks_like_personnummer(f"x {text} y")


@pytest.mark.parametrize(
    "text",
    ["2021-10-15", "2021-10-15–2022-01-01", "08-508 250 00", "D00001", "12345", "KS 2021/1234"],
)
def test_what_is_not(text):
    assert not looks_like_personnummer(text)
