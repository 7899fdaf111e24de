"""People who can log in although nobody employs them on the day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.components.dates import swedish_date
from foundation.components.numbers import number
from tracking.organisation.models import Duty, DutyRole, Employment, Person
from tracking.quality.finding import Cell, Finding, Found, Line, last_day
from tracking.quality.look import Look
from tracking.quality.people import by_name, person_cell


class AccountsWithoutEmployment(Finding):
    """Active accounts of people without an employment that covers the day."""

    key = "utan-anstallning"
    title = _("Accounts without an employment")
    means = _(
        "These people can log in, but no employment covers today: they are in no unit, in no "
        "target's audience and in no figure. Most have left and their account was never closed. "
        "Some wait for their first day, or hold a duty for somebody who employs them elsewhere."
    )
    advice = _(
        "Has somebody left? Ask the administrator to close the account. Is somebody still here? "
        "Have HR's file corrected and bring it in again. A duty that is no longer held is ended "
        "in the file of duties (uppdrag.csv): until then it opens what it opens."
    )
    heads = (_("Name"), _("Employment"), _("Duties today"))
    searched = _("Name or HR's key")
    names_people = True

    def count(self, look: Look) -> int:
        return int(_without(look).count())

    def counted(self, count: int) -> str:
        text = ngettext("%(count)s account", "%(count)s accounts", count)
        return text % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        return by_name(_without(look).filter(protected=False), words)

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        people = [person.pk for person in page]
        known = Employment.objects.known_now().filter(person__in=people)
        past = known.filter(valid_to__lte=look.on).values_list("person")
        ended = dict(past.annotate(end=Max("valid_to")))
        begins = dict(
            known.filter(valid_from__gt=look.on)
            .order_by("-valid_from")
            .values_list("person", "valid_from")
        )
        duties = _duties(look, people)
        return [
            Line(
                (
                    person_cell(person),
                    Cell(_when(ended.get(person.pk), begins.get(person.pk))),
                    Cell(", ".join(duties[person.pk]) or "–"),
                ),
                (person.pk,),
            )
            for person in page
        ]


def _without(look: Look) -> Any:
    people = Person.objects.filter(user__is_active=True, pseudonymised_on=None)
    return people.filter(~Exists(look.employed.filter(person=OuterRef("pk"))))


def _duties(look: Look, people: list[int]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    known = Duty.objects.known_now().on(look.on).filter(person__in=people).order_by("role")
    for person, role, unit in known.values_list("person", "role", "unit_code"):
        held[person].append(f"{DutyRole(role).label} ({look.unit_name(unit)})")
    return held


def _when(ended: date | None, begins: date | None) -> str:
    if begins:
        return gettext("Begins %(day)s") % {"day": swedish_date(begins)}
    if ended:
        return gettext("Ended %(day)s") % {"day": swedish_date(last_day(ended))}
    return gettext("Never had one")
