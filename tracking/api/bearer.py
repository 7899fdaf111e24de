"""Who asks: a key in the header Authorization, and nothing else.

A log-in's cookie opens nothing here, so that no page elsewhere can have a browser ask; and a key
opens no page.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from http import HTTPStatus
from math import ceil

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from ninja.security.http import HttpAuthBase

from foundation.brake import Bucket, Limit, attempt
from foundation.intervals import today
from foundation.origin import client_address
from tracking.api.actions import digest_of, note_use
from tracking.api.models import ApiKey
from tracking.api.problems import Problem
from tracking.api.rules import may_have_keys, may_open_people
from tracking.organisation.rules import PersonScope, UnitScope, units_visible_to, visible_to

logger = logging.getLogger(__name__)

LONGEST_HEADER = 300
# A whole city's rows are some hundred pages; whoever asks on and on waits for a drop at a time.
PER_KEY = Limit("api key", burst=600, every=timedelta(milliseconds=500))
# Only what is refused fills it: a key that holds is never made to wait by a neighbour's.
REFUSED_FROM_ADDRESS = Limit("api address", burst=100, every=timedelta(seconds=5))
ASK = {"WWW-Authenticate": 'Bearer realm="Kompetens mot vald"'}


@dataclass(frozen=True)
class Reader:
    """A key that holds, and what its holder may see today."""

    key: ApiKey

    @cached_property
    def units(self) -> UnitScope:
        """Whose figures and whose staff, by the facts of today."""
        return units_visible_to(self.key.holder, today())

    @cached_property
    def people(self) -> PersonScope:
        """And which people."""
        return visible_to(self.key.holder, today())

    def must_have_a_duty(self) -> None:
        """Raises Problem when nothing but their own is the holder's to see, today."""
        if not may_have_keys(self.units.roles):
            text = gettext("The key's holder has no duty today that opens the API.")
            raise Problem(HTTPStatus.FORBIDDEN, "no-duty", text)

    def must_open_people(self) -> None:
        """Raises Problem unless the key was made for people, and its holder may see some."""
        self.must_have_a_duty()
        if not self.key.opens_people or not may_open_people(self.units.roles):
            text = gettext("The key opens figures, not people.")
            raise Problem(HTTPStatus.FORBIDDEN, "figures-only", text)


class Bearer(HttpAuthBase):
    """`Authorization: Bearer kmv_…`. Says nothing to the log of what was brought."""

    openapi_scheme = "bearer"
    openapi_description = (
        "A key made on the page API-nycklar, sent as `Authorization: Bearer kmv_…`."
    )

    def __call__(self, request: HttpRequest) -> Reader:
        """The reader; raises Problem."""
        said = request.headers.get("Authorization", "")
        scheme, _space, brought = said[:LONGEST_HEADER].partition(" ")
        if not said:
            raise _refused(request, gettext("Send a key as Authorization: Bearer kmv_…"))
        key = _key(brought.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise _refused(request, gettext("There is no such key."))
        if not key.is_live(today()) or not key.holder.is_active:
            raise _refused(request, gettext("The key is revoked or has expired. Make a new one."))
        _brake((PER_KEY.bucket(str(key.pk)),))
        note_use(key=key, now=timezone.now())
        return Reader(key)


def _key(brought: str) -> ApiKey | None:
    """The key it is. Takes as long whether its beginning is known or not."""
    prefix = "_".join(brought.split("_", 2)[:2])
    plain = prefix.isascii() and prefix.isprintable()
    found = ApiKey.objects.select_related("holder").filter(prefix=prefix if plain else "").first()
    kept = found.digest if found else digest_of("")
    same = constant_time_compare(kept, digest_of(brought))
    return found if same and found else None


def _refused(request: HttpRequest, text: str) -> Problem:
    _brake((REFUSED_FROM_ADDRESS.bucket(client_address(request)),))
    return Problem(HTTPStatus.UNAUTHORIZED, "key", text, headers=ASK)


def _brake(buckets: Sequence[Bucket]) -> None:
    wait = attempt(buckets, now=timezone.now())
    if not wait:
        return
    logger.warning("A request to the API is braked (%s).", buckets[0].limit.name)
    seconds = ceil(wait.total_seconds())
    text = gettext("Too many requests. Wait as long as Retry-After says.")
    headers = {"Retry-After": str(seconds)}
    raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many", text, headers=headers)
