"""One recording of attendance: a course, a day, and everybody it was said of."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch
from tracking.ledger.models import Completion
from tracking.organisation.models import Person


class Attendance(models.Model):
    """Somebody recorded that these people took a course on a day; perhaps taken back later."""

    # Made with the page that asks: the same page sent twice is one recording.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit_code = models.CharField(_("unit"), max_length=64)  # whose staff were listed
    course_code = models.CharField(_("course"), max_length=64)
    on = models.DateField(_("date"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"))
    # What it brought into the ledger; None where all of them had it already.
    batch = models.OneToOneField(
        FactBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("recorded attendance")
        verbose_name_plural = _("recorded attendances")
        indexes = [models.Index(fields=["recorded_by", "recorded_at"], name="attendance_by")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="attendance_taken_back_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"attendance {self.public_id}"

    @property
    def taken_back_until(self) -> datetime:
        """Until when whoever recorded it may take it back."""
        return self.recorded_at + timedelta(days=settings.ATTENDANCE_TAKEN_BACK_DAYS)


class Attended(models.Model):
    """That a recording named a person, and the completion that says so."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="attended")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    completion = models.ForeignKey(Completion, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField()  # this recording brought it; else it was known already

    class Meta:
        verbose_name = _("person at a recorded attendance")
        verbose_name_plural = _("people at recorded attendances")
        constraints = [
            models.UniqueConstraint(fields=["attendance", "person"], name="attended_once")
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} at {self.attendance_id}"
