"""Writes about people that are no facts: the names and languages of their accounts."""

from collections.abc import Collection

from django.db import transaction

from tracking.organisation.models import Person, User

AT_ONCE = 500


@transaction.atomic
def name_accounts(*, people: Collection[Person]) -> None:
    """Let these people's accounts say what HR says of them now.

    An account carries its owner's name and address only so that the Wagtail admin can find it and
    write to it. Somebody protected must not be found by either, so theirs carries neither.
    """
    keys = [person.pk for person in people]
    for first in range(0, len(keys), AT_ONCE):
        accounts = list(
            User.objects.filter(person__in=keys[first : first + AT_ONCE]).select_related("person")
        )
        for account in accounts:
            _name(account, account.person)
        User.objects.bulk_update(accounts, ["first_name", "last_name", "email"])


def _name(account: User, person: Person) -> None:
    account.first_name = "" if person.protected else person.first_name
    account.last_name = "" if person.protected else person.last_name
    account.email = "" if person.protected else person.email or account.email


def choose_language(*, user: User, language: str) -> None:
    """Keep the language `user` reads in; a code of LANGUAGES."""
    user.language = language
    user.save(update_fields=["language"])
