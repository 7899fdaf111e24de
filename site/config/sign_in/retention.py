"""What of signing in is disposed of."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from tracking.organisation.models import User
from tracking.retention.people import register_trace
from tracking.retention.rules import Disposed, Rule, midnight, register


def register_rules() -> None:
    """Add them; called once, when the app is ready."""
    register(SESSIONS)
    register_trace(forget_bindings)


def forget_bindings(user: User, _pseudonym: str) -> None:
    """The bindings to the employer's log-in, with what it said of the person."""
    SocialAccount.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()


def _count(before: date) -> int:
    return Session.objects.filter(expire_date__lt=midnight(before)).count()


def _dispose(before: date, limit: int) -> Disposed:
    old = Session.objects.filter(expire_date__lt=midnight(before)).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:limit])
    Session.objects.filter(pk__in=keys).delete()
    return Disposed(len(keys))


SESSIONS = Rule("inloggningar", _("Log-ins that have ended"), 1, _count, _dispose)
