"""Knowledge targets of the programme, and who is exempt from them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.facts import DatedFact, Fact, edges, ends_after_start, one_known
from tracking.organisation.models import Person


class Level(models.TextChoices):
    """How binding a target is. What is only offered makes nobody late (STATUS.md 2)."""

    SHALL = "ska", _("required")
    SHOULD = "bor", _("recommended")
    OFFERED = "erbjuden", _("offered")


class Target(Fact):
    """A knowledge target: who must know what, shown by which courses, by when."""

    code = models.CharField(_("code"), max_length=64)
    name = models.CharField(_("name"), max_length=300)
    programme_goal = models.CharField(_("programme goal"), max_length=100, blank=True)
    courses = models.TextField(_("courses"))
    audience = models.TextField(_("audience"), blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.SHALL)
    share = models.PositiveSmallIntegerField(
        _("share to reach, percent"), default=100, validators=[MaxValueValidator(100)]
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    days_new_employee = models.PositiveIntegerField(
        _("days for a new employee"), null=True, blank=True
    )
    validity_months = models.PositiveIntegerField(_("validity, months"), null=True, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force to (exclusive)"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)
    is_assumption = models.BooleanField(_("holds an assumption"), default=False)

    key_fields = ("code",)
    value_fields = (
        "name",
        "programme_goal",
        "courses",
        "audience",
        "level",
        "share",
        "due_on",
        "days_new_employee",
        "validity_months",
        "valid_from",
        "valid_to",
        "source",
        "is_assumption",
    )

    class Meta:
        verbose_name = _("knowledge target")
        verbose_name_plural = _("knowledge targets")
        constraints = [
            one_known("target_one_known", "code"),
            ends_after_start("target_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Exemption(DatedFact):
    """A person is exempt from a target during the interval, for a reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exemptions")
    target_code = models.CharField(_("target"), max_length=64)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    key_fields = ("person_id", "target_code", "valid_from")
    value_fields = ("reason", "valid_to")

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        constraints = [
            one_known("exemption_one_known", "person", "target_code", "valid_from"),
            ends_after_start("exemption_ends_after_start"),
        ]
        indexes = edges("exemption")
