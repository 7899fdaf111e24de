"""Rich text to Markdown and back: what was written once is read and written the same for ever."""

from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.modules.markdown import rich_text
from courses.modules.writing.markdown import markdown_of
from courses.pages.blocks.text import TEXT_FEATURES
from courses.sources.marks import links_as_markdown
from foundation.problems import Problem


def read(markdown: str) -> str:
    problems: list[Problem] = []
    html = rich_text(markdown, TEXT_FEATURES, file="", line=1, problems=problems)
    assert problems == []
    return html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p>Fråga i enrum.</p><p>Vänta in svaret.</p>", "Fråga i enrum.\n\nVänta in svaret."),
        ("<p>En <b>fet</b> och en <i>kursiv</i>.</p>", "En **fet** och en *kursiv*."),
        ("<ul><li>ett</li><li>två<ul><li>tre</li></ul></li></ul>", "- ett\n- två\n  - tre"),
        ("<ol><li>ett</li><li>två</li></ol>", "1. ett\n2. två"),
        ("<blockquote>Så sa hon.</blockquote>", "> Så sa hon."),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b"),
        ("<h3>När</h3><p>I dag.</p>", "### När\n\nI dag."),
        ('<p><a href="https://a.se/?x=1&amp;y=2">lagen</a></p>', "[lagen](https://a.se/?x=1&y=2)"),
        ("<p>rad<br/>rad</p>", "rad\\\nrad"),
        # What would be markup is escaped; a citation is not.
        ("<p># 1. *a* &lt;b&gt; [x](y)</p>", "\\# 1. \\*a\\* \\<b> \\[x\\](y)"),
        ("<p>1. ett</p>", "1\\. ett"),
        ('<p>Så är det [@a-1, "här"].</p>', 'Så är det [@a-1, "här"].'),
        (
            '<p><a linktype="citation" key="a-1" place="*två* &amp; tre"></a>: så.</p>',
            '[@a-1, "*två* & tre"]: så.',
        ),
        # Blanks at the edge of an emphasis stand outside it.
        ("<p>en <b> fet </b>sak</p>", "en **fet** sak"),
        # An emphasis that can't be written where it stands is left out; its words are not.
        ("<p>a<b>.b.</b>c</p>", "a.b.c"),
        ("<p></p><p>x</p>", "x"),
    ],
)
def test_a_thing_is_written_one_way(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]),
    max_size=12,
) | st.sampled_from(
    ["# x", "1. x", "- x", "> x", "*", "_a_", "`", "[@a]", "&amp;", "<b>", "\\", "---"]
)


@st.composite
def spans(draw: st.DrawFn) -> str:
    said = escape(draw(WORDS))
    wrap = draw(st.sampled_from(["", "b", "i", "a", "bi"]))
    for tag in wrap:
        said = f'<a href="https://a.se">{said}</a>' if tag == "a" else f"<{tag}>{said}</{tag}>"
    return said


LINES = st.lists(spans(), min_size=1, max_size=4).map("".join)
BLOCKS = st.one_of(
    LINES.map("<p>{}</p>".format),
    LINES.map("<h3>{}</h3>".format),
    LINES.map("<blockquote>{}</blockquote>".format),
    st.lists(LINES, min_size=1, max_size=3).map(
        lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    ),
)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=4).map("".join))
def test_what_is_written_is_read_and_written_the_same_again(html: str) -> None:
    once = markdown_of(html)
    assert markdown_of(read(once)) == once


def letters(html: str) -> str:
    said = links_as_markdown(html)
    return "".join(BeautifulSoup(said, "html.parser").get_text().split())


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=4).map("".join))
def test_no_word_is_lost_on_the_way(html: str) -> None:
    assert letters(read(markdown_of(html))) == letters(html)
