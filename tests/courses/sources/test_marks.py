"""A citation says the same in a file, in the database and in the editor; nothing is lost."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.modules.markdown import rich_text
from courses.pages.blocks.text import TEXT_FEATURES
from courses.pages.citations import linked
from courses.pages.rendering import Number
from courses.sources.marks import (
    LONGEST_PLACE,
    Mark,
    as_link,
    as_markdown,
    is_place,
    links_as_markdown,
    marks,
)

KEYS = st.from_regex(r"\A[a-z0-9-]{1,20}\Z")
PLACES = st.text(max_size=60).map(lambda text: " ".join(text.split())).filter(is_place)
MARKS = st.builds(Mark, KEYS, PLACES)


def saved(markdown: str) -> str:
    problems: list[object] = []
    html = rich_text(markdown, TEXT_FEATURES, file="", line=1, problems=problems)  # type: ignore[arg-type]
    assert problems == []
    return html


@settings(max_examples=25)
@given(MARKS)
def test_what_a_file_cites_is_what_the_database_has_and_the_other_way(mark: Mark) -> None:
    written = f"Ett {as_markdown(mark)} till."
    html = saved(written)
    assert list(marks(html)) == [mark]
    assert unescape(links_as_markdown(html)) == f"<p>{written}</p>"


@settings(max_examples=25)
@given(st.lists(MARKS, min_size=1, max_size=4))
def test_the_editor_keeps_every_citation_where_it_stands(cited: list[Mark]) -> None:
    markdown = "Ord " + " ord ".join(as_markdown(mark) for mark in cited) + "."
    html = saved(markdown)
    assert html == f"<p>Ord {' ord '.join(as_link(mark) for mark in cited)}.</p>"
    assert saved(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[@a] först", "<p>{a} först</p>"),
        ("sist [@a]", "<p>sist {a}</p>"),
        ("två [@a] [@a]", "<p>två {a} {a}</p>"),
        ("tätt [@a][@a]", "<p>tätt {a}{a}</p>"),
        ("- i lista [@a]\n- till", "<ul><li>i lista {a}</li><li>till</li></ul>"),
        ("**fet** [@a] *kursiv*", "<p><b>fet</b> {a} <i>kursiv</i></p>"),
        ("över [@a,\n'en\nrad']", "<p>över {b}</p>"),
        ("[länk](https://a.se) [@a]", '<p><a href="https://a.se">länk</a> {a}</p>'),
    ],
)
def test_it_may_stand_anywhere_in_a_text(markdown: str, html: str) -> None:
    a, b = as_link(Mark("a")), as_link(Mark("a", "en rad"))
    assert saved(markdown) == html.format(a=a, b=b)


@pytest.mark.parametrize(
    "place",
    ['två "ord"', "en [hake", "en hake]", "två\nrader", " mellan", "x" * (LONGEST_PLACE + 1)],
)
def test_a_place_that_no_file_can_say_is_said_in_the_nearest_words(place: str) -> None:
    assert not is_place(place)
    (said,) = marks(as_markdown(Mark("a", place)))
    assert is_place(said.place)
    assert said.place


def test_markup_in_a_place_is_text_wherever_it_is_shown() -> None:
    mark = Mark("a", "<script>x</script> & 'så'")
    html = saved(f"Ett {as_markdown(mark)}.")
    shown = linked(html, {"a": Number(3)})
    assert "<script>" not in shown
    assert 'href="#kalla-3"' in shown
    assert list(marks(html)) == [mark]


@pytest.mark.parametrize("text", ["[@A]", "[@]", "[@a b]", "[@a, utan]", '[@a, "oavslutad]', "[a]"])
def test_what_only_looks_like_a_citation_stays_text(text: str) -> None:
    assert list(marks(saved(f"Ett {text} till."))) == []


def test_what_is_no_source_is_named_by_its_key() -> None:
    assert linked(f"Ett {as_link(Mark('borta'))}.", {}) == "Ett [@borta]."
