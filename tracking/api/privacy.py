"""What is kept of somebody's keys: told to themself, and taken away in time."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.api.models import ApiKey
from tracking.organisation.models import User
from tracking.privacy.sections import Owner, Section, Value
from tracking.retention.rules import Disposed, Rule, midnight


def _keys(owner: Owner) -> Iterator[tuple[Value, ...]]:
    """Never the key itself: it is not kept, and its hash opens nothing."""
    for key in ApiKey.objects.filter(holder=owner.user).order_by("made_at", "pk"):
        yield (
            key.name,
            key.prefix,
            key.opens_people,
            key.made_at,
            key.expires_on,
            key.last_used_at,
            key.revoked_at,
        )


def forget_keys(user: User, _pseudonym: str) -> None:
    """Of somebody who becomes a pseudonym."""
    ApiKey.objects.filter(holder=user).delete()


def _ended(before: date) -> Q:
    return Q(expires_on__lt=before) | Q(revoked_at__lt=midnight(before))


def _count(before: date) -> int:
    return ApiKey.objects.filter(_ended(before)).count()


def _dispose(before: date, limit: int) -> Disposed:
    old = ApiKey.objects.filter(_ended(before)).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:limit])
    ApiKey.objects.filter(pk__in=keys).delete()
    return Disposed(len(keys))


KEYS = Section(
    "api_nycklar",
    _("API keys"),
    {
        "namn": pgettext_lazy("API key", "name"),
        "borjar": _("begins with"),
        "personer": _("status per person"),
        "skapad": _("made"),
        "sista_dag": _("last day"),
        "senast_anvand": _("last used"),
        "aterkallad": _("revoked"),
    },
    _keys,
    frozenset({"tracking.ApiKey"}),
)
ENDED_KEYS = Rule("api_nycklar", _("API keys that have ended"), 12, _count, _dispose)
