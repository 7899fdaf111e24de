"""A proof that somebody handed in, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.ledger.models import Completion
from tracking.organisation.models import Person


class ProofState(models.TextChoices):
    """Where a proof is."""

    DRAFT = "utkast", pgettext_lazy("proof", "not handed in yet")
    WAITING = "vantar", pgettext_lazy("proof", "waits to be looked at")
    VERIFIED = "godkant", pgettext_lazy("proof", "verified")
    REFUSED = "avslaget", pgettext_lazy("proof", "refused")
    WITHDRAWN = "tillbakadraget", pgettext_lazy("proof", "withdrawn by you")


IN_USE = (ProofState.WAITING, ProofState.VERIFIED)
DECIDED = (ProofState.VERIFIED, ProofState.REFUSED)


class Proof(models.Model):
    """What a person says they took, and the pictures that show it.

    The pictures go a time after the decision; what they were recognised by stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proofs")
    state = models.CharField(
        _("state"), max_length=20, choices=ProofState.choices, default=ProofState.DRAFT
    )
    course_code = models.CharField(_("course"), max_length=64, blank=True)
    on = models.DateField(_("date"), null=True, blank=True)
    note = models.CharField(_("message"), max_length=300, blank=True)
    begun_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)

    # Of what was handed over, and of the pictures made of it: either tells that a file came twice.
    sha256_uploaded = models.CharField(max_length=64)
    sha256_kept = models.CharField(max_length=64)
    place = models.CharField(max_length=32)
    pages = models.PositiveSmallIntegerField(_("pages"))
    removed_at = models.DateTimeField(_("file removed"), null=True, blank=True)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Its course and day may be other ones than the person wrote.
    completion = models.ForeignKey(
        Completion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proof of a course")
        verbose_name_plural = _("proofs of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_code", "sha256_kept"],
                condition=Q(state__in=IN_USE),
                name="proof_once_in_use",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=ProofState.DRAFT), name="proof_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at=None)),
                name="proof_decided_when_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProofState.VERIFIED) | Q(completion__isnull=False),
                name="proof_verified_has_its_completion",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "handed_in_at"], name="proof_queue"),
            models.Index(fields=["sha256_uploaded"], name="proof_uploaded"),
            models.Index(fields=["sha256_kept"], name="proof_kept"),
        ]

    def __str__(self) -> str:
        return f"proof {self.public_id}"

    @property
    def has_file(self) -> bool:
        """Whether its pictures can still be looked at."""
        return self.removed_at is None

    @property
    def page_numbers(self) -> range:
        """The numbers of its pictures."""
        return range(1, self.pages + 1) if self.has_file else range(0)
