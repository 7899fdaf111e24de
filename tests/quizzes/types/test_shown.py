"""How questions look: what a page sends is the answer it shows, and it gives nothing away."""

from html.parser import HTMLParser
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.bank.trial import asked, judged
from quizzes.types import TYPES, Content
from quizzes.types.base import response_of
from tests.quizzes.types.contents import CANARY, EXAMPLES, contents

kinds = pytest.mark.parametrize("kind", TYPES)
enough = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WITHOUT = QueryDict()


class Page(HTMLParser):
    """What a browser without script sends of a form, and every label it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent = QueryDict(mutable=True)
        self.words: list[str] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = given["name"]
            self.sent[self._select] = ""  # the first option says nothing
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = given["value"]
        elif tag == "input" and (
            given["type"] in ("hidden", "text") or ("checked" in given and given["value"])
        ):
            self.sent.appendlist(given["name"], given["value"])

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def shown(content: Content, answer: Any) -> str:
    context = {"question": asked(content, 1, answer), "name": "q1"}
    return render_to_string("quizzes/_question.html", context)


@st.composite
def answered(draw: st.DrawFn, kind: str) -> tuple[Content, Any]:
    """A question and some of an answer to it."""
    content, type_ = draw(contents(kind)), TYPES[kind]
    content = type_.shuffled(content, Random(draw(st.integers())))
    key = type_.key(content)
    left = draw(st.integers(0, len(key)))
    if isinstance(key, dict):
        return content, dict(list(key.items())[left:])
    return content, key[: len(key) - left]


@kinds
@enough
@given(data=st.data())
def test_a_page_without_script_sends_the_answer_it_shows(kind: str, data: st.DataObject) -> None:
    content, answer = data.draw(answered(kind))
    response = TYPES[kind].from_form(content, Page(shown(content, answer)).sent, "q1")
    assert (response is None) == TYPES[kind].is_empty(answer)
    assert TYPES[kind].read(content, response or response_of(answer), answer) == answer


@kinds
def test_nothing_of_the_key_stands_in_a_page_before_it_is_judged(kind: str) -> None:
    content, type_ = EXAMPLES[kind], TYPES[kind]
    assert CANARY not in shown(content, None)
    if kind != "gap_typed":  # there the key is what the person has typed
        assert CANARY not in shown(content, type_.key(content))


@kinds
@enough
@given(data=st.data())
def test_whatever_was_answered_is_judged_in_words(kind: str, data: st.DataObject) -> None:
    content, answer = data.draw(answered(kind))
    question = judged(content, 1, answer)
    words = Page(render_to_string("quizzes/_judged.html", {"question": question})).words
    verdict = {"Rätt", "Delvis rätt", "Inte rätt", "Inte besvarad"} & set(words)
    assert verdict == {_verdict(question)}


def _verdict(question: dict[str, Any]) -> str:
    if not question["answered"]:
        return "Rätt" if question["is_correct"] else "Inte besvarad"
    return {0: "Inte rätt", 1: "Rätt"}.get(question["score"], "Delvis rätt")


def test_a_part_right_is_counted_in_words() -> None:
    content = EXAMPLES["categorise"]
    question = judged(content, 1, {"c0": "x", "c1": "x"})
    html = " ".join(render_to_string("quizzes/_judged.html", {"question": question}).split())
    assert "1 av 3 rätt. Det ger 0,33 av 1 poäng." in html


def test_an_order_is_judged_by_what_follows_on_what() -> None:
    """One step in the wrong place does not make the others wrong."""
    question = judged(EXAMPLES["ordering"], 1, ["s3", "s0", "s1", "s2"])
    assert [step["correct"] for step in question["given"]] == [False, False, True, True]
    assert (question["right_parts"], question["parts"]) == (2, 3)


def test_a_case_shows_the_steps_walked_and_the_one_to_come_alone() -> None:
    words = Page(shown(EXAMPLES["case"], ["k1"])).words
    assert "läge start" in words
    assert "läge slut" in words
    assert "läge mitt" not in words
    assert "val k0" not in words  # what was not chosen is told when it is judged
    assert "val k1" in words
