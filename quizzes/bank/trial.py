"""Trying a question or a quiz in the editor: graded like the real thing, leaving no trace.

What is being tried may be an unsaved draft, so it travels with the page, signed. Only those who may
edit questions ever get such a page; a learner's page never holds a key.
"""

from decimal import Decimal
from typing import Any

from django.core import signing

from quizzes.types import Answer, Content, type_of

SALT = "quizzes.trial"
LASTS_SECONDS = 24 * 3600


def trial_context(contents: list[Content], *, title: str) -> dict[str, Any]:
    """What the preview template needs: the questions without key, and them signed."""
    return {
        "title": title,
        "questions": [asked(content, number) for number, content in enumerate(contents, 1)],
        "signed": signing.dumps(contents, salt=SALT, compress=True),
    }


def signed_contents(signed: str) -> list[Content]:
    """The questions of a trial; raises django.core.signing.BadSignature."""
    contents: list[Content] = signing.loads(signed, salt=SALT, max_age=LASTS_SECONDS)
    return contents


def asked(content: Content, number: int | str, answer: Answer | None = None) -> dict[str, Any]:
    """A question as a page shows it before it is judged: nothing of the key."""
    kind = type_of(content)
    answer = kind.nothing() if answer is None else answer
    return {
        **kind.public(content, answer),
        "number": number,
        "number_text": str(number),  # templates join texts only
        "type": kind.name,
        "text": content["text"],
        "hint": kind.hint,
        "in_steps": kind.in_steps,
        "answered": not kind.is_empty(answer),
        "complete": kind.is_answered(content, answer),
        "locked": False,
    }


def judged(content: Content, number: int | str, answer: Answer) -> dict[str, Any]:
    """A question as a page shows it after it is judged: what was right, and why."""
    kind = type_of(content)
    graded = kind.grade(content, answer)
    right, of = kind.counted(content, answer)
    return {
        **kind.judged(content, answer),
        "number": number,
        "type": kind.name,
        "text": content["text"],
        "is_correct": graded.is_correct,
        "score": graded.score,
        "points": Decimal(graded.score.numerator) / graded.score.denominator,
        "right_parts": right,
        "parts": of,
        "answered": not kind.is_empty(answer),
        "explanation": content["explanation"],
        "teaches": content["teaches"],
    }
