"""Undertakings, reporting periods, what committees write for one, and what they have signed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch
from tracking.organisation.models import Person

USER = settings.AUTH_USER_MODEL


class PeriodKind(models.TextChoices):
    """What a period is reported in (the city's yearly cycle, and the programme's own reports)."""

    TERTIAL_1 = "tertial1", _("interim report 1")
    TERTIAL_2 = "tertial2", _("interim report 2")
    ANNUAL = "verksamhetsberattelse", _("annual report")
    HALFWAY = "halvtid", _("half-way report")
    END = "slut", _("report at the programme's end")


class ReportingPeriod(models.Model):
    """The days a report is about: figures stand for the last of them."""

    code = models.CharField(_("code"), max_length=40, unique=True)  # e.g. "2026-T1"
    kind = models.CharField(_("kind"), max_length=30, choices=PeriodKind.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    report_by = models.DateField(_("report by"))

    objects: "ClassVar[models.Manager[ReportingPeriod]]" = models.Manager()

    class Meta:
        ordering = ["last_day", "first_day", "code"]
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="period_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(report_by__gte=F("last_day")), name="period_reported_after_end"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Undertaking(models.Model):
    """Something the programme, or a committee itself, has said will be done.

    `changes` keeps what it said before each change. It stands on the scorecard of every committee
    that its recipients name on the day; a committee's own on that committee's only.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    # The committee whose own it is (unit code); empty: the city's.
    committee = models.CharField(_("committee"), max_length=64, blank=True)
    title = models.CharField(_("undertaking"), max_length=300)
    goal = models.CharField(_("programme goal"), max_length=1, blank=True)  # "1" … "6"
    goal_is_inferred = models.BooleanField(_("goal worked out by the platform"), default=False)
    owner = models.CharField(_("owner"), max_length=200)
    recipient = models.CharField(_("recipient"), max_length=200)
    # Which committees that is: types of unit, and codes. Empty ones: nobody but `committee`.
    recipient_kinds = models.JSONField(_("types of recipient"), default=list, blank=True)
    recipient_units = models.JSONField(_("receiving units"), default=list, blank=True)
    recipient_is_inferred = models.BooleanField(
        _("recipient worked out by the platform"), default=False
    )
    period_said = models.CharField(_("period as the source says it"), max_length=100, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to (exclusive)"), null=True, blank=True)
    targets = models.JSONField(_("knowledge targets"), default=list, blank=True)  # codes
    source = models.CharField(_("source"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    version = models.PositiveIntegerField(default=1)

    objects: "ClassVar[models.Manager[Undertaking]]" = models.Manager()

    class Meta:
        ordering = ["goal", "code"]
        verbose_name = _("undertaking")
        verbose_name_plural = _("undertakings")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="undertaking_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.code


class UndertakingChange(models.Model):
    """What an undertaking said before it was changed, who changed it, and why."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()  # the version that this was
    said = models.JSONField(_("before"))
    changed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed"))
    reason = models.CharField(_("reason"), max_length=500)

    objects: "ClassVar[models.Manager[UndertakingChange]]" = models.Manager()

    class Meta:
        ordering = ["version"]
        verbose_name = _("change of an undertaking")
        verbose_name_plural = _("changes of undertakings")
        constraints = [
            models.UniqueConstraint(
                fields=["undertaking", "version"], name="undertaking_change_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.undertaking_id} {self.version}"


class Scorecard(models.Model):
    """What a committee writes for a period; made when somebody first writes in it."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="scorecards")
    committee = models.CharField(_("committee"), max_length=64)  # unit code
    comment = models.TextField(_("comment"), blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    changed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: "ClassVar[models.Manager[Scorecard]]" = models.Manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(fields=["period", "committee"], name="scorecard_once")
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.period_id}"


class UndertakingStatus(models.TextChoices):
    """How far a committee has come with an undertaking (docs/adr: five words for a scorecard)."""

    NOT_BEGUN = "ej_paborjat", _("not begun")
    UNDER_WAY = "pagar", _("under way")
    DONE = "genomfort", _("carried out")
    OFF_TRACK = "avviker", _("off track")
    NOT_RELEVANT = "ej_aktuellt", _("not relevant")


class UndertakingReport(models.Model):
    """What a committee says of one undertaking in one period."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="reports")
    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(
        _("status"), max_length=20, choices=UndertakingStatus.choices, blank=True
    )
    comment = models.TextField(_("comment"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    links = models.TextField(_("links"), blank=True)  # one http(s) address a line
    reference = models.CharField(_("reference number"), max_length=100, blank=True)
    # A function, never a name; the person beside it is shown to whom the rules show people.
    responsible_role = models.CharField(_("function responsible"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    changed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: "ClassVar[models.Manager[UndertakingReport]]" = models.Manager()

    class Meta:
        verbose_name = _("report on an undertaking")
        verbose_name_plural = _("reports on undertakings")
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "undertaking"], name="undertaking_report_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scorecard_id} {self.undertaking_id}"


class SignOff(models.Model):
    """What a committee signed: figures and text as they were. The database refuses to change it.

    `hash` is over everything else in the row (tracking.scorecards.frozen).
    """

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="sign_offs")
    committee = models.CharField(_("committee"), max_length=64)
    version = models.PositiveIntegerField()
    as_of = models.DateField(_("figures of"))
    batch = models.ForeignKey(
        FactBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    known_at = models.DateTimeField(_("known at"))
    figures = models.JSONField(_("figures"))
    text = models.JSONField(_("text"))
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))
    hash = models.CharField(max_length=64)

    objects: "ClassVar[models.Manager[SignOff]]" = models.Manager()

    class Meta:
        ordering = ["period", "committee", "version"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(fields=["period", "committee", "version"], name="sign_off_once")
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.period_id} {self.version}"


class Reopening(models.Model):
    """That a signed scorecard was opened again, and why; what was signed stays."""

    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="reopening")
    reason = models.CharField(_("reason"), max_length=500)
    reopened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(_("reopened"))

    objects: "ClassVar[models.Manager[Reopening]]" = models.Manager()

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")

    def __str__(self) -> str:
        return f"reopening of {self.sign_off_id}"


class PeriodClosing(models.Model):
    """The city's own end of a period: after it nothing more is signed.

    What is published of the period are the figures of `as_of` as known at `known_at`: through
    `batch` (None before the first). The database refuses to change it.
    """

    period = models.OneToOneField(ReportingPeriod, on_delete=models.PROTECT, related_name="closing")
    as_of = models.DateField(_("figures of"))
    batch = models.ForeignKey(
        FactBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    known_at = models.DateTimeField(_("known at"))
    figures = models.JSONField(_("figures"))
    text = models.JSONField(_("text"))
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))
    hash = models.CharField(max_length=64)

    objects: "ClassVar[models.Manager[PeriodClosing]]" = models.Manager()

    class Meta:
        verbose_name = _("closing of a period")
        verbose_name_plural = _("closings of periods")

    def __str__(self) -> str:
        return f"closing of {self.period_id}"


class ScorecardNag(models.Model):
    """That a committee's key contacts were reminded once of a period, at one distance from its
    last day to report: that many days before it, or after (negative).
    """

    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="+")
    committee = models.CharField(_("committee"), max_length=64)
    days_before = models.SmallIntegerField()
    told_at = models.DateTimeField(_("told"))

    objects: "ClassVar[models.Manager[ScorecardNag]]" = models.Manager()

    class Meta:
        verbose_name = _("reminder of a scorecard")
        verbose_name_plural = _("reminders of scorecards")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "committee", "days_before"], name="scorecard_nag_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.period_id} {self.days_before}"
