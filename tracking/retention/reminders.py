"""Disposes of reminders: what was sent to whom, and what came back."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tracking.organisation.models import Person
from tracking.reminders.models import Bounce, Reminder, ReminderBatch, ReminderChoice, State
from tracking.retention.rules import Disposed, Rule, midnight


def _old(before: date) -> QuerySet[Reminder]:
    """Mails of earlier days that are not still on their way."""
    under_way = [State.WAITING, State.SENDING]
    return Reminder.objects.filter(day__lt=before).exclude(state__in=under_way)


def _count(before: date) -> int:
    return _old(before).count()


def _dispose(before: date, limit: int) -> Disposed:
    """The mails, the sendings that have none left, and the bounces of addresses that are gone.

    A bounce of an address somebody still has stays: it is why nothing is sent there.
    """
    rows = list(_old(before).order_by("pk").values_list("pk", "person_id")[:limit])
    Reminder.objects.filter(pk__in=[pk for pk, _person in rows]).delete()
    empty = ReminderBatch.objects.filter(created_at__lt=midnight(before))
    empty.exclude(Exists(Reminder.objects.filter(batch=OuterRef("pk")))).delete()
    same = Person.objects.filter(pk=OuterRef("person"), email__iexact=OuterRef("address"))
    Bounce.objects.filter(at__lt=midnight(before)).exclude(Exists(same)).delete()
    return Disposed(len(rows), frozenset(person for _pk, person in rows))


def forget_person(person: Person) -> None:
    """What says who somebody was, in what was sent to them. That it was sent stays."""
    Reminder.objects.filter(person=person).update(address="")
    ReminderBatch.objects.filter(mails__person=person).exclude(own_line="").update(own_line="")
    Bounce.objects.filter(person=person).delete()
    ReminderChoice.objects.filter(person=person).delete()


REMINDERS = Rule(
    "paminnelser", _("Reminders: what was sent to whom, and what came back"), 24, _count, _dispose
)
