"""Creates the demo's log-ins."""

from django.contrib.auth.models import Group
from django.db import transaction

from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Person, User


def create_accounts() -> list[User]:
    """Create the demo's accounts that are missing, and give the new ones.

    An account that exists is left as people made it. Raises Person.DoesNotExist before the
    demo's staff is loaded.
    """
    there = set(User.objects.filter(is_demo=True).values_list("username", flat=True))
    return [_create(account) for account in DEMO_ACCOUNTS if account.username not in there]


@transaction.atomic
def _create(account: DemoAccount) -> User:
    user = User(
        username=account.username,
        is_demo=True,
        is_staff=account.is_superuser,
        is_superuser=account.is_superuser,
    )
    person = Person.objects.get(person_id=account.person_id) if account.person_id else None
    if person is None:
        user.last_name = account.role
    user.set_password(DEMO_PASSWORD)
    user.save()
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in account.groups])
    if person:
        person.user = user
        person.save(update_fields=["user"])
        name_accounts(people=[person])
    return user
