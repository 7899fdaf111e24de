"""Moodle XML, type by type, with files of our own."""

import pytest

from quizzes.interchange.drafts import Fit, drafts_of
from quizzes.interchange.source import Weight
from tests.quizzes.interchange.reading import (
    answers,
    lost,
    moodle,
    option_texts,
    question,
    right,
    small,
)


def test_one_right_answer_with_what_stands_around_it() -> None:
    [draft] = moodle(
        '<question type="category"><category><text>$course$/top/Oro</text></category></question>',
        question(
            "multichoice",
            "<generalfeedback><text>Därför.</text></generalfeedback><single>true</single>"
            "<idnumber>v-1</idnumber><tags><tag><text>freda</text></tag></tags>"
            + answers((100, "a"), (0, "b"), feedback="x"),
        ),
    )
    assert (draft.kind, draft.fit, draft.name) == ("single", Fit.WHOLE, "Fråga 1")
    assert (draft.idnumber, draft.tags) == ("v-1", ["freda", "Oro"])
    assert (right(draft), option_texts(draft)) == (["a"], ["a", "b"])
    assert draft.content["explanation"] == "<p>Därför.</p>"


def test_lines_are_those_of_the_file() -> None:
    data = "\n\n<?xml version='1.0'?>\n<quiz>\n\n" + question("essay", "") + "</quiz>"
    assert [draft.line for draft in drafts_of(data.encode(), "moodle-xml")] == [6]


def test_several_right_answers_by_their_fractions() -> None:
    several = "<single>false</single>"
    exact, free, all_of_it, older = moodle(
        question("multichoice", several + answers((50, "a"), (50, "b"), (-50, "c"))),
        question("multichoice", several + answers((50, "a"), (50, "b"), (0, "c"))),
        question("multichoiceset", answers((100, "a"), (100, "b"), (0, "c"))),
        question(
            "multichoiceset",
            "<answer><correctanswer>1</correctanswer><text>a</text></answer>"
            "<answer><correctanswer>0</correctanswer><text>b</text></answer>",
        ),
    )
    assert (exact.content["rule"], exact.fit) == ("right_minus_wrong", Fit.WHOLE)
    assert free.fit is Fit.PART
    assert (right(older), older.content["rule"]) == (["a"], "all_or_nothing")
    assert (all_of_it.content["rule"], all_of_it.fit) == ("all_or_nothing", Fit.WHOLE)


def test_statements_whatever_the_language_of_their_words() -> None:
    english, other = moodle(
        question("truefalse", answers((0, "true"), (100, "false"), feedback="f")),
        question("truefalse", answers((100, "wahr"), (0, "falsch"))),
    )
    assert (right(english), right(other)) == (["Falskt"], ["Sant"])


def test_short_answers_know_whether_large_letters_matter() -> None:
    loose, strict = moodle(
        question("shortanswer", "<usecase>0</usecase>" + answers((100, "SoL"), (50, "LSS"))),
        question("shortanswer", "<usecase>1</usecase>" + answers((100, "SoL"))),
    )
    assert loose.content["passage"][1]["accepted"] == ["SoL"]
    assert lost(loose) == ["att ”LSS” ger 50 % av poängen: här ger det inga"]
    assert strict.content["passage"][1]["ignore_case"] is False


def test_matching_and_matching_by_dragging() -> None:
    pairs = "".join(
        f"<subquestion format='html'><text>{left}</text><answer{form}><text>{match}</text></answer>"
        "</subquestion>"
        for left, match, form in (
            ("a", "1", ""),
            ("b", "&lt;b&gt;2&lt;/b&gt;", ' format="html"'),
            ("", "3", ""),
        )
    )
    for kind in ("matching", "ddmatch"):
        [draft] = moodle(question(kind, pairs))
        assert [(one["text"], one["match"]) for one in draft.content["pairs"]] == [
            ("a", "1"),
            ("b", "2"),
        ]
        assert [one["text"] for one in draft.content["distractors"]] == ["3"]


def test_numbers_with_units_and_margins() -> None:
    number = '<answer fraction="100"><text>10</text><tolerance>1</tolerance></answer>'
    units = "<units><unit><multiplier>1</multiplier><unit_name>kg</unit_name></unit></units>"
    [draft] = moodle(question("numerical", number + units))
    assert draft.content["passage"][1]["accepted"] == ["10", "9", "11"]
    assert lost(draft) == ["enheterna kg"]


def test_cloze_with_typed_gaps() -> None:
    [draft] = moodle(
        question(
            "cloze",
            "",
            text="<p>Fyll i.</p><p>Du {1:SHORTANSWER:=frågar#Ja~%0%gissar} och {:SAC:=dokumenterar}"
            " {2:NUMERICAL:=2:0} gånger.</p>",
        )
    )
    assert draft.kind == "gap_typed"
    assert draft.content["text"] == "<p>Fyll i.</p>"
    assert [piece.get("text") for piece in draft.content["passage"]] == [
        "Du ",
        None,
        " och ",
        None,
        " ",
        None,
        " gånger.",
    ]
    gaps = [piece for piece in draft.content["passage"] if "gap" in piece]
    assert [gap["accepted"] for gap in gaps] == [["frågar"], ["dokumenterar"], ["2"]]
    assert [gap["ignore_case"] for gap in gaps] == [True, False, True]
    assert small(draft) == ["att luckorna väger olika"]


def test_cloze_with_gaps_of_two_kinds_keeps_one_and_says_so() -> None:
    [draft] = moodle(
        question("cloze", "", text="{1:MC:=ja~nej#x} {1:MCV:~%100%a~b} {1:SA:=tre} ord")
    )
    assert (draft.kind, draft.fit) == ("gap_choice", Fit.PART)
    assert draft.content["passage"][-1] == {"text": " tre ord"}
    assert lost(draft) == ["lucka 3, som är av ett annat slag: den står ifylld med ”tre”"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Inga luckor.", "den har ingen lucka"),
        ("{1:MULTICHOICE:=En}", "Lucka 1: En fråga behöver minst två alternativ."),
        ("{1:MC:a~%50%b}", None),
        ("{1:MC:a~b}", "lucka 1 har inget rätt svar"),
        ("{1:NUMERICAL:=noll}", "”noll” är inte ett tal som går att skriva"),
        ("{1:SA:=a", "en luckas klammer stängs inte"),
        ("{1:MR:=a~=b}", "varje lucka tar flera svar"),
        ("{1:REGEXP:=a}", "den har en lucka av ett okänt slag, REGEXP"),
    ],
)
def test_cloze_that_cannot_be_asked_says_why(text: str, reason: str | None) -> None:
    [draft] = moodle(question("cloze", "", text=text))
    assert draft.reason == (reason or "")


@pytest.mark.parametrize(("kind", "box"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_places_take_the_words_of_their_group(kind: str, box: str) -> None:
    words = "".join(
        f"<{box}><text>{word}</text><group>{group}</group></{box}>"
        for word, group in (("ett", 1), ("två", 1), ("röd", 2), ("blå", 2))
    )
    [draft] = moodle(question(kind, words, text="Först [[2]], sedan [[3]]."))
    gaps = [piece["options"] for piece in draft.content["passage"] if "gap" in piece]
    assert [[one["text"] for one in gap] for gap in gaps] == [["ett", "två"], ["röd", "blå"]]
    assert [[one["text"] for one in gap if one["correct"]] for gap in gaps] == [["två"], ["röd"]]


def test_steps_come_in_the_order_of_their_fractions() -> None:
    [draft] = moodle(question("ordering", answers((2, "b"), ("1.0000000", "a"), (3, "c"))))
    assert [step["text"] for step in draft.content["steps"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "kind",
    ["essay", "description", "calculated", "ddmarker", "randomsamatch", "stack", "coderunner", ""],
)
def test_what_cannot_be_asked_here_is_said_by_name(kind: str) -> None:
    [draft] = moodle(question(kind, "<hint><text>x</text></hint>", name="Nr 7"))
    assert (draft.fit, draft.name, draft.content) == (Fit.REFUSED, "Nr 7", {})
    assert draft.reason


def test_everything_that_has_no_place_here_is_said() -> None:
    [draft] = moodle(
        question(
            "multichoice",
            "<defaultgrade>2</defaultgrade><penalty>0.5</penalty><hidden>1</hidden>"
            "<shuffleanswers>0</shuffleanswers>"
            "<hint><hintcontent><text>Tänk efter</text></hintcontent></hint>"
            "<correctfeedback><text>Snyggt!</text></correctfeedback>"
            "<incorrectfeedback><text>Your answer is incorrect.</text></incorrectfeedback>"
            "<plugindata><x>1</x></plugindata>" + answers((100, "a"), (0, "b")),
            text='<p>Se <img src="@@PLUGINFILE@@/karta.png" alt="en karta"></p>',
        ).replace("</questiontext>", '<file name="karta.png">QUJD</file></questiontext>')
    )
    assert lost(draft) == [
        "1 ledtrådar mellan försöken",
        "återkopplingen till helheten: “Snyggt!”",
        "bilden karta.png (en karta)",
    ]
    assert small(draft) == [
        "att den ger 2 poäng: här ger varje fråga en",
        "avdraget för varje nytt försök",
        "återkopplingen till helheten: “Your answer is incorrect.”",
        "elementet <plugindata>",
        "att ordningen inte ska blandas",
    ]
    assert draft.noted(Weight.REMARK) == ["den var dold i Moodle"]


def test_the_file_of_a_picture_that_the_text_does_not_show_is_said_too() -> None:
    node = question("multichoice", answers((100, "a"), (0, "b")))
    [draft] = moodle(
        node.replace("</questiontext>", '<file name="x.pdf">QQ==</file></questiontext>')
    )
    assert lost(draft) == ["filen x.pdf"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_encodings_that_the_declaration_says(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\r\n<quiz>\r\n' + question(
        "truefalse", answers((100, "true"), (0, "false")), text="Är å, ä och ö hela?"
    )
    [draft] = drafts_of(f"{text}</quiz>".encode(encoding), "moodle-xml")
    assert draft.content["text"] == "<p>Är å, ä och ö hela?</p>"
