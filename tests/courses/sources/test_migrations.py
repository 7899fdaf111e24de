"""Citations that were written as text become links, and text again on the way back."""

from importlib import import_module

import pytest

from courses.sources.marks import Mark, as_link, marks

links = import_module("courses.migrations.0012_citations_as_links")
PLACES = ["", "Kapitel 1", "två & tre", "a 'b' c", "<b>"]


@pytest.mark.parametrize("place", PLACES)
def test_a_text_becomes_the_link_that_the_editor_would_keep(place: str) -> None:
    link = as_link(Mark("bok", place))
    text = links._as_text(f"<p>Ett {link}.</p>")
    assert "<a" not in text
    assert links._as_links(text) == f"<p>Ett {link}.</p>"
    assert list(marks(text)) == [Mark("bok", place)]


def test_only_rich_text_is_rewritten() -> None:
    stream = [{"value": {"text": "<p>Ett [@bok].</p>", "dont": "Ett [@bok]."}}]
    (block,) = links._walk(stream, links._as_links)
    assert block["value"]["dont"] == "Ett [@bok]."
    assert block["value"]["text"] == f"<p>Ett {as_link(Mark('bok'))}.</p>"
