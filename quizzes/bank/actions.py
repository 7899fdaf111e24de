"""Writes of the bank: by file, leaving alone what a trainer has edited since; and copies."""

import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import count
from typing import Any

from django.db import transaction

from quizzes.bank.asked import Asked
from quizzes.bank.models import Question, Quiz, digest
from quizzes.bank.parts import QuizPart
from quizzes.bank.settings import Settings
from quizzes.types import Content, InvalidContent, type_of

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
    *, key: str, title: str, parts: Sequence[Asked], shuffle: bool, settings: Settings
) -> Outcome:
    """Bring a quiz of a file into the bank and publish it. Raises ValidationError."""
    quiz = Quiz.objects.filter(key=key).first() or Quiz(key=key)
    fields = {
        "title": title,
        "parts": _parts_of(parts),
        "shuffle": shuffle,
        **settings.plain(),
    }
    return _load(quiz, fields)


@transaction.atomic
def copy_quiz(*, quiz: Quiz, key: str, title: str) -> Quiz:
    """Another quiz that asks and judges the same, published where the first one is.

    The questions stay the bank's: both quizzes ask them. A key that is taken gets a number.
    """
    own = Quiz(key=_free_key(key), title=title[:200], shuffle=quiz.shuffle, live=False)
    for name, value in quiz.settings.plain().items():
        setattr(own, name, value)
    for at, part in enumerate(quiz.parts.all()):
        own.parts.add(
            QuizPart(sort_order=at, question_id=part.question_id, tags=part.tags, draw=part.draw)
        )
    own.full_clean(exclude=["latest_revision", "live_revision", "locked_by"])
    own.save()
    revision = own.save_revision(clean=False)
    if quiz.live:
        revision.publish()
    own.refresh_from_db()
    return own


def _free_key(wanted: str) -> str:
    longest = Quiz._meta.get_field("key").max_length or 0
    for number in count(1):
        end = f"-{number}" if number > 1 else ""
        key = f"{wanted[: longest - len(end)]}{end}"
        if not Quiz.objects.filter(key=key).exists():
            return key
    raise AssertionError("unreachable")


def _parts_of(parts: Sequence[Asked]) -> list[QuizPart]:
    keys = [part.question for part in parts if part.question]
    known = dict(Question.objects.filter(key__in=keys).values_list("key", "pk"))
    return [
        QuizPart(sort_order=at, question_id=known[part.question])
        if part.question
        else QuizPart(sort_order=at, tags=", ".join(part.tags), draw=part.draw)
        for at, part in enumerate(parts)
    ]


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
    if isinstance(latest, Quiz):
        latest.draw = sum(part.count for part in latest.parts.all())
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
    try:
        content = item.content()
    except InvalidContent:  # a draft, begun here since
        return ""
    return digest([content, item.difficulty, item.source, item.use, tags])


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
    parts = [[part.question_id, part.tag_names, part.draw] for part in quiz.parts.all()]
    only = quiz.parts.all()[0] if len(parts) == 1 else None
    # A quiz that draws by one tag is as it was before there were parts: `rule` has how many.
    drawn = only.tags if only and len(only.tag_names) == 1 else parts
    return [rule, drawn, quiz.shuffle]
