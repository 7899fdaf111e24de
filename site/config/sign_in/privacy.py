"""What is kept of how somebody signs in, told to themself."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(BINDINGS, ADDRESSES, SECOND_STEPS)


def _bindings(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in SocialAccount.objects.filter(user=owner.user).order_by("pk"):
        said = "; ".join(f"{name}: {value}" for name, value in sorted(one.extra_data.items()))
        yield one.provider, one.uid, one.date_joined, one.last_login, said


def _addresses(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in EmailAddress.objects.filter(user=owner.user).order_by("pk"):
        yield one.email, one.verified


def _second_steps(owner: Owner) -> Iterator[tuple[Value, ...]]:
    """That there is one, and since when; who finds the file must not find its secret there."""
    for one in Authenticator.objects.filter(user=owner.user).order_by("pk"):
        yield one.type, one.created_at, one.last_used_at


BINDINGS = Section(
    "inloggningskallor",
    _("Log-in by the employer"),
    {
        "kalla": _("source"),
        "nyckel": _("key there"),
        "bunden": _("bound"),
        "senast": _("last log-in"),
        "uppgifter": _("what it said"),
    },
    _bindings,
    frozenset({"socialaccount.SocialAccount"}),
)
ADDRESSES = Section(
    "inloggningsadresser",
    _("Addresses for logging in"),
    {"epost": _("e-mail"), "bekraftad": _("confirmed")},
    _addresses,
    frozenset({"account.EmailAddress"}),
)
SECOND_STEPS = Section(
    "andra_steg",
    _("Codes after the password"),
    {"slag": _("kind"), "skapat": _("made"), "senast": _("last used")},
    _second_steps,
    frozenset({"mfa.Authenticator"}),
)
