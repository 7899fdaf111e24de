"""A workbook a controller is glad of: real values, and nothing that runs."""

from datetime import date, datetime
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.documents import About, Column, Document, Table
from foundation.documents.forms import xlsx
from tests.foundation.documents.samples import document, part_of, table, whole, workbook, written

NAMES = st.text(max_size=40)


def test_values_are_numbers_dates_and_percentages_and_codes_are_text() -> None:
    sheet = workbook(document()).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Enhet", "Namn", "Målgrupp", "Andel", "Senast", "Räknat", "Uppfyllt"],
        [
            "SDN-JARVA",
            "Järva",
            1234,
            0.87,
            datetime(2026, 12, 31),
            datetime(2026, 5, 15, 12, 30),
            "ja",
        ],
        ["0012", "Bromma", 12, 0.995, None, None, "nej"],
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "General",
        "#,##0",
        "0%",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "General",
    ]


def test_a_sheet_can_be_filtered_scrolled_and_printed() -> None:
    sheet = workbook(document()).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G3")
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.left.text == "Kunskapsmålen"
    assert sheet.oddFooter.center.text == "Sida &P av &N"
    assert sheet.column_dimensions["B"].width >= len("Bromma")


def test_the_last_sheet_says_what_the_file_is() -> None:
    sheet = workbook(whole()).worksheets[-1]
    assert sheet.title == "Om filen"
    said = [tuple(cell.value for cell in row) for row in sheet.iter_rows() if row[0].value]
    assert said == [
        ("Kunskapsmålen", None),
        ("Per datum", "30 april 2026"),
        ("Kunskap till och med", "allt som är känt nu"),
        ("Filen gjord", "15 maj 2026 12:30"),
        ("Enhet", "Hela staden"),
        ("Så räknas det", None),
        ("Andel", "Klara av basen, avrundat nedåt."),
        ("Bra att veta", None),
    ]


def test_a_chart_s_own_table_has_a_sheet_and_a_shared_one_not_two() -> None:
    assert [sheet.title for sheet in workbook(whole())] == ["Nämnder", "Om filen"]


def test_the_file_says_what_it_is_in_its_properties() -> None:
    properties = workbook(document(subtitle="Tertialrapport 1")).properties
    assert (properties.title, properties.subject) == ("Kunskapsmålen", "Tertialrapport 1")
    assert properties.creator == "Kompetens mot våld"


@settings(max_examples=25, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_sheets_have_names_that_every_spreadsheet_takes_and_no_two_the_same(
    names: list[str],
) -> None:
    made = workbook(document(*[table(title=name) for name in names])).sheetnames
    assert len({name.casefold() for name in made}) == len(names) + 1
    for name in made:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'")
        assert name.casefold() != "history"


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES, st.integers(-(10**18), 10**18), st.floats())
def test_nothing_from_the_data_becomes_a_formula_or_a_link(
    code: str, words: str, whole_number: int, amount: float
) -> None:
    columns = [Column(words, "code"), Column("=1+1"), Column("b", "number"), Column("c", "share")]
    given_rows = [[code, f"={words}", whole_number, amount], ["=HYPERLINK(1)", "http://a.se", 1, 2]]
    content = written(Document(About(f"={words}"), [Table("t", columns, given_rows)]), "xlsx")
    sheet = part_of(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_a_full_sheet_goes_on_in_another_with_the_same_head() -> None:
    with patch.object(xlsx, "LAST_ROW", 2):
        made = workbook(document(table([["A", str(n)] for n in range(4)]), table()))
    assert made.sheetnames == ["Nämnder", "Nämnder 2", "Nämnder 3", "Om filen"]
    assert [made["Nämnder 2"].cell(row, 2).value for row in (1, 2, 3)] == ["Namn", "2", "3"]


def test_what_no_spreadsheet_can_hold_as_a_value_is_text() -> None:
    rows = [["A", "x\x00y", float("nan"), float("inf"), date(1800, 1, 1)]]
    sheet = workbook(document(table(rows))).worksheets[0]
    assert [cell.value for cell in sheet[2]][:5] == ["A", "x_x0000_y", "nan", "inf", "1800-01-01"]
