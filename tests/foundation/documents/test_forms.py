"""Text files, print and text documents: what each says, and to whom."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import docx
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from foundation.documents import About, Column, Document, Paragraph, Table
from foundation.formats import FORMULA_STARTS
from tests.foundation.documents.samples import document, table, whole, written

TEXTS = st.text(max_size=30)
PLAIN = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_is_as_excel_in_swedish_opens_it() -> None:
    assert (
        written(document(), "csv")
        == (
            "\ufeffEnhet;Namn;Målgrupp;Andel;Senast;Räknat;Uppfyllt\r\n"
            "SDN-JARVA;Järva;1234;87;2026-12-31;2026-05-15T12:30:00+02:00;ja\r\n"
            "0012;Bromma;12;99,5;;;nej\r\n"
        ).encode()
    )


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_csv_never_holds_what_a_spreadsheet_runs(rows: list[tuple[str, str]]) -> None:
    columns = [Column("=a", "code"), Column("b")]
    made = csv_rows(written(Document(About("t"), [Table("t", columns, rows)]), "csv"))
    assert not [cell for row in made for cell in row if cell.startswith(FORMULA_STARTS)]


@settings(deadline=None)
@given(st.lists(st.tuples(PLAIN, st.integers(), st.integers(0, 100)), max_size=5))
def test_csv_gives_back_what_was_written(rows: list[tuple[str, int, int]]) -> None:
    columns = [Column("a", "code"), Column("b", "number"), Column("c", "share")]
    made = csv_rows(written(Document(About("t"), [Table("t", columns, rows)]), "csv"))[1:]
    assert [(a.removeprefix("'"), int(b), int(c)) for a, b, c in made] == [
        (a.removeprefix("'"), b, c) for a, b, c in rows
    ]


class Structure:
    """The tags of a PDF, as assistive technology meets them."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]
        self.found: list[Any] = []
        self._walk(self.root["/StructTreeRoot"])

    def _walk(self, node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                self._walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                self.found.append(node)
            if "/K" in node:
                self._walk(node["/K"])

    def of(self, tag: str) -> list[Any]:
        return [node for node in self.found if node["/S"] == tag]


def test_a_pdf_is_tagged_titled_and_says_its_language() -> None:
    made = Structure(written(whole(), "pdf"))
    assert made.root["/Lang"] == "sv-SE"
    assert made.root["/MarkInfo"]["/Marked"].value is True
    assert made.root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert made.reader.metadata.title == "Kunskapsmålen"
    claims = made.root["/Metadata"].get_data().decode()
    assert "pdfuaid" in claims
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims


def test_a_pdf_s_headings_follow_on_each_other_and_its_tables_have_heads() -> None:
    made = Structure(written(whole(), "pdf"))
    levels = [int(node["/S"][2:]) for node in made.found if node["/S"] in ("/H1", "/H2", "/H3")]
    assert levels == [1, 2, 3, 2, 2]
    assert len(made.of("/Table")) == 1
    assert len(made.of("/THead")) == 1
    assert len(made.of("/TH")) == 7
    assert {one["/Scope"] for node in made.of("/TH") for one in node["/A"] if "/Scope" in one} == {
        "/Column"
    }


def test_a_pdf_s_figures_are_told_to_those_who_do_not_see_them() -> None:
    figures = Structure(written(whole(), "pdf")).of("/Figure")
    assert [node["/Alt"] for node in figures] == ["Liggande staplar"]


def test_a_pdf_runs_nothing_and_opens_nothing() -> None:
    content = written(whole(), "pdf")
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/URI"):
        assert word not in content


def test_a_long_table_has_its_head_on_every_page() -> None:
    many = table([["A", f"rad {n}", n, 1, date(2026, 1, 1)] for n in range(200)])
    pages = Structure(written(document(many), "pdf")).reader.pages
    assert len(pages) > 3
    assert all("Målgrupp" in page.extract_text() for page in pages[1:])


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS)
def test_no_text_is_markup_or_stops_a_pdf_or_a_text_document(title: str, cell: str) -> None:
    nasty = document(
        Paragraph(f"#{title}"), table([[cell, f"#eval({cell})"]], title), notes=[cell, title]
    )
    assert written(nasty, "pdf").startswith(b"%PDF")
    assert docx.Document(BytesIO(written(nasty, "docx"))).tables[0].cell(1, 0).text is not None


def test_a_text_document_has_styles_heads_and_descriptions() -> None:
    made = docx.Document(BytesIO(written(whole(), "docx")))
    headings = [(p.style.name, p.text) for p in made.paragraphs if p.style.name[:4] in "TitlHead"]
    assert headings == [
        ("Title", "Kunskapsmålen"),
        ("Heading 1", "Sammanfattning"),
        ("Heading 2", "Per nämnd"),
        ("Heading 1", "Så räknas det"),
        ("Heading 1", "Bra att veta"),
    ]
    (grid,) = made.tables
    assert [cell.text for cell in grid.rows[1].cells][:4] == [
        "SDN-JARVA",
        "Järva",
        "1\N{NO-BREAK SPACE}234",
        "87\N{NO-BREAK SPACE}%",
    ]
    assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    (picture,) = made.inline_shapes
    assert picture._inline.docPr.get("descr") == "Liggande staplar"
    assert made.core_properties.language == "sv-SE"
    languages = {node.get(qn("w:val")) for node in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
