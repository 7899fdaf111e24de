"""Reminders that were asked for, what became of each, and who wants which."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracking.organisation.models import Person, User


class Kind(models.TextChoices):
    """Why a mail is sent."""

    MANAGER = "chef", _("asked for by a manager")
    RULE = "regel", _("by rule")
    SUMMARY = "sammanfattning", _("Monday summary")


class State(models.TextChoices):
    """What became of a mail. `UNSURE`: handed over, and the answer was never heard."""

    WAITING = "vantar", _("waits to leave")
    SENDING = "lamnas", _("is being sent")
    SENT = "skickat", _("sent")
    UNSURE = "osakert", _("perhaps sent")
    RETURNED = "retur", _("came back")
    FAILED = "misslyckat", _("could not be sent")
    DROPPED = "struket", _("not needed any more")


# These count as reminders: nobody gets the same again within the week.
COUNTING = (State.WAITING, State.SENDING, State.SENT, State.UNSURE, State.RETURNED)


class LeftOut(models.TextChoices):
    """Why somebody gets no reminder."""

    YOURSELF = "du", _("that is you")
    NO_TARGET = "inget", _("nothing is asked of them")
    DONE = "klar", _("has done it already")
    EXEMPT = "undantagen", _("is exempt")
    LEAVE = "ledig", _("is away that day")
    RECENT = "nyligen", _("has had the same reminder within seven days")
    NO_ADDRESS = "adress", _("has no e-mail address")
    BOUNCED = "retur", _("mail to their address comes back")
    TURNED_OFF = "avstangt", _("has turned off reminders of what is only recommended")
    PROTECTED = "skyddad", _("protected information")
    OUTSIDE = "utanfor", _("outside your access")


class Why(models.TextChoices):
    """What there is to say of a target."""

    DUE = "senast", _("to be reached")
    EXPIRES = "giltighet", _("validity runs out")


class ReminderBatch(models.Model):
    """Mails asked for together: by a manager, by a night's rule, by a Monday's summary."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Of the asking: asked for twice with the same key is asked for once.
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    sent_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, blank=True)  # a DutyRole: as what they asked
    unit_code = models.CharField(_("unit"), max_length=64, blank=True)
    target_code = models.CharField(_("target"), max_length=64, blank=True)
    own_line = models.CharField(_("own line"), max_length=200, blank=True)
    # How many were left out, by LeftOut: nobody is named.
    left_out = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("made"))
    leaves_at = models.DateTimeField(_("leaves"))

    class Meta:
        verbose_name = _("sending of reminders")
        verbose_name_plural = _("sendings of reminders")
        indexes = [models.Index(fields=["created_at"], name="reminder_batch_made")]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Mails by what they mean to the next one."""

    def counting(self, *, on: date, within: int) -> "ReminderQuerySet":
        """Those that are on their way, or left fewer than `within` days before `on`."""
        under_way = Q(state__in=[State.WAITING, State.SENDING])
        lately = Q(state__in=COUNTING, day__gt=date.fromordinal(on.toordinal() - within))
        return self.filter(under_way | lately)


class Reminder(models.Model):
    """A mail to one person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(ReminderBatch, on_delete=models.CASCADE, related_name="mails")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    made_on = models.DateField(_("made"))
    # In Stockholm: when it is to leave, and once it has left, when it did.
    day = models.DateField(_("day"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    dropped_for = models.CharField(max_length=12, choices=LeftOut.choices, blank=True)
    # As it was sent.
    address = models.CharField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    counts = models.JSONField(default=dict)  # of a summary: how many, by what they did

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "made_on"],
                condition=~Q(kind=Kind.MANAGER),
                name="reminder_one_by_rule_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["person", "day"], name="reminder_person_day"),
            models.Index(fields=["state", "day"], name="reminder_state_day"),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class ReminderLine(models.Model):
    """What a reminder is about. `step`: the days before, of a rule; none of a manager's."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    target_code = models.CharField(_("target"), max_length=64)
    why = models.CharField(max_length=12, choices=Why.choices)
    until = models.DateField(_("through"), null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("line of a reminder")
        verbose_name_plural = _("lines of reminders")
        indexes = [models.Index(fields=["person", "target_code"], name="reminder_line_target")]

    def __str__(self) -> str:
        return f"{self.target_code} in reminder {self.reminder_id}"


class Bounce(models.Model):
    """That mail to somebody's address was refused or came back. Never what the answer said."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reminder = models.ForeignKey(
        Reminder, null=True, blank=True, on_delete=models.SET_NULL, related_name="bounces"
    )
    address = models.CharField(_("e-mail"), max_length=254)
    at = models.DateTimeField(_("moment"))
    status = models.CharField(_("status"), max_length=12)  # of RFC 3463, as 5.1.1
    # For good: nothing more is sent to the address.
    is_hard = models.BooleanField(_("for good"), default=False)
    # Somebody has said that the address works again.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail that came back")
        verbose_name_plural = _("mails that came back")
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "status"],
                condition=~Q(reminder=None),
                name="bounce_once",
            )
        ]
        indexes = [models.Index(fields=["person", "at"], name="bounce_person")]

    def __str__(self) -> str:
        return f"bounce {self.pk}"


class ReminderChoice(models.Model):
    """What somebody has chosen of mails to themself; who has no row has not chosen."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="reminder_choice")
    wants_optional = models.BooleanField(_("of what is recommended"), default=True)
    wants_summary = models.BooleanField(_("Monday summary"), default=True)
    # Of mails.LANGUAGES; empty: the account's.
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("choice of reminders")
        verbose_name_plural = _("choices of reminders")

    def __str__(self) -> str:
        return f"choice of person {self.person_id}"


class SilentTarget(models.Model):
    """A target that the rule reminds nobody of. Managers may still."""

    target_code = models.CharField(_("target"), max_length=64, unique=True)
    set_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("target without reminders by rule")
        verbose_name_plural = _("targets without reminders by rule")

    def __str__(self) -> str:
        return self.target_code


class ReminderRun(models.Model):
    """A night's gathering, or a week's summary: how far it has come, and what it came to."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    day = models.DateField(_("day"))
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The last batch of facts known then: what the next summary compares with.
    batch = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(_("people to look at"), default=0)
    seen = models.PositiveIntegerField(_("people looked at"), default=0)
    after = models.BigIntegerField(default=0)  # keys of people up to this one are done
    mails = models.PositiveIntegerField(_("mails"), default=0)
    coming = models.JSONField(default=dict)  # gathering.Coming: the week that follows

    class Meta:
        verbose_name = _("round of reminders")
        verbose_name_plural = _("rounds of reminders")
        constraints = [
            models.UniqueConstraint(fields=["kind", "day"], name="reminder_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
