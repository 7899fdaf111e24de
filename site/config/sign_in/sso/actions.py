"""Writes of SSO: the link between an identity provider's account and a person."""

import hashlib
import secrets
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from config.sign_in.actions import end_sessions
from config.sign_in.models import SpentAssertion
from config.sign_in.sso.identity import Identity, Reason, Refused
from tracking.audit.actions import Actor, record
from tracking.audit.models import AuditEvent
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Person, User


@transaction.atomic
def account_of(*, provider: str, identity: Identity) -> SocialAccount:
    """The link of the person vouched for, made at the first log-in; an account too if need be.

    The person is found by HR's key alone. A link is never moved: neither may a log-in that was
    one person's come with another's key, nor a person come by a second log-in of the same
    provider. Raises Refused.
    """
    person = Person.objects.select_for_update().filter(person_id=identity.person_id).first()
    if person is None:
        raise Refused(Reason.UNKNOWN)
    user = person.user or _new_account(person)
    if not user.is_active:
        raise Refused(Reason.CLOSED)
    links = SocialAccount.objects.filter(provider=provider)
    link = links.filter(uid=identity.uid).first()
    if link is None:
        if links.filter(user=user).exists():
            raise Refused(Reason.LINKED, "the person is linked to another log-in")
        return SocialAccount.objects.create(provider=provider, uid=identity.uid, user=user)
    if link.user_id != user.pk:
        raise Refused(Reason.LINKED, "the log-in is linked to another person")
    return link


def _new_account(person: Person) -> User:
    """An account whose name says nothing, and which opens by SSO only."""
    user = User(username=f"sso-{secrets.token_hex(8)}")
    user.set_unusable_password()
    user.save()
    person.user = user
    person.save(update_fields=["user"])
    name_accounts(people=[person])
    return user


@transaction.atomic
def spend(*, issuer: str, assertion: str, until: datetime, now: datetime) -> None:
    """Note that this assertion has let somebody in. Raises Refused when it had done so before.

    Kept until it would be refused as too old anyway, for all processes and machines.
    """
    SpentAssertion.objects.filter(until__lt=now).delete()
    key = hashlib.sha256(f"{issuer}\x1f{assertion}".encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentAssertion.objects.create(key=key, until=until)
    except IntegrityError as error:
        raise Refused(Reason.STALE, "the assertion was used before") from error


@transaction.atomic
def unlink(*, person: Person, actor: Actor) -> int:
    """Forget the person's links, and sign them out: the next log-in makes a new one.

    How many there were.
    """
    links = SocialAccount.objects.filter(user=person.user)
    count: int = links.count()
    links.delete()
    if person.user is not None:
        end_sessions(user=person.user)
    record(
        AuditEvent.ACCOUNT_CHANGED,
        actor=actor,
        about=[person],
        detail={"sso_links_forgotten": count},
    )
    return count
