"""Files people open in Excel: right, and inert."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from foundation.formats import inert, write_csv, write_file

ROWS = [("=1+1", date(2024, 5, 1), 3, None), ('Å;"ä"', None, 0, "x\ny")]


def test_csv_has_semicolons_crlf_and_quotes_as_excel_does() -> None:
    file = io.StringIO(newline="")
    write_csv(file, ["a", "b", "c", "d"], ROWS)
    assert file.getvalue() == ('a;b;c;d\r\n=1+1;2024-05-01;3;\r\n"Å;""ä""";;0;"x\ny"\r\n')


def test_a_workbook_holds_dates_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_file(path, ["a", "b", "c", "d"], ROWS)
    sheet = load_workbook(path).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0][0] == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert cells[0][1].date() == date(2024, 5, 1)
    assert cells[0][2] == 3
    assert sheet.freeze_panes == "A2"


def test_a_csv_file_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_file(path, ["å"], [])
    assert path.read_bytes() == b"\xef\xbb\xbf\xc3\xa5\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_a_spreadsheet_would_run_is_made_inert(start: str) -> None:
    assert inert(f"{start}cmd") == f"'{start}cmd"
    assert inert("plain") == "plain"
    assert inert(-3) == -3
