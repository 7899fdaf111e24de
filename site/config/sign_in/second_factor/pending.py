"""Between the password and the code: somebody who is not signed in yet.

The session holds who gave the right password, for ten minutes, and nothing that any other page
takes for a log-in. It ends when the password changes or the sessions are ended meanwhile.
"""

from dataclasses import dataclass
from time import time

from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from config.sign_in.origin import remember
from tracking.organisation.models import User

ADMIN = "/admin/"
KEPT_AS = "password_given"
SECRET = "second_factor_secret"
CONFIRMED = "second_factor_confirmed_at"
SECONDS = 600
BACKEND = "config.sign_in.backend.AccountBackend"


@dataclass(frozen=True, slots=True)
class Pending:
    """Who gave the right password, and where they were going."""

    user: User
    next_url: str


def begin(request: HttpRequest, user: User, next_url: str) -> None:
    """Remember that the password was right, under a new session key."""
    request.session.cycle_key()
    request.session[KEPT_AS] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": int(time()),
        "next": next_url,
    }


def pending(request: HttpRequest) -> Pending | None:
    """Who is on their way in, or nobody."""
    kept = request.session.get(KEPT_AS)
    if not isinstance(kept, dict) or time() - kept["at"] > SECONDS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return Pending(user, kept["next"])


def complete(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    """Sign in; the session gets a new key, and the browser is known from now on."""
    request.session.pop(KEPT_AS, None)
    forget_secret(request)
    login(request, user, backend=BACKEND)
    # Not `redirect()`: that would take a word for the name of a view.
    response = HttpResponseRedirect(landing(user, next_url))
    remember(request, response, user.get_username())
    return response


def landing(user: User, next_url: str) -> str:
    """Where one was going; the start page for who is not let into the admin.

    The admin sends those back to the log-in page, and there who is signed in is sent on: round
    and round.
    """
    shut_out = not user.has_perm("wagtailadmin.access_admin")
    return reverse("start") if shut_out and next_url.startswith(ADMIN) else next_url


def secret_of(request: HttpRequest, *, make: bool) -> str:
    """The secret that is being set up; empty when there is none and none is to be made."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    kept = request.session.get(SECRET)
    if kept:
        return str(decrypt(kept))
    secret = generate_totp_secret() if make else ""
    if secret:
        request.session[SECRET] = encrypt(secret)
    return secret


def forget_secret(request: HttpRequest) -> None:
    """It is set up: the session keeps nothing of it, nor that one has just shown who one is."""
    for name in (SECRET, CONFIRMED):
        request.session.pop(name, None)


def confirm(request: HttpRequest) -> None:
    """Note that somebody signed in has just shown once more that it is them."""
    request.session[CONFIRMED] = int(time())


def is_confirmed(request: HttpRequest) -> bool:
    """Whether they did so within the last minutes."""
    confirmed: int = request.session.get(CONFIRMED, 0)
    return time() - confirmed <= SECONDS
