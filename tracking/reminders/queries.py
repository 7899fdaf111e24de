"""Reads of what was sent, to whom, and what of it came back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet

from tracking.organisation.models import Person
from tracking.reminders.models import Bounce, Kind, Reminder, ReminderBatch
from tracking.targets.models import Target


@dataclass(frozen=True, slots=True)
class SentLine:
    """A mail of the log, with what it was about in words."""

    mail: Reminder
    about: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many targets beside the first."""
        return max(0, len(self.about) - 1)


def mails_of(batch: ReminderBatch) -> QuerySet[Reminder]:
    """The mails of a sending, by the person's name."""
    named = batch.mails.select_related("person")
    return named.order_by("person__last_name", "person__first_name", "pk")


def reminders_to(people: Iterable[int] | None) -> QuerySet[Reminder]:
    """Reminders to these people (keys; None: to anybody who is not protected), latest first."""
    found = Reminder.objects.exclude(kind=Kind.SUMMARY)
    if people is None:
        found = found.filter(person__protected=False)
    else:
        found = found.filter(person__in=list(people))
    return _in_full(found)


def mails_to(person: Person) -> QuerySet[Reminder]:
    """Everything sent to somebody, for themself, latest first."""
    return _in_full(Reminder.objects.filter(person=person))


def _in_full(found: QuerySet[Reminder]) -> QuerySet[Reminder]:
    whole = found.select_related("person", "batch", "batch__sent_by").prefetch_related("lines")
    return whole.order_by("-day", "-pk")


def in_words(mails: Iterable[Reminder]) -> list[SentLine]:
    """Mails with the names of their targets. One query, or none."""
    listed = list(mails)
    codes = {line.target_code for mail in listed for line in mail.lines.all()}
    names = dict(Target.objects.known_now().filter(code__in=codes).values_list("code", "name"))
    return [
        SentLine(
            mail, tuple(names.get(one.target_code, one.target_code) for one in mail.lines.all())
        )
        for mail in listed
    ]


def standing_bounces() -> QuerySet[Bounce]:
    """Mail that came back from an address somebody still has, latest first."""
    held = Bounce.objects.filter(ended_at=None, person__email__iexact=F("address"))
    held = held.select_related("person")
    return held.order_by("-at", "-pk")
