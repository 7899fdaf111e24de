"""A page draws SVG in the platform's style itself; nothing else of a file gets into a page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from courses.pages.blocks.figures import FigureBlock
from courses.pages.drawings import LARGEST, read_drawing
from courses.pages.models import LessonPage
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in

MODULES = Path(__file__).parents[3] / "courses" / "modules"
OURS = """<?xml version="1.0"?>
<!-- en kommentar -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 120" role="img" aria-label="Två dörrar">
  <g transform="translate(10 5)"><path class="ink" d="M0 10h40 L-3.5,2e1 Z"/></g>
  <circle class="fill ink" cx="20" cy="20" r="15"/>
  <text class="left strong" x="10" y="50">Öppen
     dörr</text>
  <text x="10" y="80"><tspan x="10">Stängd</tspan><tspan dy="20">dörr &amp; fönster</tspan></text>
</svg>"""


def svg(inner: str, root: str = 'viewBox="0 0 360 120" aria-label="Namn"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inner}</svg>'.encode()


def test_a_drawing_keeps_its_shapes_and_gives_its_words_as_labels() -> None:
    drawing = read_drawing(OURS.encode())
    assert drawing
    assert drawing.labels == ("Två dörrar", "Öppen dörr", "Stängd", "dörr & fönster")
    html = drawing.html(["Two doors", "Open", "<b>Closed</b>", "door"], 'Allt "här"', "f1")
    tree = ElementTree.fromstring(html)
    assert tree.attrib["aria-labelledby"] == "f1-title"
    assert tree.attrib["aria-describedby"] == "f1-desc"
    said = [(one.tag, one.get("id"), one.text) for one in tree.iter() if one.text]
    assert said == [
        ("title", "f1-title", "Two doors"),
        ("desc", "f1-desc", 'Allt "här"'),
        ("text", None, "Open"),
        ("tspan", None, "<b>Closed</b>"),
        ("tspan", None, "door"),
    ]
    assert [one.get("d") for one in tree.iter("path")] == ["M0 10h40 L-3.5,2e1 Z"]


def test_its_own_words_stand_in_where_the_labels_are_not_as_many() -> None:
    drawing = read_drawing(OURS.encode())
    assert drawing
    assert ">Öppen dörr<" in drawing.html(["Two doors"], "", "f")


def test_a_title_names_a_drawing_before_its_label_does() -> None:
    drawing = read_drawing(svg("<title>Rubrik</title>"))
    assert drawing
    assert drawing.labels == ("Rubrik",)


HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "handler": svg('<path d="M0 0" onclick="alert(1)"/>'),
    "handler of the root": svg("", 'viewBox="0 0 9 9" aria-label="N" onload="alert(1)"'),
    "link": svg('<a href="javascript:alert(1)"><text>Klicka</text></a>'),
    "use": svg('<use href="#x"/>'),
    "image": svg('<image href="https://example.org/spy.png"/>'),
    "foreign": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "other namespace": svg('<path xmlns="http://www.w3.org/1999/xhtml" d="M0 0"/>'),
    "no namespace": svg('<path xmlns="" d="M0 0"/>'),
    "namespaced attribute": svg(
        '<path xmlns:x="http://www.w3.org/1999/xlink" x:href="#a" d="M0 0"/>'
    ),
    "style": svg('<style>path { background: url("https://example.org") }</style>'),
    "style attribute": svg('<path d="M0 0" style="background:url(//example.org)"/>'),
    "colour": svg('<path d="M0 0" fill="url(#x)"/>'),
    "id": svg('<path d="M0 0" id="main"/>'),
    "class of the page": svg('<path d="M0 0" class="ink visually-hidden"/>'),
    "animation": svg('<path d="M0 0"><animate attributeName="d" to="M9 9"/></path>'),
    "path that is none": svg('<path d="M0 0&quot;&gt;&lt;script&gt;"/>'),
    "number that is none": svg('<circle cx="calc(1px)" cy="0" r="1"/>'),
    "transform that is none": svg('<g transform="matrix(1 2 3 4 5 6) url(x)"><path d="M0 0"/></g>'),
    "stray text": svg("<g>fri text</g>"),
    "shape in a text": svg('<text x="0" y="0"><path d="M0 0"/></text>'),
    "text without a place for it": svg("<tspan>x</tspan>"),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    + svg("<text>&b;</text>"),
    "external entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + svg("<text>&a;</text>"),
    "doctype": b'<!DOCTYPE svg SYSTEM "https://example.org/x.dtd">' + svg(""),
    "too deep": svg("<g>" * 50 + "</g>" * 50),
    "far too deep": svg("<g>" * 10_000 + "</g>" * 10_000),
    "too many": svg('<path d="M0 0"/>' * 501),
    "too large": svg(f'<path d="{"M0 0" * LARGEST}"/>'),
    "slow number": svg(f'<circle cx="{"1" * 90_000}x" cy="0" r="1"/>'),
    "slow numbers": svg(f'<polygon points="{"1 " * 40_000}x"/>'),
    "slow transform": svg(f'<g transform="{" " * 40_000}rotate(1"/>'),
    "wide": svg("", 'viewBox="0 0 640 360" aria-label="N"'),
    "box that is none": svg("", 'viewBox="0 0 nan nan" aria-label="N"'),
    "no box": svg("", 'aria-label="N"'),
    "nameless": svg("", 'viewBox="0 0 9 9"'),
    "page": b"<html><body>hej</body></html>",
    "bytes": b"\xff\xd8\xff\xe0JFIF",
    "nothing": b"",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_in_the_style_is_not_drawn(content: bytes) -> None:
    assert read_drawing(content) is None


@given(st.text(max_size=60))
def test_no_word_becomes_more_than_a_word(word: str) -> None:
    drawing = read_drawing(svg('<text x="1" y="2">ord</text>'))
    assert drawing
    html = drawing.html([word, word], word, "f")
    assert html.count("<") == drawing.html(["a", "b"], "c", "f").count("<")
    assert html.count('"') == drawing.html(["a", "b"], "c", "f").count('"')


@pytest.mark.parametrize(
    "path",
    sorted(MODULES.glob("*/images/*.svg")),
    ids=lambda path: f"{path.parts[-3]}/{path.name}",
)
def test_the_modules_figures_are_in_the_style(path: Path) -> None:
    assert read_drawing(path.read_bytes())


@pytest.fixture
def image(tmp_path: Path, settings: Settings) -> AbstractImage:
    settings.MEDIA_ROOT = tmp_path
    return stored(OURS)


def stored(content: str) -> AbstractImage:
    image = get_image_model()(title="Dörrar")
    image.file = ContentFile(content.encode(), name="dorrar.svg")
    image.save()
    return image


def lesson_with(image: AbstractImage, labels: list[str]) -> LessonPage:
    figure = {"image": image, "alt": "Allt som syns.", "caption": "Bildtext", "labels": labels}
    return make_lesson(make_course(lessons=0), body=[screen("Bilden", ("figure", figure))])


def shown(reader: Client, lesson: LessonPage) -> str:
    return reader.get(lesson.url).content.decode()


@pytest.mark.django_db
def test_a_lesson_draws_it_with_the_words_of_its_figure(image: AbstractImage) -> None:
    reader = signed_in(make_user())
    lesson = lesson_with(image, ["Two doors", "Open door", "Closed", "door"])
    shown(reader, lesson)
    with CaptureQueriesContext(connection) as queries:
        page = shown(reader, lesson)
    assert '<svg class="drawing"' in page
    assert ">Two doors</title>" in page
    assert ">Open door</text>" in page
    assert ">Allt som syns.</desc>" in page
    assert "<img" not in page.split('<div class="prose"')[1].split("</figure>")[0]
    assert sum("wagtailimages_image" in one["sql"] for one in queries) == 1


@pytest.mark.django_db
def test_a_file_that_is_replaced_is_drawn_anew_and_others_are_images(image: AbstractImage) -> None:
    reader = signed_in(make_user())
    lesson = lesson_with(image, [])
    assert ">Öppen dörr</text>" in shown(reader, lesson)
    for content, drawn in (
        (OURS.replace("Öppen", "Låst"), True),
        (svg("<style/>").decode(), False),
    ):
        image.file = ContentFile(content.encode(), name="dorrar.svg")
        image._set_image_file_metadata()
        image.save()
        page = shown(reader, lesson)
        assert (">Låst dörr</text>" in page) == drawn
        assert ('alt="Allt som syns."' in page) != drawn


@pytest.mark.django_db
def test_a_file_that_is_gone_takes_no_page_with_it(image: AbstractImage) -> None:
    reader = signed_in(make_user())
    lesson = lesson_with(image, [])
    image.file.storage.delete(image.file.name)
    image.file_hash = "nytt"
    image.save(update_fields=["file_hash"])
    assert 'alt="Allt som syns."' in shown(reader, lesson)


@pytest.mark.django_db
def test_the_editor_fills_in_the_words_and_wants_as_many(image: AbstractImage) -> None:
    block = FigureBlock()
    value = block.to_python({"image": image.pk, "alt": "Allt.", "caption": "", "labels": []})
    cleaned = block.clean(value)
    assert list(cleaned["labels"]) == ["Två dörrar", "Öppen dörr", "Stängd", "dörr & fönster"]
    assert list(block.clean(cleaned)["labels"]) == list(cleaned["labels"])
    cleaned["labels"] = block.child_blocks["labels"].normalize(["En", "Två"])
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        block.clean(cleaned)
    assert "Öppen dörr" in str(refused.value.as_json_data())
