"""The people a manager has chosen among their staff, until something is done about them.

They are kept in the session, one unit at a time, so that a choice survives another order, filter
or page of the list. What may be done, and to whom, is judged where it is done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.components.numbers import number
from foundation.sorting import swedish
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope

MOST = 200
# As many stand in an address, so that it can be sent to a colleague; more are read here.
MOST_IN_AN_ADDRESS = 80  # of 44 characters each; servers read 4,094 at least
_KEPT_AS = "chosen_staff"


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do about those chosen: the page that does it takes `enhet` and `person`, or
    `valda` where they are those kept.
    """

    code: str
    address: str
    label: str | Promise

    @property
    def exists(self) -> bool:
        """Whether there is such a page."""
        try:
            reverse(self.address)
        except NoReverseMatch:
            return False
        return True

    def url(self, unit: str, people: Sequence[UUID]) -> str:
        """Where it is done about these people of the unit."""
        said: dict[str, object] = {"enhet": unit}
        said |= {"person": people} if len(people) <= MOST_IN_AN_ADDRESS else {"valda": "ja"}
        return f"{reverse(self.address)}?{urlencode(said, doseq=True)}"


ACTS = (
    Act("paminn", "reminders:preview", _("Send a reminder")),
    Act("narvaro", "evidence:attendance", _("Record attendance")),
    Act("undantag", "exemptions:record", _("Record an exemption")),
)


def acts() -> list[Act]:
    """What can be done about those chosen."""
    return [act for act in ACTS if act.exists]


def kept_choice(request: HttpRequest, unit: str) -> list[UUID]:
    """Those chosen in this unit, in the order they were."""
    kept = request.session.get(_KEPT_AS) or {}
    return [UUID(one) for one in kept.get("people", [])] if kept.get("unit") == unit else []


def keep_choice(request: HttpRequest, unit: str, people: Iterable[UUID]) -> int:
    """Remember these, the first MOST of them; how many were left out."""
    wanted = list(dict.fromkeys(people))
    request.session[_KEPT_AS] = {"unit": unit, "people": [str(one) for one in wanted[:MOST]]}
    return max(0, len(wanted) - MOST)


def too_many_words(left_out: int) -> str:
    """What is said where more were chosen than can be."""
    text = ngettext(
        "At most %(most)s people can be chosen at once. %(count)s was left out.",
        "At most %(most)s people can be chosen at once. %(count)s were left out.",
        left_out,
    )
    return text % {"most": number(MOST), "count": number(left_out)}


def forget_choice(request: HttpRequest) -> None:
    """Nobody is chosen any more: something was done about them."""
    request.session.pop(_KEPT_AS, None)


def asked_for(request: HttpRequest, unit: str) -> list[UUID]:
    """Whom a page is to do something about: those its form or address names, else those kept."""
    named = request.POST.getlist("person") or request.GET.getlist("person")
    return list(dict.fromkeys(public_ids(named)))[:MOST] or kept_choice(request, unit)


def staff_among(scope: PersonScope, wanted: Iterable[UUID]) -> list[Person]:
    """Those of them who are the reader's own staff today, and seen by name; never the reader.

    By name. Two queries, whatever the number.
    """
    people = Person.objects.filter(public_id__in=list(wanted))
    others = (person for person in people if person.pk != scope.roles.person)
    seen = {person.pk: person for person in others if scope.sees(person.pk)}
    works = Employment.objects.known_now().on(scope.on).filter(person__in=seen)
    led = {
        person
        for person, code in works.values_list("person_id", "unit_code")
        if scope.tree.place(code) in scope.staffed
    }
    return sorted((seen[pk] for pk in led), key=in_name_order)


def in_name_order(person: Person) -> tuple[object, ...]:
    """How people are listed."""
    return (*swedish(person.full_name), str(person.public_id))


def public_ids(said: Iterable[str]) -> Iterable[UUID]:
    """What can be one; the rest is passed over."""
    for one in said:
        try:
            yield UUID(one)
        except ValueError:
            continue
