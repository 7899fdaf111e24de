"""Who was let see whose staff: to the manager who named a deputy, and to the deputy."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.delegation.models import Delegation
from tracking.privacy.sections import Owner, Section, Value


def _delegations(owner: Owner) -> Iterator[tuple[Value, ...]]:
    """The other of the two is told on the page, not here: it is their data too."""
    if owner.person:
        mine = Delegation.objects.filter(Q(manager=owner.person) | Q(deputy=owner.person))
        for one in mine.order_by("named_at", "pk"):
            role = "chef" if one.manager_id == owner.person.pk else "stallforetradare"
            yield role, one.unit_code, one.valid_from, one.named_at, one.ended_at


DEPUTIES = Section(
    "delegeringar",
    _("Deputies I have named, or as whom I was named"),
    {
        "roll": pgettext_lazy("duty", "role"),
        "enhet": _("unit"),
        "fran": _("from"),
        "utsedd": _("named"),
        "avslutad": _("ended"),
    },
    _delegations,
    frozenset({"tracking.Delegation"}),
)
