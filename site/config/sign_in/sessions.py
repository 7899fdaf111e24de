"""How long one stays signed in: a working day at most, and not for long at a left computer."""

from collections.abc import Callable
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

BEGUN, SEEN = "signed_in_at", "seen_at"
# Not written at every request: a session lasts up to this much longer than it says.
WRITTEN_EVERY = 60


@receiver(user_logged_in)
def _begins(request: HttpRequest, **_given: Any) -> None:
    request.session[BEGUN] = request.session[SEEN] = int(time())


def session_lifetime(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sign out whoever was away too long, or came too long ago, before anything is shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Everybody after this asks who it is, and more than once: it is no lazy object any more.
        request.user = get_user(request)
        if request.user.is_authenticated:
            now = int(time())
            if is_over(request.session, now):
                logout(request)
            elif now - request.session[SEEN] >= WRITTEN_EVERY:
                request.session[SEEN] = now
        return get_response(request)

    return middleware


def seconds_left(session: SessionBase, now: int) -> dict[str, int]:
    """After how long without a request it ends (`idle`), and at the longest (`longest`)."""
    longest = settings.SESSION_LONGEST - (now - session[BEGUN])
    return {"idle": settings.SESSION_IDLE, "longest": max(0, longest)}


def is_over(session: SessionBase, now: int) -> bool:
    """Whether it has ended at `now` (seconds); one that does not say when it began has."""
    begun, seen = session.get(BEGUN), session.get(SEEN)
    if not isinstance(begun, int) or not isinstance(seen, int):
        return True
    return now - begun >= settings.SESSION_LONGEST or now - seen >= settings.SESSION_IDLE
