"""What Django announces of log-ins, whichever way somebody signs in."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models, transaction
from django.http import HttpRequest

from tracking.audit.actions import record, record_reading
from tracking.audit.models import AuditEvent

# Guessing at one account fills no more of the log than this; rate limits stop it elsewhere.
SAME_ATTACK = timedelta(minutes=1)


def connect() -> None:
    """Listen, once."""
    for signal, receiver in (
        (user_logged_in, _logged_in),
        (user_logged_out, _logged_out),
        (user_login_failed, _log_in_failed),
    ):
        signal.connect(receiver, dispatch_uid=f"audit.{receiver.__name__}")


@transaction.atomic
def _logged_in(*, user: AbstractUser, **_announced: Any) -> None:
    record(AuditEvent.LOGGED_IN, actor=user, about=_person(user))


@transaction.atomic
def _logged_out(*, user: AbstractUser | None, **_announced: Any) -> None:
    # Whose session had ended already signs out as nobody.
    if user is not None:
        record(AuditEvent.LOGGED_OUT, actor=user, about=_person(user))


def _log_in_failed(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_announced: Any
) -> None:
    """By the account that was meant; what was typed is kept nowhere, least of all a password.

    Written after the answer is sent, where the log-in page waits for that: how long an answer
    takes must not tell which names have an account.
    """
    name = str(credentials.get("username") or "").replace("\0", "")
    later: list[Callable[[], None]] | None = getattr(request, "after_answer", None)
    if later is None:
        _write_failure(name)
    else:
        later.append(partial(_write_failure, name))


def _write_failure(name: str) -> None:
    user = get_user_model().objects.filter(username=name).first() if name else None
    if user is not None:
        record_reading(
            AuditEvent.LOG_IN_FAILED,
            actor=None,
            about=_person(user),
            detail={"konto": user.pk},
            within=SAME_ATTACK,
        )


def _person(user: AbstractUser) -> list[models.Model]:
    person = getattr(user, "person", None)
    return [person] if isinstance(person, models.Model) else []
