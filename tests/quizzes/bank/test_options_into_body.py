"""What the bank held as type and options is the same question as a body, and goes back."""

from importlib import import_module
from typing import Any

import pytest

from quizzes.bank.models import Question, digest

MIGRATION = import_module("quizzes.migrations.0006_options_into_body")


def option(name: str, text: str, correct: bool) -> dict[str, Any]:
    value = {"text": text, "correct": correct, "feedback": f"Om {text}"}
    return {"type": "option", "id": name, "value": value}


OLD = [
    ("single", [option("a", "Ett", False), option("b", "Två", True)]),
    ("multiple", [option("a", "Ett", True), option("b", "Två", True), option("c", "Tre", False)]),
    ("true_false", [option("a", "Sant", False), option("b", "Falskt", True)]),
    ("true_false", [option("a", "Stämmer", True), option("b", "Stämmer inte", False)]),
]


@pytest.mark.parametrize(("kind", "options"), OLD)
def test_the_bank_reads_what_the_migration_made(kind: str, options: list[dict[str, Any]]) -> None:
    said = {"text": "<p>Vad?</p>", "explanation": "<p>Så.</p>", "teaches": "a#1"}
    body = MIGRATION.body_of("fraga-1", kind, options)
    content: Any = Question(key="fraga-1", body=body, **said).content()
    ids = MIGRATION.with_new_ids(kind, options)
    # To the letter: so that files still know what they loaded.
    assert digest(content) == MIGRATION.digest(MIGRATION.content_of(said, kind, ids))
    assert [(one["text"], one["correct"]) for one in content["options"]] == [
        (one["value"]["text"], one["value"]["correct"]) for one in options
    ]


@pytest.mark.parametrize(("kind", "options"), OLD)
def test_it_goes_back_as_it_was(kind: str, options: list[dict[str, Any]]) -> None:
    again, back = MIGRATION.options_of(MIGRATION.body_of("fraga-1", kind, options))
    assert (again, [one["value"] for one in back]) == (kind, [one["value"] for one in options])


def test_a_type_that_had_no_options_goes_back_as_one_without() -> None:
    body = [{"type": "ordering", "id": "x", "value": {"steps": []}}]
    assert MIGRATION.options_of(body) == ("single", [])
    assert MIGRATION.options_of([]) == ("single", [])
