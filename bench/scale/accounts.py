"""Who asks in a made-up city: people with a log-in, found by what they answer for."""

from collections import Counter
from datetime import date

from django.conf import settings
from django.test import Client

from foundation.intervals import today
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Duty, DutyRole, Employment, Person, User
from tracking.organisation.queries import OrganisationDay, organisation_on

DISTRICT, COMMITTEE = "SDN-JARVA", "SN"
MATRIX = 500  # people of the manager whose matrix is asked for


def account(person: int) -> User:
    """The account of a person, made the first time."""
    found = User.objects.filter(person__pk=person).first()
    if found is None:
        found = User.objects.create(username=f"bench-{person}")
        Person.objects.filter(pk=person).update(user=found)
    name_accounts(people=[Person.objects.get(pk=person)])
    return User.objects.get(pk=found.pk)


def with_duty(role: DutyRole, unit: str) -> User:
    """Whoever holds a duty over a unit."""
    duty = Duty.objects.known_now().on(today()).filter(role=role, unit_code=unit).order_by("pk")[0]
    return account(duty.person_id)


def manager_of(unit: str) -> User:
    """The manager of a unit."""
    posts = Employment.objects.known_now().on(today())
    return account(posts.filter(unit_code=unit, is_manager=True).order_by("pk")[0].person_id)


def unit_of(people: int, day: date) -> tuple[str, int]:
    """The managed unit whose number of people, with all below it, is nearest to `people`."""
    tree = organisation_on(day)
    counts = headcounts(tree, day)
    managed = (
        Employment.objects.known_now()
        .on(day)
        .filter(is_manager=True)
        .values_list("unit_code", flat=True)
    )
    there = sorted(code for code in set(managed) if code in tree.units and code != tree.root)
    unit = min(there, key=lambda code: abs(counts[code] - people))
    return unit, counts[unit]


def headcounts(tree: OrganisationDay, day: date) -> Counter[str]:
    """People of each unit with all below it, by employment."""
    found: Counter[str] = Counter()
    posts = Employment.objects.known_now().on(day).values_list("unit_code", flat=True)
    for code, number in Counter(posts.iterator()).items():
        for above in tree.path(tree.place(code) or code):
            found[above] += number
    return found


def browser(user: User) -> Client:
    """A browser in which the account is signed in."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    assert settings.SESSION_COOKIE_NAME in client.cookies
    return client
