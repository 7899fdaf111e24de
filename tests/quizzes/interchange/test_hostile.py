"""Files of strangers: whatever they hold, they are read or refused, and nothing runs."""

import base64
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.interchange import source
from quizzes.interchange.drafts import Draft, Fit, drafts_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.own import asked
from quizzes.interchange.source import Answer, FileRefused, Source, Text
from tests.quizzes.interchange.reading import answers, gift, moodle, option_texts, question

LAUGHS = "".join(
    f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha" * 10}">' for at in range(10)
)


@pytest.mark.parametrize(
    ("prologue", "inside"),
    [
        (f"<!DOCTYPE quiz [{LAUGHS}]>", "&a9;"),
        ('<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        ('<!DOCTYPE quiz [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>', ""),
        ('<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd">', "&x;"),
        ("", "&nbsp;"),
    ],
)
def test_entities_are_refused_with_a_reason(prologue: str, inside: str) -> None:
    data = f"{prologue}\n<quiz>{question('essay', '', text='x')}{inside}</quiz>"
    with pytest.raises(FileRefused) as refused:
        drafts_of(data.encode(), "moodle-xml")
    assert str(refused.value).startswith("Rad ")


def test_a_document_type_without_entities_does_no_harm() -> None:
    node = question("truefalse", answers((100, "true"), (0, "false")))
    [draft] = drafts_of(f"<!DOCTYPE quiz><quiz>{node}</quiz>".encode(), "moodle-xml")
    assert draft.fit is Fit.WHOLE


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<quiz>" + b"<a>" * 100_000, 1),
        (b"<quiz>\n<question></quiz>", 2),
        (b"<quiz>\n\xff\xfe</quiz>", 2),
        (b"\n\n<html><p>Inte en fr\xc3\xa5ga</p></html>", 3),
        (b"<quiz></quiz>", 0),
        (b'<?xml version="1.0" encoding="big5"?><quiz></quiz>', 0),
        (b'<?xml version="1.0" encoding="nonsense"?><quiz></quiz>', 0),
        (b"PK\x03\x04", 1),
    ],
)
def test_broken_xml_is_refused_where_it_breaks(data: bytes, line: int) -> None:
    with pytest.raises(FileRefused) as refused:
        drafts_of(data, "moodle-xml")
    assert refused.value.line == line


def test_files_past_the_limits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    monkeypatch.setattr(source, "MAX_QUESTIONS", 3)
    for form, one in (("gift", "Sant.{T}\n\n"), ("moodle-xml", "")):
        large = (one or "<quiz></quiz>") * 1000
        with pytest.raises(FileRefused, match="större än"):
            drafts_of(large.encode(), form)
    with pytest.raises(FileRefused, match="fler än 3 frågor"):
        gift("Sant.{T}\n\n" * 4)
    with pytest.raises(FileRefused, match="fler än 3 frågor"):
        moodle("<question type='essay'/>" * 4)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "{\n\n" * 20_000,
        "{}\n" * 20_000,
        "::" * 50_000,
        "Vad?{" + "~" * 50_000 + "}",
        "Vad?{=" + "[html]<b>" * 9_000 + " ~b}",
        "[html]" + "<" * 90_000 + "{T}",
        "[html]" + "<!--" * 20_000 + "{T}",
        "[html]" + "<ul><li>" * 10_000 + "{T}",
        "[markdown]" + "[" * 5_000 + "{T}",
        "[markdown]" + "> " * 5_000 + "{T}",
    ],
)
def test_texts_made_to_take_long_do_not(text: str) -> None:
    began = time.process_time()
    with contextlib.suppress(FileRefused):
        gift(text)
    assert time.process_time() - began < 2


def test_script_goes_and_is_said_and_what_stays_is_safe() -> None:
    [draft] = moodle(
        question(
            "multichoice",
            answers((100, "&lt;img src=x onerror=alert(1)&gt;Ja"), (0, "Nej")),
            text='Vad<script>alert(1)</script> <a href="javascript:alert(1)">är</a> '
            '<b onclick="x()">rätt</b><iframe src="//x"></iframe>?',
        )
    )
    assert draft.content["text"] == "<p>Vad är <b>rätt</b>?</p>"
    assert option_texts(draft) == ["Ja", "Nej"]
    said = [note.text for note in draft.notes]
    assert "skript i en text" in said
    assert "elementet <iframe>" in said
    assert "en länk till javascript:alert(1)" in said


def test_a_large_picture_is_named_and_not_kept() -> None:
    picture = base64.b64encode(b"\0" * 3_000_000).decode()
    node = question("truefalse", answers((100, "true"), (0, "false")))
    [draft] = moodle(
        node.replace("</questiontext>", f'<file name="karta.png">{picture}</file></questiontext>')
    )
    assert [note.text for note in draft.notes] == ["filen karta.png"]


MESSY = st.text(alphabet="{}~=#:%\\->[]/$<>&;*|\n\r 1ax.CATEGORYhtml", max_size=200)
WHOLE_GIFT = (
    "$CATEGORY: a/b\n\n// [id:1] [tag:x]\n::N::[html]<p>Vad {1:SA:=x}?</p>{=a#b ~%50%c####d}"
)
WHOLE_XML = (
    "<quiz>"
    + "".join(
        question(kind, inside, text="[[1]] {1:MC:=a~b} {1:NM:=1:0}")
        for kind, inside in (
            ("multichoice", "<single>false</single>" + answers((50, "a"), (-33.3, "b"))),
            ("truefalse", answers((100, "true"), (0, "false"))),
            (
                "matching",
                "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>",
            ),
            ("numerical", answers((100, "1"))),
            ("cloze", "<defaultgrade>2</defaultgrade>"),
            ("gapselect", "<selectoption><text>a</text><group>1</group></selectoption>"),
            ("ordering", answers((1, "a"), (2, "b"))),
        )
    )
    + "</quiz>"
)


@st.composite
def mutated(draw: st.DrawFn, whole: str) -> bytes:
    """A file with pieces cut out, doubled, or replaced by something else."""
    data = whole.encode()
    for _time in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        other = draw(st.binary(max_size=6) | MESSY.map(str.encode) | st.just(data[start:end] * 2))
        data = data[:start] + other + data[end:]
    return data


def judged(data: bytes, form: str) -> list[Draft]:
    try:
        drafts = drafts_of(data, form)
    except FileRefused as refused:
        assert refused.reason
        return []
    for draft in drafts:
        assert draft.line > 0
        assert bool(draft.content) != (draft.fit is Fit.REFUSED) == bool(draft.reason)
    return drafts


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | MESSY.map(str.encode) | mutated(WHOLE_GIFT))
def test_no_gift_is_too_broken_to_judge(data: bytes) -> None:
    judged(data, "gift")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | mutated(WHOLE_XML))
def test_no_xml_is_too_broken_to_judge(data: bytes) -> None:
    judged(data, "moodle-xml")


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=30),
    st.sampled_from(sorted(FORMATS)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "text", "options", "steps", "id"]), inner)
        ),
    ),
)
def test_what_a_file_claims_that_we_wrote_is_judged_like_the_rest(
    name: str, form: str, claimed: object
) -> None:
    statement = Source(
        type="truefalse",
        name="x",
        text=Text("<p>x</p>"),
        answers=[Answer(Text("true"), source.percent_of("100")), Answer(Text("false"))],
    )
    [back] = FORMATS[form].read(FORMATS[form].write([statement]))
    assert isinstance(back, Source)
    content = {"type": name, **claimed} if isinstance(claimed, dict) else claimed
    statement.own = {"version": 1, "digest": asked(back), "content": content, "difficulty": name}
    judged(FORMATS[form].write([statement]), form)
