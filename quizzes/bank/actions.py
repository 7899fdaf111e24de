"""Writes of the bank by file: what a trainer has edited since is never overwritten."""

import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.db import transaction

from quizzes.bank.models import Question, Quiz, digest
from quizzes.bank.settings import Settings
from quizzes.types import Content, type_of

BODY_IDS = uuid.UUID("c3c0a0b7-4b5e-4e0b-8a0c-6d6a8f0b9d53")


class Outcome(StrEnum):
    """What became of an item of a file."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # edited here since it was loaded: left alone


@transaction.atomic
def load_question(
    *,
    key: str,
    content: Content,
    tags: Sequence[str],
    difficulty: int,
    source: str,
    use: str,
) -> Outcome:
    """Bring a question of a file into the bank and publish it.

    Raises ValidationError when it can't be asked.
    """
    question = Question.objects.filter(key=key).first() or Question(key=key)
    kind = type_of(content)
    fields = {
        "body": [{"type": kind.name, "id": block_id(key), "value": kind.to_block(content)}],
        "text": content["text"],
        "explanation": content["explanation"],
        "teaches": content["teaches"],
        "difficulty": difficulty,
        "source": source,
        "use": use,
    }
    return _load(question, fields, tags)


@transaction.atomic
def load_quiz(
    *,
    key: str,
    title: str,
    draw_tag: str,
    draw: int,
    shuffle: bool,
    settings: Settings,
) -> Outcome:
    """Bring a quiz of a file into the bank and publish it. Raises ValidationError."""
    quiz = Quiz.objects.filter(key=key).first() or Quiz(key=key)
    fields = {
        "title": title,
        "draw_tag": draw_tag,
        "draw": draw,
        "shuffle": shuffle,
        **settings.plain(),
    }
    return _load(quiz, fields)


def block_id(key: str) -> str:
    """The id of the block that a question is made of."""
    return str(uuid.uuid5(BODY_IDS, key))


def _load(item: Question | Quiz, fields: Mapping[str, Any], tags: Sequence[str] = ()) -> Outcome:
    new = item.pk is None
    latest = item if new else item.get_latest_revision_as_object()
    # Edited here since, or taken out of use.
    if not new and (not item.live or item.loaded_digest != _present(latest)):
        return Outcome.KEPT
    for name, value in fields.items():
        setattr(latest, name, value)
    if isinstance(latest, Question) and sorted(latest.tags.names()) != sorted(tags):
        latest.tags.set(tags)
    present = _present(latest)
    if present == item.loaded_digest:
        return Outcome.UNCHANGED
    latest.loaded_digest = present
    if isinstance(latest, Question):
        latest.check_content()
    latest.full_clean(exclude=["latest_revision", "live_revision", "locked_by"])
    if new:
        latest.live = False
        latest.save()
    latest.save_revision(clean=False).publish()
    return Outcome.NEW if new else Outcome.UPDATED


def _present(item: Question | Quiz) -> str:
    """Fingerprint of what the item says now, in its latest version."""
    if isinstance(item, Quiz):
        return digest(_of_quiz(item))
    tags = sorted(item.tags.names())
    return digest([item.content(), item.difficulty, item.source, item.use, tags])


def _of_quiz(quiz: Quiz) -> list[Any]:
    """What a quiz says. Settings that came later are left out where they say what always held, so
    that the fingerprints from before them still fit."""
    usual = Settings().plain()
    first = ("pass_percent", "max_tries")
    rule = {
        name: value
        for name, value in quiz.rule().items()
        if name in first or name not in usual or value != usual[name]
    }
    return [rule, quiz.draw_tag, quiz.shuffle]
