"""A text document that people go on writing in: real headings, real tables, described pictures."""

import re
from io import BytesIO
from typing import IO, Any

import docx
import typst
from django.utils.translation import get_language, gettext
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from foundation.documents.forms.base import Form
from foundation.documents.parts import About, Document, Figure, Heading, Paragraph, Part, Table
from foundation.documents.typeset import FONTS
from foundation.documents.wide import on_paper
from foundation.documents.words import about_lines, local, shown
from foundation.formats import UNSAYABLE

INK, ACCENT = RGBColor(0x1C, 0x1A, 0x17), RGBColor(0x0B, 0x4A, 0x53)
LANGUAGES = {"sv": "sv-SE", "en": "en-GB", "fi": "fi-FI"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
PICTURE = Cm(16)
PIXELS_PER_INCH = 220
RIGHT = ("number", "share")
# A picture alone on a page that is as large as it is.
DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: ("Report Sans", "Libertinus Serif"))
#image(bytes(sys.inputs.svg), format: "svg")"""


def _write(document: Document, file: IO[bytes]) -> None:
    made = docx.Document()
    _set_up(made, document.about)
    made.add_heading(_plain(document.about.title), level=0)
    _about(made, document.about)
    for part in document.parts:
        _part(made, part, document.parts)
    _after(made, document.about)
    made.save(file)


def _set_up(made: Any, about: About) -> None:
    language = LANGUAGES.get((get_language() or "sv")[:2], "sv-SE")
    core = made.core_properties
    core.title, core.subject = _plain(about.title)[:255], _plain(about.subtitle)[:255]
    core.author, core.language, core.comments = "Kompetens mot våld", language, ""
    if about.made_at:
        core.created = core.modified = local(about.made_at).replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), INK
    for fonts in made.styles.element.iter(qn("w:lang")):
        fonts.set(qn("w:val"), language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        made.styles[name].font.color.rgb = ACCENT


def _about(made: Any, about: About) -> None:
    if about.subtitle:
        made.add_paragraph(_plain(about.subtitle), style="Subtitle")
    for label, value in about_lines(about):
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(_plain(f"{label}: ")).bold = True
        line.add_run(_plain(value))


def _part(made: Any, part: Part, beside: Any) -> None:
    match part:
        case Heading():
            made.add_heading(_plain(part.text), level=min(part.level, 9))
        case Paragraph():
            made.add_paragraph(_plain(part.text))
        case Figure():
            _figure(made, part)
            if not any(part.chart.table is one for one in beside):
                _tables(made, part.chart.table)
        case Table():
            _tables(made, part)


def _figure(made: Any, part: Figure) -> None:
    chart = part.chart
    picture = typst.compile(
        DRAWING,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": chart.standalone()},
        font_paths=FONTS,
    )
    shape = made.add_picture(BytesIO(picture), width=PICTURE)
    said = shape._inline.docPr
    said.set("descr", _plain(chart.described or chart.title))
    said.set("title", _plain(chart.title))
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    made.add_paragraph(_plain(chart.title), style="Caption")


def _tables(made: Any, table: Table) -> None:
    for one in on_paper(table):
        _table(made, one)


def _table(made: Any, table: Table) -> None:
    if table.title:
        caption = made.add_paragraph(_plain(table.title), style="Caption")
        caption.paragraph_format.keep_with_next = True
    grid = made.add_table(rows=1, cols=max(len(table.columns), 1), style="Light List Accent 1")
    kinds = [column.kind for column in table.columns]
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=False):
        cell.text = _plain(column.name)
    _repeated(grid.rows[0])
    for row in table.rows:
        said = [_plain(shown(value, kind)) for value, kind in zip(row, kinds, strict=False)]
        for cell, words, kind in zip(grid.add_row().cells, said, kinds, strict=False):
            cell.text = words
            if kind in RIGHT:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if table.note:
        made.add_paragraph(_plain(table.note))


def _repeated(row: Any) -> None:
    """Marked as the head: repeated on every page, and read as such."""
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _after(made: Any, about: About) -> None:
    if about.definitions:
        made.add_heading(gettext("How it is counted"), level=1)
        for term, meaning in about.definitions:
            line = made.add_paragraph()
            line.add_run(_plain(f"{term}: ")).bold = True
            line.add_run(_plain(meaning))
    if about.notes:
        made.add_heading(gettext("To know"), level=1)
        for note in about.notes:
            made.add_paragraph(_plain(note))


def _plain(text: str) -> str:
    return CONTROL.sub(
        "\N{REPLACEMENT CHARACTER}", UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    )


FORM = Form(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _write
)
