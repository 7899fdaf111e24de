"""What of attempts is disposed of: answers early, failed tries later, all of a closed account."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.attempts.models import Attempt, AttemptItem
from tracking.organisation.models import Person, User
from tracking.retention.people import register_trace
from tracking.retention.rules import Disposed, Rule, midnight, register

# What upper topics keep of attempts before they, or their answers, are gone: given their keys,
# inside the transaction that deletes them.
Reader = Callable[[Collection[int]], object]
_READERS: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Let a topic read attempts before they, or their answers, are deleted."""
    if reader not in _READERS:
        _READERS.append(reader)


def _last_reading(attempts: Collection[int]) -> None:
    for reader in _READERS:
        reader(attempts)


def register_rules() -> None:
    """Add them; called once, when the app is ready."""
    register(ANSWERS, FAILED)
    register_trace(forget_attempts)


def forget_attempts(user: User, _pseudonym: str) -> None:
    """What was completed stands in the ledger; how, is nobody's any more."""
    with transaction.atomic():
        mine = Attempt.objects.filter(user=user)
        _last_reading(list(mine.values_list("pk", flat=True)))
        mine.delete()


def _with_answers(before: date) -> QuerySet[Attempt]:
    """Handed in before the day and with questions left, or begun before it and never handed in."""
    asked = Exists(AttemptItem.objects.filter(attempt=OuterRef("pk")))
    moment = midnight(before)
    handed_in = Q(submitted_at__lt=moment) & Q(asked)
    return Attempt.objects.filter(handed_in | Q(submitted_at=None, started_at__lt=moment))


def _drop_answers(before: date, limit: int) -> Disposed:
    some = list(_with_answers(before).order_by("pk").values_list("pk", "user_id")[:limit])
    keys = [pk for pk, _user in some]
    _last_reading(keys)
    AttemptItem.objects.filter(attempt__in=keys).delete()
    # One that was never handed in has nothing left to hand in.
    Attempt.objects.filter(pk__in=keys, submitted_at=None).delete()
    return Disposed(len(keys), _people(user for _pk, user in some))


def _failed(before: date) -> QuerySet[Attempt]:
    return Attempt.objects.filter(submitted_at__lt=midnight(before), passed=False)


def _drop_failed(before: date, limit: int) -> Disposed:
    some = list(_failed(before).order_by("pk").values_list("pk", "user_id")[:limit])
    keys = [pk for pk, _user in some]
    _last_reading(keys)
    Attempt.objects.filter(pk__in=keys).delete()
    return Disposed(len(some), _people(user for _pk, user in some))


def _people(users: Iterable[int]) -> frozenset[int]:
    found = Person.objects.filter(user_id__in=set(users))
    return frozenset(found.values_list("pk", flat=True))


ANSWERS = Rule(
    "svar",
    _("Questions and answers of quizzes"),
    12,
    lambda before: _with_answers(before).count(),
    _drop_answers,
)
FAILED = Rule(
    "forsok",
    _("Attempts that were not passed"),
    36,
    lambda before: _failed(before).count(),
    _drop_failed,
)
