"""The answers, looked up where the authors wrote them: in the module's questions.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TRUE, FALSE = "Sant", "Falskt"


@dataclass(frozen=True)
class BankQuestion:
    """A question: its text, and the texts of the right and the wrong options."""

    text: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _question(written: dict[str, object]) -> BankQuestion:
    options = written.get("options")
    if isinstance(options, list):
        right = tuple(_plain(option["text"]) for option in options if option["correct"])
        wrong = tuple(_plain(option["text"]) for option in options if not option["correct"])
    else:
        right, wrong = ((TRUE,), (FALSE,)) if written["correct"] else ((FALSE,), (TRUE,))
    return BankQuestion(_plain(str(written["text"])), right, wrong)


@cache
def bank(module: str) -> tuple[BankQuestion, ...]:
    """Every question of the module."""
    path = ROOT / "courses" / "modules" / module / "questions.yaml"
    return tuple(_question(written) for written in yaml.safe_load(path.read_text("utf-8")))


def asked(module: str, shown: str) -> BankQuestion:
    """The question whose text stands in `shown`, what a page says of it."""
    found = [question for question in bank(module) if question.text in _plain(shown)]
    assert found, f"No question of {module} reads: {shown}"
    return max(found, key=lambda question: len(question.text))
