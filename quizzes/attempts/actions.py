"""Starting, answering and handing in. Each may be called twice with the same effect as once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict

from quizzes.attempts.contexts import handler_of
from quizzes.attempts.judging import close_in_time, judge
from quizzes.attempts.limits import deadline_for, is_over
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.attempts.queries import (
    attempts_of,
    is_locked,
    items_with_answers,
    locked_attempt,
    may_start_at,
)
from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import SYSTEM_RANDOM, draw
from quizzes.types import Answer as Given
from quizzes.types import Content, InvalidResponse, type_of
from tracking.organisation.models import User


class NoTriesLeft(Exception):
    """All tries that the quiz allows have been made."""


class MustWait(Exception):
    """The waiting time after the last try is not over."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class TimeIsUp(Exception):
    """The deadline has passed, and what the network gets besides."""


class NothingToAsk(Exception):
    """The quiz has no published question to draw."""


class AlreadyHandedIn(Exception):
    """The attempt has been judged; answers no longer count."""


def start_attempt(*, user: User, quiz: Quiz, context: str, now: datetime) -> Attempt:
    """The person's open attempt, or a new one with questions drawn now.

    One whose time was up is handed in instead, and given as it is then. Raises PermissionDenied,
    NoTriesLeft, MustWait, NothingToAsk, and LookupError for a context nobody answers for.
    """
    handler, rest = handler_of(context)
    if not handler.may_take(user, rest):
        raise PermissionDenied
    try:
        with transaction.atomic():
            return _open_or_new(user, quiz, context, now)
    except IntegrityError:
        # Another request of the same person opened one in the same instant: it is theirs too.
        return attempts_of(user, quiz=quiz, context=context).get(submitted_at=None)


def _open_or_new(user: User, quiz: Quiz, context: str, now: datetime) -> Attempt:
    mine = list(attempts_of(user, quiz=quiz, context=context))
    for opened in mine:
        if opened.is_open:
            return judge(opened, now=now) if is_over(opened, now) else opened
    if quiz.max_tries and len(mine) >= quiz.max_tries:
        raise NoTriesLeft
    until = may_start_at(quiz, mine)
    if until and now < until:
        raise MustWait(until)
    questions = draw(quiz)
    if not questions:
        raise NothingToAsk
    attempt = Attempt.objects.create(
        user=user,
        quiz=quiz,
        context=context,
        rule=quiz.rule(),
        started_at=now,
        deadline_at=deadline_for(user, quiz, now),
    )
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            question_key=question.key,
            question_version=question.version,
            content=_as_asked(question, shuffle=quiz.shuffle),
        )
        for position, question in enumerate(questions, start=1)
    )
    close_in_time(attempt)
    return attempt


def _as_asked(question: Question, *, shuffle: bool) -> Content:
    content = question.content()
    return type_of(content).shuffled(content, SYSTEM_RANDOM) if shuffle else content


def save_answer(
    *,
    user: User,
    attempt_id: UUID,
    position: int,
    response: Any,
    client_id: str,
    sequence: int,
    now: datetime,
) -> Answer:
    """Save what was chosen for one question of an open attempt; gives the answer that holds.

    A request sent twice, or overtaken by a newer one, changes nothing. `sequence` is when the
    choice was made, in milliseconds by the server's clock as far as the browser can tell; it never
    counts as later than `now`, so that a clock that is ahead can't shut out what comes after.
    An answer whose feedback has been shown stands. Raises AttemptItem.DoesNotExist for a question
    that the attempt does not have, or somebody else's; InvalidResponse, AlreadyHandedIn, TimeIsUp.
    """
    change = _Change(client_id, min(sequence, _milliseconds(now)), now)
    question = {"attempt__user": user, "attempt__public_id": attempt_id, "position": position}
    try:
        with transaction.atomic():
            return _save(question, response, change)
    except (IntegrityError, _Overtaken):
        # Another request wrote this answer while this one waited for the attempt. Locked first, it
        # is seen.
        with transaction.atomic():
            locked_attempt(user, attempt_id)
            return _save(question, response, change)


class _Overtaken(Exception):
    """The answer is not what was read."""


@dataclass(frozen=True, slots=True)
class _Change:
    client_id: str
    sequence: int
    now: datetime


def _save(question: dict[str, Any], response: Any, change: _Change) -> Answer:
    """One query for attempt, question and answer, the attempt locked; and one that writes."""
    both = AttemptItem.objects.select_related("attempt", "answer")
    item = both.select_for_update(of=("attempt",)).get(**question)
    known: Answer | None = getattr(item, "answer", None)
    if known and (known.client_id == change.client_id or known.is_locked):
        return known
    _refuse_late(item.attempt, change.now)
    if known and known.sequence > change.sequence:
        return known
    chosen = type_of(item.content).read(item.content, response, known.chosen if known else None)
    new = {
        "chosen": chosen,
        "client_id": change.client_id,
        "sequence": change.sequence,
        "saved_at": change.now,
    }
    if known is None:
        return Answer.objects.create(item=item, **new)
    # PostgreSQL gives the locked row as it is now, but the answer as it was before the wait.
    same = Answer.objects.filter(pk=known.pk, client_id=known.client_id, is_locked=False)
    if not same.update(**new):
        raise _Overtaken
    for name, value in new.items():
        setattr(known, name, value)
    return known


def _refuse_late(attempt: Attempt, now: datetime) -> None:
    if not attempt.is_open:
        raise AlreadyHandedIn
    if is_over(attempt, now):
        raise TimeIsUp


def save_answers(*, user: User, attempt_id: UUID, form: QueryDict, now: datetime) -> list[int]:
    """Save what the form of the whole page says; gives those not yet answered in full.

    What the form leaves out, or says that is no answer, stays as it was. Raises
    Attempt.DoesNotExist for somebody else's attempt, AlreadyHandedIn, and TimeIsUp.
    """
    with transaction.atomic():
        attempt = locked_attempt(user, attempt_id)
        _refuse_late(attempt, now)
        changed: list[Answer] = []
        unanswered: list[int] = []
        for item, content, before in items_with_answers(attempt):
            chosen = before
            if not is_locked(item):
                chosen = _said(content, form, f"q{item.position}", before)
            if chosen != before:
                changed.append(
                    Answer(
                        item=item,
                        chosen=chosen,
                        client_id=uuid4().hex,
                        sequence=_milliseconds(now),
                        saved_at=now,
                    )
                )
            if not type_of(content).is_answered(content, chosen):
                unanswered.append(item.position)
        Answer.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["item"],
            update_fields=["chosen", "client_id", "sequence", "saved_at"],
        )
        return unanswered


def _said(content: Content, form: QueryDict, name: str, before: Given) -> Given:
    response = type_of(content).from_form(content, form, name)
    if response is None:
        return before
    try:
        said: Given = type_of(content).read(content, response, before)
    except InvalidResponse:
        return before
    return said


def submit_attempt(*, user: User, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand in and judge; whoever asked for the attempt hears of it in the same transaction.

    Handed in again, nothing happens. Raises Attempt.DoesNotExist for somebody else's attempt.
    """
    with transaction.atomic():
        attempt = locked_attempt(user, attempt_id)
        return judge(attempt, now=now) if attempt.is_open else attempt


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
