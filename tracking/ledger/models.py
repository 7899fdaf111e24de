"""What can be completed, who began it, and who completed it: append-only."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.facts import Fact, FactBatch, one_known
from tracking.ledger.numbers import written
from tracking.organisation.models import Person


class CourseForm(models.TextChoices):
    """How a course is taken (STATUS.md 2)."""

    MODULE = "modul", _("module here")
    WEB = "extern_webb", _("web course elsewhere")
    INSTRUCTOR = "lararledd", _("instructor-led")


class Course(Fact):
    """Something that can be completed. Its code outlives every page that teaches it."""

    code = models.CharField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    form = models.CharField(_("form"), max_length=20, choices=CourseForm.choices)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    key_fields = ("code",)
    value_fields = ("name", "form", "provider", "minutes")

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [one_known("course_one_known", "code")]

    def __str__(self) -> str:
        return self.name


class Start(Fact):
    """A person began a course on a day. The key is person and course: beginning happens once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="starts")
    course_code = models.CharField(_("course"), max_length=64)
    on = models.DateField(_("date"))

    key_fields = ("person_id", "course_code")
    value_fields = ("on",)

    class Meta:
        verbose_name = _("start")
        verbose_name_plural = _("starts")
        constraints = [one_known("start_one_known", "person", "course_code")]
        indexes = [models.Index(fields=["on"], condition=Q(batch_out=None), name="start_on")]


class CompletionSource(models.TextChoices):
    """Where a completion comes from (STATUS.md 2)."""

    PLATFORM = "plattform", _("taken here")
    ATTENDANCE = "narvaro", _("attendance")
    CERTIFICATE = "intyg", _("verified certificate")
    IMPORT = "import", _("import")


class Completion(Fact):
    """A person completed a course on a day, and what that was judged by."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="completions")
    course_code = models.CharField(_("course"), max_length=64)
    on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=20, choices=CompletionSource.choices)
    result = models.CharField(_("result"), max_length=200, blank=True)
    judged_by = models.JSONField(_("judged by"), default=dict, blank=True)

    key_fields = ("person_id", "course_code", "on", "source")
    value_fields = ("result",)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [one_known("completion_one_known", "person", "course_code", "on", "source")]
        indexes = [models.Index(fields=["on"], condition=Q(batch_out=None), name="completion_on")]

    @property
    def said_by(self) -> Any:
        """The account of somebody who answers for it: recorded attendance, verified evidence.

        None for what a quiz decided or a file brought.
        """
        return self.batch_in.actor if "by" in self.judged_by else None


class PendingQuerySet(models.QuerySet["PendingCompletion"]):
    """Rows by what has become of them."""

    def waiting(self) -> "PendingQuerySet":
        """Those nobody has said anything of."""
        return self.filter(matched_in=None, dismissed_at=None)


class PendingCompletion(models.Model):
    """A row of a provider's list whose e-mail address matches nobody, or several: it waits.

    Until a later file or a coordinator finds whose it is (`matched_in`), or it is put aside.
    """

    email = models.CharField(_("e-mail"), max_length=254)
    course_code = models.CharField(_("course"), max_length=64)
    on = models.DateField(_("date"))
    source = models.CharField(_("source"), max_length=20, choices=CompletionSource.choices)
    result = models.CharField(_("result"), max_length=200, blank=True)
    batch_in = models.ForeignKey(FactBatch, on_delete=models.PROTECT, related_name="+")
    matched_in = models.ForeignKey(
        FactBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whom a coordinator said it is; empty where a file told.
    matched_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dismissed_at = models.DateTimeField(_("put aside"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dismissed_reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion that waits for its person")
        verbose_name_plural = _("completions that wait for their person")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "course_code", "on", "source"],
                condition=models.Q(matched_in=None),
                name="pending_completion_one_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"completion {self.pk} that waits"


class Certificate(models.Model):
    """What a person can show of a completion, under an address that says nothing of them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Printed on it, and looked up by anybody it is shown to; see tracking.ledger.numbers.
    number = models.CharField(_("number"), max_length=20, unique=True)
    completion = models.OneToOneField(
        Completion, on_delete=models.PROTECT, related_name="certificate"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def written_number(self) -> str:
        """Its number as it is shown."""
        return written(self.number)
