"""What the findings of one day look at, each read once however many of them ask."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from foundation.facts import FactQuerySet
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay, OrganisationHistory, organisation_history
from tracking.targets.models import Target


class Look:
    """The facts as they are known now, on one day."""

    def __init__(self, on: date) -> None:
        self.on = on

    @cached_property
    def history(self) -> OrganisationHistory:
        """The organisation over all days. One query."""
        return organisation_history()

    @cached_property
    def tree(self) -> OrganisationDay:
        """The organisation on the day."""
        return self.history.on(self.on)

    @property
    def employed(self) -> FactQuerySet:
        """Employments that cover the day."""
        return Employment.objects.known_now().on(self.on)

    @cached_property
    def unit_codes(self) -> dict[str, int]:
        """Every unit code that an employment of the day names, with its people. One query."""
        counted: Any = self.employed.values_list("unit_code").annotate(
            people=Count("person", distinct=True)
        )
        return dict(counted)

    @cached_property
    def targets(self) -> list[Target]:
        """The targets as known now that have not ended, by code. One query."""
        known = Target.objects.known_now()
        standing = known.filter(Q(valid_to=None) | Q(valid_to__gt=self.on))
        return list(standing.order_by("code"))

    def standing(self, code: str) -> str | None:
        """The unit, or the one that took over, along the chain; None when there is none.

        Then an employment there counts in the whole only (STATUS.md 3).
        """
        last = self.tree.placing(code).chain[-1]
        return last if last in self.tree.units else None

    def unit_name(self, code: str) -> str:
        """What the unit is called on the day, or was called last; its code if nobody knows."""
        if code in self.tree.units:
            return self.tree.units[code].name
        periods = self.history.periods_of(code)
        return periods[-1].name if periods else code

    def district_name(self, code: str) -> str:
        """The unit just below the root that holds this one."""
        path = self.tree.path(code)
        return self.unit_name(path[max(len(path) - 2, 0)]) if path else ""
