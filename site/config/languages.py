"""Which language a page speaks: the account's, else the cookie's, else the browser's first guess.

No address depends on it. What is sent to somebody speaks `User.reads`, whoever's page sent it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from tracking.organisation.actions import choose_language
from tracking.organisation.models import User

A_YEAR = 365 * 24 * 3600


class AccountLanguage(LocaleMiddleware):
    """Stands after the authentication: who has chosen a language reads it on every machine."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = getattr(request.user, "language", "")
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)


def set_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """Keep the choice in the account; before the log-in in a cookie, which names nobody."""
    if isinstance(request.user, User):
        choose_language(user=request.user, language=language)
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def keep_at_log_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    """What was chosen before the log-in becomes the account's, unless it has a language already."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if not user.language and chosen in dict(settings.LANGUAGES):
        choose_language(user=user, language=chosen)


user_logged_in.connect(keep_at_log_in, dispatch_uid="language")
