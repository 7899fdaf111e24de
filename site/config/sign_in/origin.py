"""Where an attempt comes from: whether its browser is known.

After signing in a browser keeps a signed cookie with a random name of its own and, as keyed
hashes, who has signed in with it. It lets nobody in: it only gives its owners' attempts a
bucket that no stranger can fill (limits.py).
"""

import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "config.sign_in.browser"
KEPT = 60 * 60 * 24 * 365  # seconds
PEOPLE = 12  # of a shared computer; the one who signed in longest ago is forgotten first


@dataclass(frozen=True, slots=True)
class Browser:
    """What the cookie says: the browser's own name, and hashes of those who signed in."""

    name: str
    people: tuple[str, ...] = ()

    def knows(self, username: str) -> bool:
        """Whether this person has signed in here."""
        return _mark(username) in self.people


def plain_name(username: str) -> str:
    """A user name as it is counted: however it is written, it is one."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def browser_of(request: HttpRequest) -> Browser | None:
    """What the browser says of itself, or None when it says nothing that we have signed."""
    said = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        kept = signing.loads(said, salt=SALT, max_age=KEPT)
        return Browser(str(kept["name"]), tuple(map(str, kept["people"])))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser know that this person has signed in with it."""
    browser = browser_of(request) or Browser(secrets.token_urlsafe(16))
    mark = _mark(username)
    people = [one for one in browser.people if one != mark][-(PEOPLE - 1) :]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        signing.dumps({"name": browser.name, "people": [*people, mark]}, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(username: str) -> str:
    return salted_hmac(SALT, plain_name(username), algorithm="sha256").hexdigest()[:32]
