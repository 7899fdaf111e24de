"""GIFT, feature by feature, with files of our own."""

import pytest

from quizzes.interchange.drafts import Fit, drafts_of
from quizzes.interchange.source import FileRefused, Weight
from tests.quizzes.interchange.reading import gift, lost, option_texts, right, small


def test_one_right_answer_with_feedback_and_an_explanation() -> None:
    [draft] = gift(
        "::Oro 1:: Vad gör du vid oro?{\n=Frågar#Bra, du frågar.\n~Väntar#Vänta inte.\n"
        "####Fråga alltid\ni enrum.}"
    )
    assert (draft.name, draft.kind, draft.fit, draft.line) == ("Oro 1", "single", Fit.WHOLE, 1)
    assert draft.content["text"] == "<p>Vad gör du vid oro?</p>"
    assert draft.content["explanation"] == "<p>Fråga alltid<br>i enrum.</p>"
    assert [(one["text"], one["correct"], one["feedback"]) for one in draft.content["options"]] == [
        ("Frågar", True, "Bra, du frågar."),
        ("Väntar", False, "Vänta inte."),
    ]


def test_shares_that_cost_as_much_as_they_give_are_right_minus_wrong() -> None:
    [draft] = gift("Vilka?{~%50%a ~%50%b ~%-50%c}")
    assert (draft.kind, draft.content["rule"], draft.fit) == (
        "multiple",
        "right_minus_wrong",
        Fit.WHOLE,
    )
    assert right(draft) == ["a", "b"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("~%50%a ~%50%b ~c", "att ett fel val inte kostar något"),
        ("~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d", "vad ett fel val kostar"),
        ("~%70%a ~%30%b ~%-50%c", "att de rätta svaren ger olika poäng"),
        ("=a ~%50%b ~c", "att ”b” ger 50 % av poängen"),
        ("=a =b ~c", "att det räcker med ett av de rätta svaren"),
    ],
)
def test_points_that_our_rules_have_no_word_for_are_said(answers: str, said: str) -> None:
    [draft] = gift(f"Vilka?{{{answers}}}")
    assert draft.fit is Fit.PART
    assert [note.startswith(said) for note in lost(draft)] == [True]


@pytest.mark.parametrize(("said", "is_true"), [("T", True), ("TRUE", True), ("F", False)])
def test_statements(said: str, is_true: bool) -> None:
    [draft] = gift(f"Så är det.{{{said}#Tänk om.#Just så.}}")
    assert right(draft) == ["Sant" if is_true else "Falskt"]
    feedback = {one["correct"]: one["feedback"] for one in draft.content["options"]}
    assert feedback == {True: "Just så.", False: "Tänk om."}


def test_matching_with_something_too_many() -> None:
    [draft] = gift("Para.{\n=katt -> mjau\n=hund -> voff\n= -> mu\n}")
    assert [(one["text"], one["match"]) for one in draft.content["pairs"]] == [
        ("katt", "mjau"),
        ("hund", "voff"),
    ]
    assert [one["text"] for one in draft.content["distractors"]] == ["mu"]


def test_a_word_to_type_after_the_question_and_in_the_middle_of_it() -> None:
    after, within = gift("Vad heter lagen?{=SoL =socialtjänstlagen}\n\nLagen {=SoL} gäller.")
    assert after.content["passage"][0] == {"text": "Svar: "}
    assert after.content["passage"][1]["accepted"] == ["SoL", "socialtjänstlagen"]
    assert after.content["passage"][1]["ignore_case"] is True
    assert [piece.get("text", "*") for piece in within.content["passage"]] == [
        "Lagen ",
        "*",
        " gäller.",
    ]


def test_a_missing_word_to_choose() -> None:
    [draft] = gift("Du {~väntar =frågar ~gissar} alltid.")
    assert draft.kind == "gap_choice"
    options = draft.content["passage"][1]["options"]
    assert [one["text"] for one in options if one["correct"]] == ["frågar"]


@pytest.mark.parametrize(
    ("said", "accepted"),
    [
        ("#1998", ["1998"]),
        ("#2.5", ["2.5", "2,5"]),
        ("#-3:1", ["-3", "-4", "-2"]),
        ("#1..3", ["2", "1", "3"]),
        ("#=7 =8", ["7", "8"]),
    ],
)
def test_numbers_are_typed_exactly_or_named_one_by_one(said: str, accepted: list[str]) -> None:
    [draft] = gift(f"Hur många?{{{said}}}")
    assert draft.content["passage"][1]["accepted"] == accepted


def test_a_margin_that_cannot_be_named_is_refused_with_the_reason() -> None:
    [draft] = gift("Hur långt?{#3.14159:0.1}")
    assert draft.fit is Fit.REFUSED
    assert draft.reason == "en marginal på ± 0.1: här skrivs ett tal exakt"


def test_what_is_typed_is_compared_whole_so_a_wildcard_is_left_out_and_said() -> None:
    [some, none] = gift("Vad?{=stöd =hjälp*#Nästan}\n\nVad?{=*}")
    assert some.content["passage"][1]["accepted"] == ["stöd"]
    assert lost(some)[0] == "”hjälp*”, där * står för vad som helst"
    assert (none.fit, none.reason) == (Fit.REFUSED, "inget som går att skriva är rätt")


@pytest.mark.parametrize("text", ["Skriv om stöd.{}", "Läs det här först."])
def test_what_nobody_can_answer_here_is_refused_by_name_and_line(text: str) -> None:
    [_before, draft] = gift(f"Sant.{{T}}\n\n::Uppgiften::{text}")
    assert (draft.fit, draft.name, draft.line) == (Fit.REFUSED, "Uppgiften", 3)


def test_escaped_signs_are_the_signs() -> None:
    [draft] = gift(r"::Tecken\: x::Vad är 1 \= 1 \{a\} \#1\: \~?{=ja\=ja#ett \# två ~nej\nnej \\}")
    assert draft.name == "Tecken: x"
    assert draft.content["text"] == "<p>Vad är 1 = 1 {a} #1: ~?</p>"
    assert option_texts(draft) == ["ja=ja", "nej nej \\"]
    assert draft.content["options"][0]["feedback"] == "ett # två"


def test_formats_of_texts() -> None:
    html, markdown, plain = gift(
        "[html]<p>Ett <em>ord</em></p>{T}\n\n[markdown]Ett **ord**{T}\n\n[plain]a <b> &amp; c{T}"
    )
    assert html.content["text"] == "<p>Ett <em>ord</em></p>"
    assert markdown.content["text"] == "<p>Ett <strong>ord</strong></p>"
    assert plain.content["text"] == "<p>a &lt;b&gt; &amp;amp; c</p>"


def test_categories_tags_and_ids() -> None:
    one, two = gift(
        "$CATEGORY: $course$/top/Våld i nära relation\n\n// [id:v-1] [tag:freda] [tag:grund\\]a]\n"
        "Ett.{T}\n\n$CATEGORY: Annat\n// en kommentar\nTvå.{T}"
    )
    assert (one.idnumber, one.tags) == ("v-1", ["freda", "grund]a", "Våld i nära relation"])
    assert (two.idnumber, two.tags, two.line) == ("", ["Annat"], 8)


def test_an_empty_line_inside_braces_does_not_part_a_question() -> None:
    [draft, after] = gift("Vad?{\n=a\n\n~b\n\n}\n\nSant.{T}")
    assert option_texts(draft) == ["a", "b"]
    assert after.line == 8


def test_questions_without_an_empty_line_between_are_read_one_by_one_and_that_is_said() -> None:
    first, second = gift("Ett.{T}\nTvå.{F}")
    assert (first.line, second.line, second.fit) == (1, 2, Fit.WHOLE)
    assert second.noted(Weight.REMARK) == ["det står ingen tom rad före den"]


@pytest.mark.parametrize("text", ["Vad?{=a ~b", "Vad?=a ~b}", "Vad {=a} är {=b} det?", "}{"])
def test_braces_that_do_not_fit_together_are_refused_and_the_rest_is_read(text: str) -> None:
    before, broken, after = gift(f"Ett.{{T}}\n\n::Trasig::{text}\n\n::Hel::Två.{{T}}")
    assert [before.fit, broken.fit, after.fit] == [Fit.WHOLE, Fit.REFUSED, Fit.WHOLE]
    assert (broken.line, "klam" in broken.reason) == (3, True)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_line_endings_and_encodings(ending: str, encoding: str) -> None:
    text = "Är det så?{=På riktigt ~Nej}\n\nÅter.{T}".replace("\n", ending)
    one, two = drafts_of(text.encode(encoding), "gift")
    assert (one.content["text"], two.line) == ("<p>Är det så?</p>", 3)
    assert bool(one.noted(Weight.REMARK)) == (encoding == "windows-1252")


@pytest.mark.parametrize("data", [b"", b" \n", b"// bara en kommentar", b"\x00\x01PK", b"a\0{T}"])
def test_a_file_without_questions_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        drafts_of(data, "gift")


def test_formatting_of_options_goes_and_that_is_said_in_passing() -> None:
    [draft] = gift("Vad?{=[html]<b>a</b> ~b}")
    assert (option_texts(draft), draft.fit) == (["a", "b"], Fit.WHOLE)
    assert small(draft) == ["formatering i alternativ och återkoppling"]
