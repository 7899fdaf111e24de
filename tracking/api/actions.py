"""Keys are made, revoked and noted as used here, and nowhere else."""

import base64
import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tracking.api.models import ApiKey
from tracking.api.rules import LONGEST, MOST_KEYS, may_have_keys, may_open_people
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import Person, User
from tracking.organisation.roles import Roles

# So that who finds a key, and programs that look for lost ones, know what it is.
BEGINNING = "kmv"
# Of a refresh in hundreds of pages the first is noted.
NOTED_EVERY = timedelta(minutes=5)


class TooManyKeys(ValueError):
    """The holder has as many live keys as one may have."""


def digest_of(key: str) -> str:
    """What is kept of a key. It is long and random, so that a plain hash gives nothing away."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make_key(
    *, holder: User, roles: Roles, name: str, opens_people: bool, expires_on: date, now: datetime
) -> tuple[ApiKey, str]:
    """A new key of the holder's own; the key itself is given here and never again.

    `roles`: the holder's today. Raises TooManyKeys.
    """
    on = now.date()
    assert may_have_keys(roles)
    assert may_open_people(roles) or not opens_people
    assert expires_on <= on + LONGEST + timedelta(days=1)  # a day's difference of time zones
    User.objects.select_for_update().get(pk=holder.pk)  # two at once are counted one by one
    live = ApiKey.objects.filter(holder=holder, revoked_at=None, expires_on__gte=on)
    if live.count() >= MOST_KEYS:
        raise TooManyKeys
    prefix = f"{BEGINNING}_{_random_letters()}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    made = ApiKey.objects.create(
        holder=holder,
        name=name,
        prefix=prefix,
        digest=digest_of(key),
        opens_people=opens_people,
        made_at=now,
        expires_on=expires_on,
    )
    detail: dict[str, str | int] = {
        "nyckel": made.pk,
        "personer": int(opens_people),
        "till": expires_on.isoformat(),
    }
    record(AuditEvent.API_KEY_MADE, actor=holder, about=_person(holder), detail=detail)
    return made, key


@transaction.atomic
def revoke_key(*, key: ApiKey, actor: User, now: datetime) -> bool:
    """End a key at once; False when it was ended already."""
    changed = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        about = _person(key.holder)
        record(AuditEvent.API_KEY_REVOKED, actor=actor, about=about, detail={"nyckel": key.pk})
    return bool(changed)


def note_use(*, key: ApiKey, now: datetime) -> None:
    """That the key was used, to within some minutes."""
    since = now - NOTED_EVERY
    if key.last_used_at is None or key.last_used_at < since:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=since)
        ApiKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=now)


def _person(user: User) -> list[int]:
    return list(Person.objects.filter(user=user).values_list("pk", flat=True))


def _random_letters() -> str:
    return base64.b32encode(secrets.token_bytes(5)).decode().lower()
