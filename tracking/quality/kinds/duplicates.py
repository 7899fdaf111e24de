"""Several people, or several accounts, with one e-mail address."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.components.numbers import number
from tracking.organisation.models import Person, User
from tracking.quality.finding import Cell, Finding, Found, Line, holds
from tracking.quality.look import Look


class SharedAddresses(Finding):
    """By address, whatever the case of its letters."""

    key = "dubbletter"
    title = _("The same e-mail address more than once")
    means = _(
        "Several people, or several accounts, have one address. Often it is one person whom HR "
        "has given a new key: then what they completed stands with the old one, and they count "
        "as not done. A course provider's list that names people by address can't be matched, "
        "and mail may reach somebody it is not for."
    )
    advice = _(
        "Is it one person? Ask HR to keep one key and to correct the other employment. Are they "
        "several? Have the wrong address corrected where it comes from. An account that is one "
        "too many is closed by the administrator."
    )
    heads = (_("E-mail address"), _("People"), _("Accounts"))
    searched = _("E-mail address")
    names_people = True

    def count(self, look: Look) -> int:
        return len(set(_shared(_people())) | set(_shared(_accounts())))

    def counted(self, count: int) -> str:
        text = ngettext("%(count)s address", "%(count)s addresses", count)
        return text % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        addresses = set(_shared(_people())) | set(_shared(_accounts()))
        # An address tells who somebody is as a name does.
        protected = _people().filter(Q(protected=True) & Q(address__in=addresses))
        hidden = set(protected.values_list("address", flat=True))
        accounts = _accounts().filter(person__protected=True, address__in=addresses)
        hidden |= set(accounts.values_list("address", flat=True))
        return sorted(address for address in addresses - hidden if holds(words, address))

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        people: dict[str, list[Person]] = defaultdict(list)
        for person in _people().filter(address__in=page).order_by("pk"):
            people[person.address].append(person)
        accounts: dict[str, list[User]] = defaultdict(list)
        for account in _accounts().filter(address__in=page).order_by("pk"):
            accounts[account.address].append(account)
        return [self._line(one, people[one], accounts[one]) for one in page]

    def _line(self, address: str, people: list[Any], accounts: list[Any]) -> Line:
        named = [f"{one.full_name or gettext('No name')} ({one.person_id})" for one in people]
        users = [one.get_username() for one in accounts]
        cells = (Cell(address), Cell(", ".join(named) or "–"), Cell(", ".join(users) or "–"))
        return Line(cells, tuple(one.pk for one in people))


def _people() -> QuerySet[Any]:
    there = Person.objects.filter(pseudonymised_on=None).exclude(email="")
    return there.annotate(address=Lower("email"))


def _accounts() -> QuerySet[Any]:
    there = User.objects.filter(is_active=True).exclude(email="")
    return there.annotate(address=Lower("email"))


def _shared(rows: QuerySet[Any]) -> list[str]:
    """Addresses that more than one of the rows has. One query."""
    counted = rows.values("address").annotate(rows=Count("pk")).filter(rows__gt=1)
    return list(counted.order_by().values_list("address", flat=True))
