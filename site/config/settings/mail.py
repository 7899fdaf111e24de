"""How mail leaves: EMAIL_URL says through which server."""

import re
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
# Where mail that can't be delivered is sent back to; each one to an address of its own, so that it
# tells which mail it was (`studs@example.se` is written to as `studs+KEY@example.se`).
MAIL_BOUNCES = env.text("MAIL_BOUNCES", "")
if MAIL_BOUNCES and not re.fullmatch(r"[^@\s+<>\"]+@[^@\s<>\"]+", MAIL_BOUNCES):
    raise env.wrong("MAIL_BOUNCES", "an e-mail address without a plus sign")
# Reminders leave from the first of these hours until the second, on working days, in Stockholm.
REMINDER_FROM_HOUR = env.whole("REMINDER_FROM_HOUR", 7, low=0, high=22)
REMINDER_UNTIL_HOUR = env.whole("REMINDER_UNTIL_HOUR", 17, low=1, high=24)
if REMINDER_FROM_HOUR >= REMINDER_UNTIL_HOUR:
    raise env.wrong("REMINDER_UNTIL_HOUR", "a later hour than REMINDER_FROM_HOUR")
# Whether there is somewhere for reminders to go; a laptop shows them on its screen.
MAIL_IS_SET_UP = bool(env.text("EMAIL_URL", ""))
# Without a server mail is written to standard output (a laptop) or nowhere at all (production).
globals().update(parsed(env.address("EMAIL_URL", "console://", schemes=SCHEMES)))
