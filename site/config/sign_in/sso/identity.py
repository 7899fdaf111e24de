"""Whom an identity provider vouches for, and why somebody is not let in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Identity:
    """`uid`: the provider's own name of the account; `person_id`: HR's key, from the claim."""

    uid: str
    person_id: str


class Reason(StrEnum):
    """What the page of refusal explains."""

    UNKNOWN = "unknown"  # nobody here has this person_id
    CLOSED = "closed"  # the account is closed here
    LINKED = "linked"  # this log-in, or this person, belongs together with another
    STALE = "stale"  # not begun here, begun too long ago, or used already
    UNTRUSTED = "untrusted"  # not what the identity provider says when all is well
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"


class Refused(Exception):
    """Nobody is signed in; `detail` is for the log and names nobody."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.detail = detail


class Bound:
    """For an allauth provider whose response is an Identity: of the claims nothing is kept."""

    def extract_uid(self, data: Identity) -> str:
        """What the link is kept by."""
        return data.uid

    def extract_extra_data(self, data: Identity) -> dict[str, Any]:
        """Nothing: names and addresses come from HR."""
        return {}

    def extract_common_fields(self, data: Identity) -> dict[str, Any]:
        """Nothing."""
        return {}

    def extract_email_addresses(self, data: Identity) -> list[Any]:
        """None: an address identifies nobody here."""
        return []
