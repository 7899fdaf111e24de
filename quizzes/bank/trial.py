"""Trying a question or a quiz in the editor: graded like the real thing, leaving no trace.

What is being tried may be an unsaved draft, so it travels with the page, signed. Only those who may
edit questions ever get such a page; a learner's page never holds a key.
"""

from collections.abc import Collection
from typing import Any

from django.core import signing

from quizzes.types import TYPES, Content

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


def asked(
    content: Content, number: int | str, chosen: Collection[str] = frozenset()
) -> dict[str, Any]:
    """A question as a page shows it before it is judged: nothing of the key."""
    kind = TYPES[content["type"]]
    return {
        "number": number,
        "number_text": str(number),  # templates join texts only
        "text": content["text"],
        "hint": kind.hint,
        "several": kind.several,
        "answered": bool(chosen),
        "options": [
            {**option, "checked": option["id"] in chosen} for option in kind.public_options(content)
        ],
    }


def judged(content: Content, number: int | str, chosen: list[str]) -> dict[str, Any]:
    """A question as a page shows it after it is judged: what was right, and why."""
    kind = TYPES[content["type"]]
    return {
        "number": number,
        "text": content["text"],
        "is_correct": kind.grade(content, chosen).is_correct,
        "answered": bool(chosen),
        "explanation": content["explanation"],
        "teaches": content["teaches"],
        "options": [{**option, "checked": option["id"] in chosen} for option in content["options"]],
    }
