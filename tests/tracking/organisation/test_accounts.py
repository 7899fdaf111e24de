"""What an account says of its owner: to the owner, and to everybody else (STATUS.md 6)."""

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import account, person
from tests.tracking.commands import load
from tests.tracking.rows import Batch
from tests.tracking.status.situations import CITY, FIRST_LOAD, employment
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.django_db


def test_an_account_says_the_name_hr_says() -> None:
    who = person("anna")
    Person.objects.update(first_name="Anna", last_name="Ek", email="anna.ek@stad.example")
    name_accounts(people=[who])
    found = account(who)
    assert (found.get_full_name(), found.own_name, found.email) == (
        "Anna Ek",
        "Anna Ek",
        "anna.ek@stad.example",
    )


def test_the_account_of_somebody_protected_says_its_name_to_its_owner_alone() -> None:
    who = person("mina", protected=True)
    Person.objects.update(email="mina@stad.example")
    User.objects.update(first_name="Mina", last_name="Ekwall", email="mina@stad.example")
    name_accounts(people=[who])
    found = account(who)
    assert (found.first_name, found.last_name, found.email) == ("", "", "")
    assert (found.get_full_name(), found.own_name) == ("Skyddade uppgifter", who.full_name)


def test_the_name_is_hidden_the_moment_protection_begins_whatever_the_account_carries() -> None:
    who = person("mina")
    user = account(who)
    user.first_name, user.last_name = "Mina", "Ekwall"
    user.save()
    Person.objects.update(protected=True)
    assert account(who).get_full_name() == "Skyddade uppgifter"


def test_an_account_without_a_person_carries_its_own_name() -> None:
    user = User.objects.create_user("admin", first_name="Drift", last_name="Gruppen")
    assert (user.get_full_name(), user.own_name) == ("Drift Gruppen", "Drift Gruppen")
    assert User.objects.create_user("tom").own_name == "tom"


def test_many_accounts_take_as_many_queries_as_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = [person(f"p{number}") for number in range(6)]
    for count in (1, 6):
        with django_assert_num_queries(4):  # savepoint, read, write, release
            name_accounts(people=people[:count])


def test_a_file_that_protects_somebody_takes_the_name_from_their_account(tmp_path: Path) -> None:
    load(tmp_path, Batch("organisation", (CITY,), FIRST_LOAD))
    row = employment("mina", "STAD", "2020-01-01")
    load(tmp_path, Batch("staff", (row,), FIRST_LOAD))
    User.objects.create_user("konto-7", first_name="mina", last_name="A", email="m@exempel.se")
    Person.objects.update(user=User.objects.get())
    load(tmp_path, Batch("staff", (row | {"skyddad": "ja"},), FIRST_LOAD))
    hidden = User.objects.get()
    assert (hidden.first_name, hidden.last_name, hidden.email) == ("", "", "")
    load(tmp_path, Batch("staff", (row | {"skyddad": "nej"},), FIRST_LOAD))
    shown = User.objects.get()
    assert (shown.get_full_name(), shown.email) == ("mina Andersson", "mina@exempel.se")
