"""How mail leaves: EMAIL_URL says through which server."""

from typing import Any

import dj_email_url

from config import env

SCHEMES = ("smtp", "submission", "submit", "console", "file", "dummy")


def parsed(url: str) -> dict[str, Any]:
    """Django's settings for an address such as `submission://user:secret@mail.example:587`."""
    try:
        found: dict[str, Any] = dj_email_url.parse(url)
    except ValueError:
        raise env.wrong("EMAIL_URL", "a number for the port and for the timeout") from None
    return found | {"EMAIL_TIMEOUT": found["EMAIL_TIMEOUT"] or 10}


DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "kompetens@localhost")
if "@" not in DEFAULT_FROM_EMAIL or any(sign in DEFAULT_FROM_EMAIL for sign in "\r\n"):
    raise env.wrong("MAIL_FROM", "an e-mail address")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
# Without a server mail is written to standard output (a laptop) or nowhere at all (production).
globals().update(parsed(env.address("EMAIL_URL", "console://", schemes=SCHEMES)))
