"""A question that is written to a file and read again is the same question."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.bank.sanitising import safe_html
from quizzes.interchange.drafts import Fit, drafts_of
from quizzes.interchange.formats import FORMATS, Format
from quizzes.interchange.mapping.canonical import canonical
from quizzes.interchange.own import incoming, outgoing
from quizzes.interchange.source import Source, Weight
from quizzes.types import TYPES
from tests.quizzes.types.contents import EXAMPLES, contents

NAUGHTY = [
    "//x",
    "::a::",
    "####",
    "->",
    "]]>",
    "<script>alert(1)</script>",
    "{1:SA:=x}",
    "\ufdd00\ufdd1",
    "[html]x",
    "&amp;&#65;",
    "%50%x",
    "=x",
    "\x0b\x85\u2028",
    "<b>x<!--",
    "* \\*",
    "å ä ö",
]
WORDS = (
    st.text(max_size=20)
    | st.text(alphabet="\\~=#{}:%<>&;\"'/[]*|-n \n\r\t$_.1", max_size=20)
    | st.sampled_from(NAUGHTY)
)
SAID = ("text", "match", "feedback", "explanation", "teaches")
EVERY = [(form, kind) for form in FORMATS.values() for kind in sorted(TYPES)]
every = pytest.mark.parametrize(
    ("form", "kind"), EVERY, ids=[f"{form.name}-{kind}" for form, kind in EVERY]
)


def reworded(draw: st.DrawFn, value: Any, name: str = "") -> Any:
    """The same with other words, wherever it says something."""
    if isinstance(value, dict):
        return {key: reworded(draw, one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [reworded(draw, one, name) for one in value]
    return draw(WORDS) if name in SAID else value


@st.composite
def hostile(draw: st.DrawFn, kind: str) -> Any:
    """A question of a type whose every text is made to break formats."""
    content = reworded(draw, draw(contents(kind)))
    return content | {name: safe_html(content[name]) for name in ("text", "explanation")}


@every
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_question_comes_back_equal(form: Format, kind: str, data: st.DataObject) -> None:
    content = data.draw(hostile(kind))
    name = data.draw(WORDS)
    meta = {"difficulty": 3, "use": "final"}
    going = outgoing(content, name=name, meta=meta, form=form)
    going.tags = ["en tagg]"]
    for back in form.read(form.write([going, going])):
        assert isinstance(back, Source)
        again, own = incoming(back)
        assert again == canonical(content) | {"teaches": str(content["teaches"])[:120]}
        assert (own["difficulty"], own["use"], back.tags) == (3, "final", ["en tagg]"])


@every
def test_an_ordinary_question_comes_back_whole(form: Format, kind: str) -> None:
    going = outgoing(EXAMPLES[kind], name="fraga-1", meta={}, form=form)
    [draft] = drafts_of(form.write([going]), form.name)
    assert (draft.fit, draft.notes, draft.idnumber) == (Fit.WHOLE, [], "fraga-1")
    assert draft.content == canonical(EXAMPLES[kind])


# What each format says by its own means, so that every other platform reads it too.
BY_ITSELF = {
    "gift": ["matching", "multiple", "single", "true_false"],
    "moodle-xml": [
        "gap_choice",
        "gap_typed",
        "matching",
        "multiple",
        "ordering",
        "single",
        "true_false",
    ],
}


def plainly(value: Any, name: str = "") -> Any:
    """A question without what no other platform knows of, in words full of signs."""
    if isinstance(value, dict):
        return {key: plainly(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [plainly(one, name) for one in value]
    match name:
        case "explanation":
            return "<p>Därför: <b>a &lt; b</b> = 50 % {ja}</p><ul><li>ett</li><li>två</li></ul>"
        case "feedback":
            return "Nej: a < b & c # 5 = ~ \\ }\nrad två"
        case "ignore_accents":
            return False
        case "text" if value == "<p>Vad?</p>":
            return "<p>Vad är <i>rätt</i> ~ 1 = 1 #3</p><p>Två {a}:</p>"
    return value


@every
def test_what_a_format_can_say_it_says_by_its_own_means(form: Format, kind: str) -> None:
    content = plainly(EXAMPLES[kind])
    for pair in content.get("pairs", []):
        pair["feedback"] = ""
    if kind == "true_false":
        for option, word in zip(content["options"], ("Sant", "Falskt"), strict=True):
            option["text"] = word
    if kind == "multiple":
        content["rule"] = "right_minus_wrong"
    going = outgoing(content, name="fraga-1", meta={}, form=form)
    by_itself = kind in BY_ITSELF[form.name]
    assert going.own is not None
    assert ("content" not in going.own) == by_itself
    assert by_itself == (not [note for note in going.notes if note.weight is Weight.LOST]) or (
        kind == "categorise"
    )


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_file_changed_by_hand_says_what_it_says_now(form: Format) -> None:
    content = EXAMPLES["matching"]
    written = form.write([outgoing(content, name="fraga-1", meta={}, form=form)]).decode()
    [draft] = drafts_of(written.replace("vänster 0", "något annat", 1).encode(), form.name)
    assert draft.content["pairs"][0]["text"] == "något annat"
    assert draft.noted(Weight.REMARK) == [
        "den har ändrats sedan den skrevs härifrån; det som bara vi hade sagt om den är utelämnat"
    ]
