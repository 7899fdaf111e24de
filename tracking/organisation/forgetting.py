"""Keys of HR's that have been forgotten: known again when they come back, and only then."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.utils.crypto import salted_hmac

from tracking.organisation.models import ForgottenKey

SALT = "tracking.forgotten"
AT_ONCE = 500


def remember_to_forget(keys: Collection[str], *, on: date) -> None:
    """Keep a keyed hash of each."""
    ForgottenKey.objects.bulk_create(
        [ForgottenKey(key=_hash(key, settings.SECRET_KEY), on=on) for key in keys],
        ignore_conflicts=True,
    )


def forgotten(keys: Collection[str]) -> dict[str, date]:
    """Those of the keys that have been forgotten, each with the day."""
    if not ForgottenKey.objects.exists():
        return {}
    secrets = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    by_hash = {_hash(key, secret): key for key in keys for secret in secrets}
    hashes = list(by_hash)
    found: dict[str, date] = {}
    for first in range(0, len(hashes), AT_ONCE):
        some = ForgottenKey.objects.filter(key__in=hashes[first : first + AT_ONCE])
        found |= {by_hash[one]: on for one, on in some.values_list("key", "on")}
    return found


def _hash(key: str, secret: str) -> str:
    return salted_hmac(SALT, key, secret=secret, algorithm="sha256").hexdigest()
