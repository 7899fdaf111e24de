"""Units, people, where they work, when they are away, and what they answer for."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.facts import DatedFact, edges, ends_after_start, one_known


class User(AbstractUser):
    """A log-in. Who the person is stands in `Person`, who exists before and after a log-in."""

    is_demo = models.BooleanField(_("demo account"), default=False)
    # A code of LANGUAGES; empty until the person has chosen.
    language = models.CharField(_("language"), max_length=10, blank=True)
    # Part of what every session is checked against: counting it up ends them all.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    @property
    def own_name(self) -> str:
        """What the account calls its owner, to the owner."""
        person: Person | None = None if self.first_name else getattr(self, "person", None)
        return (person.full_name if person else super().get_full_name()) or self.username

    def get_full_name(self) -> str:
        """The name others read, as the Wagtail admin shows who wrote what; none if protected."""
        person: Person | None = getattr(self, "person", None)
        if person is None:
            return super().get_full_name()
        return gettext("Protected information") if person.protected else person.full_name

    @property
    def reads(self) -> str:
        """The language of what is sent to this account: mails, and what a job hands back."""
        known = {code for code, _name in settings.LANGUAGES}
        return self.language if self.language in known else settings.LANGUAGE_CODE

    def get_session_auth_hash(self) -> str:
        """What a session must have been begun with: this password, in this epoch."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same, with the secrets that are on their way out."""
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes | None) -> str:
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac("tracking.User.session", value, secret, algorithm="sha256").hexdigest()


class Person(models.Model):
    """Somebody HR knows. Name, address and protection are one current row, without history."""

    person_id = models.CharField(_("HR's key"), max_length=64, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True, db_index=True)
    protected = models.BooleanField(_("protected identity"), default=False)
    # From this day on nothing in the row says who it was (docs/developers/privacy.md).
    pseudonymised_on = models.DateField(_("pseudonymised"), null=True, blank=True)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        # Lists of course providers name people by address, in whatever case.
        indexes = [models.Index(Lower("email"), name="person_email_lower")]

    def __str__(self) -> str:
        # Log lines and error pages print objects: the name never comes out that way.
        return f"person {self.pk}"

    @property
    def full_name(self) -> str:
        """First and last name; only for those who may see the person."""
        return f"{self.first_name} {self.last_name}".strip()


class ForgottenKey(models.Model):
    """That somebody with this key of HR's has been pseudonymised, but not which row they are.

    The key is a keyed hash (tracking.organisation.forgetting). A file of old history would
    otherwise bring the same employments once more, as somebody else's.
    """

    key = models.CharField(max_length=64, unique=True)
    on = models.DateField(_("pseudonymised"))

    class Meta:
        verbose_name = _("forgotten key")
        verbose_name_plural = _("forgotten keys")

    def __str__(self) -> str:
        return self.key[:8]


class UnitKind(models.TextChoices):
    """Types of unit (STATUS.md 2)."""

    CITY = "kommun", _("city")
    COMMITTEE = "namnd", _("committee")
    DISTRICT_COMMITTEE = "stadsdelsnamnd", _("district committee")
    COMPANY = "bolag", _("company")
    DEPARTMENT = "avdelning", _("department")
    UNIT = "enhet", _("unit")
    PROVIDER = "utforare", _("service provider")


class Unit(DatedFact):
    """A unit has this name, type and parent during its interval."""

    code = models.CharField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("type"), max_length=20, choices=UnitKind.choices)
    parent_code = models.CharField(_("parent"), max_length=64, blank=True)
    replaced_by_code = models.CharField(_("replaced by"), max_length=64, blank=True)

    key_fields = ("code", "valid_from")
    value_fields = ("name", "kind", "parent_code", "valid_to", "replaced_by_code")

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            one_known("unit_one_known", "code", "valid_from"),
            ends_after_start("unit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Employment(DatedFact):
    """A person works in a unit with this role, business area and manager flag."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    unit_code = models.CharField(_("unit"), max_length=64)
    position = models.CharField(_("position"), max_length=200, blank=True)
    business_area = models.CharField(_("business area"), max_length=200, blank=True)
    is_manager = models.BooleanField(_("manager"), default=False)
    # What this source last said of the person; not part of the fact (STATUS.md 1).
    says_protected = models.BooleanField(default=False)

    key_fields = ("person_id", "unit_code", "valid_from")
    value_fields = ("position", "business_area", "is_manager", "valid_to")

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            one_known("employment_one_known", "person", "unit_code", "valid_from"),
            ends_after_start("employment_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["unit_code"], name="employment_unit"),
            *edges("employment"),
        ]


class Absence(DatedFact):
    """A person is on leave during the interval."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(_("type"), max_length=100, blank=True)

    key_fields = ("person_id", "valid_from")
    value_fields = ("kind", "valid_to")

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            one_known("absence_one_known", "person", "valid_from"),
            ends_after_start("absence_ends_after_start"),
        ]
        indexes = edges("absence")


class DutyRole(models.TextChoices):
    """Roles one can hold over a unit (STATUS.md 6)."""

    MANAGER = "chef", _("manager")
    DEPUTY = "stallforetradare", _("deputy")
    KEY_CONTACT = "nyckelperson", _("key contact")
    COORDINATOR = "samordnare", _("follow-up coordinator")
    AUDITOR = "revisor", _("auditor")


class Duty(DatedFact):
    """A person holds a role over a unit, and all below it, during the interval."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(_("role"), max_length=20, choices=DutyRole.choices)
    unit_code = models.CharField(_("unit"), max_length=64)

    key_fields = ("person_id", "role", "unit_code", "valid_from")
    value_fields = ("valid_to",)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            one_known("duty_one_known", "person", "role", "unit_code", "valid_from"),
            ends_after_start("duty_ends_after_start"),
        ]
