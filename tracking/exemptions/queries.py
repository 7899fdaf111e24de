"""Which exemptions hold, or are to hold, among a manager's staff; and a person's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from foundation.sorting import swedish
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope
from tracking.reports.choosing import staff_among
from tracking.status.queries import target_rows
from tracking.targets.models import Exemption


@dataclass(frozen=True, slots=True)
class Held:
    """An exemption as a list shows it."""

    exemption: Exemption
    target: str  # its name, or its code where nobody knows it any more
    is_coming: bool
    may_change: bool

    @property
    def last_day(self) -> date | None:
        """None: without end."""
        return self.exemption.interval.last_day


def exemptions_in(scope: PersonScope, unit: str) -> list[Held]:
    """Those in force or to come, of the staff of `unit` and below whom the reader sees by name.

    By name, then by first day. As many queries whatever the numbers.
    """
    there = Employment.objects.known_now().on(scope.on)
    codes = scope.tree.counting_in(scope.tree.subtree(unit))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    found = _not_over(Exemption.objects.known_now(), scope.on).filter(
        person__in=there.order_by().values("person")
    )
    held = _in_words(found.select_related("person"), scope)
    held.sort(key=lambda one: (*swedish(one.exemption.person.full_name), one.exemption.valid_from))
    return held


def own_exemptions(person: Person, on: date) -> dict[str, Exemption]:
    """A person's exemptions that hold on the day, by target. One query."""
    mine = Exemption.objects.known_now().on(on).filter(person=person).order_by("valid_from")
    return {one.target_code: one for one in mine}


def reachable_exemption(scope: PersonScope, number: int) -> Exemption:
    """One that is known now, of one's own staff; otherwise as if there were none (404)."""
    found: Exemption | None = (
        Exemption.objects.known_now().filter(pk=number).select_related("person").first()
    )
    if found is None or not staff_among(scope, [found.person.public_id]):
        raise Http404
    return found


def target_names() -> dict[str, str]:
    """Of the targets known now, by code."""
    return {row.code: row.name for row in target_rows()}


def _in_words(found: Iterable[Exemption], scope: PersonScope) -> list[Held]:
    names = target_names()
    return [
        Held(
            one,
            names.get(one.target_code, one.target_code),
            one.valid_from > scope.on,
            one.person_id != scope.roles.person,
        )
        for one in found
        if scope.sees(one.person_id)
    ]


def _not_over(found: QuerySet[Exemption], on: date) -> QuerySet[Exemption]:
    return found.filter(Q(valid_to=None) | Q(valid_to__gt=on))
