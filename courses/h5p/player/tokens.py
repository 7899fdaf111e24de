"""Signed, short-lived addresses: whoever holds one may play that version, and do nothing else.

A sandboxed page has no origin and sends no cookie, so its address is the gate. It says which
version, in which language, and until when; not who. Within a period it is the same for everybody
who opens the version, so that a browser asks for its files once.
"""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.utils import translation

from courses.h5p.store.models import H5PVersion

# An address holds for more than one period and less than two: hours, not days.
PERIOD = timedelta(hours=6)
SALT = "courses.h5p.player"
_SAID = re.compile(r"(\d{1,18})-([a-z]{2,3}(?:-[a-z0-9]{1,8})*)-(\d{1,9})", re.ASCII)


class Ticket(NamedTuple):
    """What an address says."""

    version: int
    language: str
    ends: datetime


def token_for(version: H5PVersion, *, language: str, now: datetime) -> str:
    """The part of an address that opens a version until the end of the next period."""
    return _signer().sign(f"{version.pk}-{language.lower()}-{_period(now) + 2}")


def ticket_of(token: str, *, now: datetime) -> Ticket | None:
    """What a token says; None for one that is not ours or has run out."""
    try:
        said = _SAID.fullmatch(_signer().unsign(token))
    except BadSignature:
        return None
    if said is None:
        return None
    ends = int(said[3])
    if ends <= _period(now):
        return None
    return Ticket(
        int(said[1]), said[2], datetime.fromtimestamp(ends * PERIOD.total_seconds(), now.tzinfo)
    )


def spoken_language() -> str:
    """The language of the page a token is made for."""
    return translation.get_language() or "sv"


def _period(now: datetime) -> int:
    return int(now.timestamp() // PERIOD.total_seconds())


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)
