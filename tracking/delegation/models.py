"""Who let whom see which unit: what a deputy's duty, a fact, does not say of itself."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracking.organisation.models import Person


class Delegation(models.Model):
    """A manager named a deputy. The days stand in the duty with the same person, unit, first day.

    `ended_at`: when it was taken back, or came to an end because the manager's own right did; a
    duty that runs out by its last day has none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies_named")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputy_for")
    unit_code = models.CharField(_("unit"), max_length=64)
    valid_from = models.DateField(_("from"))
    named_at = models.DateTimeField(_("named"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(
                fields=["deputy", "unit_code", "valid_from"],
                condition=models.Q(ended_at=None),
                name="delegation_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("deputy")), name="delegation_of_another"
            ),
        ]
        indexes = [models.Index(fields=["manager", "ended_at"], name="delegation_manager")]

    def __str__(self) -> str:
        return f"delegation {self.public_id}"
