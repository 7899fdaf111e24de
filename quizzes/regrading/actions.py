"""Judging attempts again by a corrected key, and undoing it.

Each goes some attempts at a time, every step whole: broken off, it goes on where it was when it is
run again, and run twice it has done what once does.
"""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from foundation.jobs.actions import start_job
from foundation.jobs.progress import UNWATCHED, Steps
from quizzes.attempts.contexts import handler_of
from quizzes.attempts.judging import as_decimal, is_pass
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.models import Question
from quizzes.regrading.judging import Judge, as_asked, judge_of
from quizzes.regrading.models import Regrade, Regraded, Scope, State
from quizzes.regrading.queries import (
    answer_of,
    exact_score,
    in_chunks,
    judged_items,
    why_not_undone,
    withdrawable,
)
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import Person, User

# Attempts judged in one transaction.
AT_ONCE = 200
# More than this are judged in the background.
LARGE = 400
JOB = "regrade"


class NothingToRegrade(Exception):
    """No attempt would be judged otherwise."""


class CannotUndo(Exception):
    """Something stands in the way; the code says what (quizzes.regrading.queries)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def regrade(
    *, question: Question, version: str, scope: Scope, actor: User, token: UUID, now: datetime
) -> Regrade:
    """Judge the attempts that `version` judged by the question as it is published now.

    A second call with the same `token` gives the first one's regrading. Raises NothingToRegrade and
    NotComparable. Large ones go on in the background.
    """
    known = Regrade.objects.filter(public_id=token).first()
    if known is not None:
        return known
    example = judged_items(question.key, version).first()
    if example is None or version == question.version:
        raise NothingToRegrade
    content = question.content()
    judge = judge_of(example.content, content)
    if not _keys_to_judge(question.key, version, judge, scope):
        raise NothingToRegrade
    with transaction.atomic():
        made, _new = Regrade.objects.get_or_create(
            public_id=token,
            defaults={
                "question_key": question.key,
                "from_version": version,
                "to_version": question.version,
                "content": content,
                "scope": scope,
                "actor": actor,
                "made_at": now,
            },
        )
    _go_on(made, actor, judged_items(question.key, version).count())
    made.refresh_from_db()
    return made


def undo(*, regrade: Regrade, actor: User) -> None:
    """Make every attempt of the regrading what it was before it; raises CannotUndo.

    A completion that came of it stays, unless somebody withdraws it (withdraw_completions).
    """
    with transaction.atomic():
        locked = Regrade.objects.select_for_update(of=("self",)).get(pk=regrade.pk)
        if reason := why_not_undone(locked):
            raise CannotUndo(reason)
        locked.state = State.UNDOING
        locked.save(update_fields=["state"])
    _go_on(locked, actor, locked.changed)
    regrade.refresh_from_db()


def go_on(*, regrade: Regrade, actor: User) -> None:
    """Bring one that was broken off to its end."""
    _go_on(regrade, actor, judged_items(regrade.question_key, regrade.from_version).count())
    regrade.refresh_from_db()


def _go_on(made: Regrade, actor: User, attempts: int) -> None:
    """At once where there are few, otherwise as a job of the actor's."""
    if attempts <= LARGE:
        carry_out(made.pk, actor)
        return
    title = gettext("Regrading of %(question)s") % {"question": made.question_key}
    start_job(kind=JOB, owner=actor, title=title, arguments={"regrade": made.pk})


def carry_out(pk: int, actor: User, steps: Steps = UNWATCHED) -> Regrade:
    """Bring a regrading that is under way, or being undone, to its end."""
    made = Regrade.objects.get(pk=pk)
    if made.state == State.APPLYING:
        judge = Judge(made.content)
        scope = Scope(made.scope)
        keys = _keys_to_judge(made.question_key, made.from_version, judge, scope)
        chunks = list(in_chunks(keys, AT_ONCE))
        for chunk in steps.each(chunks, gettext("Judging again")):
            _judge_again(made, judge, chunk, actor)
        changed = Regraded.objects.filter(regrade=made).count()
        Regrade.objects.filter(pk=pk, state=State.APPLYING).update(
            state=State.APPLIED, changed=changed
        )
    elif made.state == State.UNDOING:
        rows = Regraded.objects.filter(regrade=made, undone=False).order_by("pk")
        chunks = list(in_chunks(list(rows.values_list("pk", flat=True)), AT_ONCE))
        for chunk in steps.each(chunks, gettext("Undoing")):
            _make_as_before(made, chunk, actor)
        Regrade.objects.filter(pk=pk, state=State.UNDOING).update(state=State.UNDONE)
    made.refresh_from_db()
    return made


def _keys_to_judge(key: str, version: str, judge: Judge, scope: Scope) -> list[int]:
    """The items that would be judged by the new version: all it can read, or none it lowers."""
    rows = judged_items(key, version).order_by("pk")
    found = []
    for pk, old, answer in rows.values_list("pk", "score", "answer__chosen").iterator():
        new = judge.score(answer)
        if new is not None and (scope == Scope.ALL or as_decimal(new) >= (old or 0)):
            found.append(pk)
    return found


@transaction.atomic
def _judge_again(made: Regrade, judge: Judge, keys: list[int], actor: User) -> None:
    """Judge some items' attempts again, as far as nobody has done it yet."""
    attempts = _locked(Attempt.objects.filter(items__in=keys))
    rows = judged_items(made.question_key, made.from_version).filter(pk__in=keys)
    beside = AttemptItem.objects.filter(attempt__in=attempts).select_related("answer")
    whole: dict[int, list[AttemptItem]] = {}
    for item in beside.order_by("attempt_id", "position"):
        whole.setdefault(item.attempt_id, []).append(item)
    mine = set(rows.values_list("pk", flat=True))
    kept, judged, touched, newly = [], [], [], []
    for pk, items in whole.items():
        attempt = attempts[pk]
        for item in items:
            if item.pk not in mine:
                continue
            score = judge.score(answer_of(item))
            if score is None:
                continue
            kept.append(
                Regraded(
                    regrade=made,
                    attempt=attempt,
                    item=item,
                    content=item.content,
                    score=item.score or 0,
                    points=attempt.points or 0,
                    passed=bool(attempt.passed),
                    passed_after=False,
                )
            )
            item.content = as_asked(item.content, made.content)
            item.question_version, item.score = made.to_version, as_decimal(score)
            judged.append(item)
        if judged and judged[-1].attempt_id == pk:
            before = attempt.passed
            _add_up(attempt, items)
            kept[-1].passed_after = bool(attempt.passed)
            touched.append(attempt)
            if attempt.passed and not before:
                newly.append(attempt)
    Regraded.objects.bulk_create(kept)
    AttemptItem.objects.bulk_update(judged, ["content", "question_version", "score"])
    Attempt.objects.bulk_update(touched, ["points", "passed"])
    _tell(newly)
    _log(made, actor, touched, "rattat om")


def _add_up(attempt: Attempt, items: Iterable[AttemptItem]) -> None:
    scores = [exact_score(item) for item in items]
    points = sum(scores, Fraction(0))
    attempt.points = as_decimal(points)
    attempt.passed = is_pass(points, len(scores), attempt.settings.pass_percent)


def _tell(attempts: Iterable[Attempt]) -> None:
    """Whoever asked for an attempt hears that it is passed, as when it is handed in."""
    for attempt in attempts:
        handler, _rest = handler_of(attempt.context)
        handler.on_graded(attempt)


@transaction.atomic
def _make_as_before(made: Regrade, keys: list[int], actor: User) -> None:
    rows = Regraded.objects.filter(pk__in=keys, undone=False).select_related("item").order_by("pk")
    attempts = _locked(Attempt.objects.filter(regraded__in=keys))
    items, back, again = [], [], []
    for row in rows:
        item, attempt = row.item, attempts[row.attempt_id]
        item.content, item.question_version = row.content, made.from_version
        item.score = row.score
        attempt.points, attempt.passed = row.points, row.passed
        row.undone = True
        items.append(item)
        back.append(row)
        if row.withdrawn and row.passed:
            row.withdrawn = False
            again.append(attempt)
    AttemptItem.objects.bulk_update(items, ["content", "question_version", "score"])
    Attempt.objects.bulk_update(attempts.values(), ["points", "passed"])
    Regraded.objects.bulk_update(back, ["undone", "withdrawn"])
    _tell(again)
    _log(made, actor, attempts.values(), "angrat")


def _locked(attempts: "Iterable[Attempt]") -> dict[int, Attempt]:
    keys = {attempt.pk for attempt in attempts}
    rows = Attempt.objects.filter(pk__in=keys).select_related("user").order_by("pk")
    return {attempt.pk: attempt for attempt in rows.select_for_update(of=("self",))}


@transaction.atomic
def withdraw_completions(*, regrade: Regrade, actor: User) -> int:
    """Take back the completions of attempts that no longer pass; gives how many there were.

    A decision of its own: a regrading alone takes no completion from anybody.
    """
    rows = list(withdrawable(regrade).select_related("attempt__user").order_by("pk"))
    taken = []
    for row in rows:
        handler, _rest = handler_of(row.attempt.context)
        if handler.withdraw(row.attempt, actor):
            taken.append(row.attempt)
            row.withdrawn = True
    Regraded.objects.bulk_update(rows, ["withdrawn"])
    _log(regrade, actor, taken, "slutforanden tillbaka")
    return len(taken)


def _log(made: Regrade, actor: User, attempts: Iterable[Attempt], what: str) -> None:
    """Last in the transaction: the log's lock is held until that ends."""
    users = [attempt.user_id for attempt in attempts]
    if not users:
        return
    people = Person.objects.filter(user_id__in=users)
    said: dict[str, str | int] = {
        "fraga": made.question_key,
        "vad": what,
        "omfattning": made.scope,
        "antal": len(users),
    }
    about = sorted(people.values_list("pk", flat=True))
    record(AuditEvent.ATTEMPT_REGRADED, actor=actor, about=about, detail=said)
