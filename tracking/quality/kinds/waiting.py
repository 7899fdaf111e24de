"""Completions of a provider's list that wait: their address is nobody's, or several people's."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.components.dates import swedish_date
from foundation.components.numbers import number
from tracking.evidence.matching.queries import hidden
from tracking.ledger.models import Course, PendingCompletion
from tracking.organisation.models import Person
from tracking.quality.finding import Cell, Finding, Found, Line
from tracking.quality.look import Look


class WaitingCompletions(Finding):
    """By address, course and day."""

    key = "vantande"
    title = _("Completions that wait for their person")
    means = _(
        "A course provider's list names people by e-mail address. These rows match nobody in HR's "
        "file, or several people, and so count for nobody: somebody who has done the course may "
        "stand as not done."
    )
    advice = _(
        "Open the address and say whose the rows are. Or have the address corrected in HR's file, "
        "and bring the provider's list in again: what then matches one person counts. A list may "
        "name people by HR's key (person_id) instead."
    )
    heads = (_("E-mail address"), _("Course"), _("Completed"), _("Matches today"))
    searched = _("E-mail address or course's code")
    names_people = True

    def count(self, look: Look) -> int:
        return int(_waiting().count())

    def counted(self, count: int) -> str:
        return ngettext("%(count)s row", "%(count)s rows", count) % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        protected = hidden()
        addresses = _waiting().values_list("email", flat=True).distinct()
        shown = _waiting().exclude(email__in=[one for one in addresses if protected.names(one)])
        for word in words.split():
            address, course = {"email__icontains": word}, {"course_code__icontains": word}
            shown = shown.filter(**address) | shown.filter(**course)
        return shown.select_related("batch_in").order_by(Lower("email"), "course_code", "pk")

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        codes = {one.course_code for one in page}
        named = Course.objects.known_now().filter(code__in=codes).values_list("code", "name")
        courses = dict(named)
        people = _people([one.email for one in page])
        return [
            Line(
                (
                    Cell(
                        one.email,
                        second=one.batch_in.file_name,
                        url=reverse("evidence:match", args=[one.pk]) if opens_people else "",
                    ),
                    Cell(courses.get(one.course_code, ""), second=one.course_code, lang="sv"),
                    Cell(swedish_date(one.on)),
                    Cell(_matches(len(people[one.email.lower()]))),
                ),
                tuple(people[one.email.lower()]),
            )
            for one in page
        ]


def _waiting() -> Any:
    return PendingCompletion.objects.waiting()


def _people(addresses: list[str]) -> dict[str, list[int]]:
    """Those who have the address today. One query."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Person.objects.annotate(address=Lower("email")).filter(
        address__in={address.lower() for address in addresses}, pseudonymised_on=None
    )
    for address, person in rows.values_list("address", "pk"):
        found[address].append(person)
    return found


def _matches(people: int) -> str:
    if people == 0:
        return gettext("Nobody")
    if people == 1:
        return gettext("One person: bring the list in again")
    return ngettext("%(count)s person", "%(count)s people", people) % {"count": number(people)}
