"""Starting, answering and handing in. Each may be called twice with the same effect as once."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict

from quizzes.attempts.contexts import handler_of
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.attempts.queries import attempts_of, items_with_answers, may_start_at
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


class NothingToAsk(Exception):
    """The quiz has no published question to draw."""


class AlreadyHandedIn(Exception):
    """The attempt has been judged; answers no longer count."""


def start_attempt(*, user: User, quiz: Quiz, context: str, now: datetime) -> Attempt:
    """The person's open attempt, or a new one with questions drawn now.

    Raises PermissionDenied, NoTriesLeft, MustWait, NothingToAsk, and LookupError for a context
    nobody answers for.
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
            return opened
    if quiz.max_tries and len(mine) >= quiz.max_tries:
        raise NoTriesLeft
    until = may_start_at(quiz, mine)
    if until and now < until:
        raise MustWait(until)
    questions = draw(quiz)
    if not questions:
        raise NothingToAsk
    attempt = Attempt.objects.create(
        user=user, quiz=quiz, context=context, rule=quiz.rule(), started_at=now
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
    Raises Attempt.DoesNotExist for somebody else's attempt, AttemptItem.DoesNotExist for a question
    it does not have, InvalidResponse, and AlreadyHandedIn.
    """
    sequence = min(sequence, _milliseconds(now))
    with transaction.atomic():
        attempt = _locked(user, attempt_id)
        item = AttemptItem.objects.select_related("answer").get(attempt=attempt, position=position)
        known: Answer | None = getattr(item, "answer", None)
        if known and known.client_id == client_id:
            return known
        if not attempt.is_open:
            raise AlreadyHandedIn
        if known and known.sequence > sequence:
            return known
        before = known.chosen if known else None
        answer = known or Answer(item=item)
        answer.chosen = type_of(item.content).read(item.content, response, before)
        answer.saved_at = now
        answer.client_id, answer.sequence = client_id, sequence
        answer.save()
        return answer


def save_answers(*, user: User, attempt_id: UUID, form: QueryDict, now: datetime) -> list[int]:
    """Save what the form of the whole page says; gives those not yet answered in full.

    What the form leaves out, or says that is no answer, stays as it was. Raises
    Attempt.DoesNotExist for somebody else's attempt, and AlreadyHandedIn.
    """
    with transaction.atomic():
        attempt = _locked(user, attempt_id)
        if not attempt.is_open:
            raise AlreadyHandedIn
        changed: list[Answer] = []
        unanswered: list[int] = []
        for item, content, before in items_with_answers(attempt):
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
        attempt = _locked(user, attempt_id)
        if not attempt.is_open:
            return attempt
        items, points = [], Fraction(0)
        for item, content, answer in items_with_answers(attempt):
            score = type_of(content).grade(content, answer).score
            item.score = as_decimal(score)
            items.append(item)
            points += score
        AttemptItem.objects.bulk_update(items, ["score"])
        attempt.points, attempt.max_points = as_decimal(points), len(items)
        attempt.passed = is_pass(points, len(items), attempt.rule["pass_percent"])
        attempt.submitted_at = now
        attempt.save(update_fields=["points", "max_points", "passed", "submitted_at"])
        handler, _rest = handler_of(attempt.context)
        handler.on_graded(attempt)
        return attempt


def is_pass(points: Fraction, max_points: int, pass_percent: int) -> bool:
    """Whether the points reach the mark, compared exactly."""
    return max_points > 0 and points * 100 >= pass_percent * max_points


def as_decimal(score: Fraction) -> Decimal:
    """To six decimals, for keeping; what is judged is judged by the fraction."""
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return exact.quantize(Decimal("0.000001"))


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)


def _locked(user: User, attempt_id: UUID) -> Attempt:
    return Attempt.objects.select_for_update(of=("self",)).get(user=user, public_id=attempt_id)
