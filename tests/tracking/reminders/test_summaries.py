"""A manager's Monday: only when something happened, in numbers, without a name."""

from datetime import date, timedelta

import pytest
from django.core import mail

from tests.factories import batch, completion, employ, person, target, unit
from tests.tracking.reminders.conftest import City
from tests.tracking.reminders.test_rule import a_day
from tracking.organisation.models import Absence, Duty, DutyRole, Person
from tracking.reminders.models import Kind, Reminder, ReminderChoice, ReminderRun, State

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 16)


def summaries() -> dict[str, dict[str, object]]:
    """What was told to whom, the last time."""
    last = ReminderRun.objects.filter(kind=Kind.SUMMARY).latest("day")
    told = Reminder.objects.filter(kind=Kind.SUMMARY, made_on=last.day, state=State.SENT)
    return {
        one.person.person_id: {k: v for k, v in one.counts.items() if k != "since"} for one in told
    }


@pytest.fixture
def started(city: City) -> City:
    """The first round has begun the counting; two manage above each other."""
    above = city["above"] = person("above")
    above.email = "above@exempel.se"
    above.save()
    employ(above, "SDN", is_manager=True)
    a_day(MONDAY)
    assert summaries() == {}
    return city


def test_nothing_happened_nothing_is_sent(started: City) -> None:
    a_day(MONDAY + timedelta(7))
    # The deadline passed on Friday: that is something.
    assert set(summaries()) == {"chef", "above"}
    a_day(MONDAY + timedelta(14))
    assert summaries() == {}


def test_what_happened_is_counted_once_for_each_who_answers_for_it(started: City) -> None:
    completion(started["anna"], MONDAY + timedelta(1))
    # Entered late: it is this week's news all the same.
    completion(started["dan"], MONDAY - timedelta(40))
    target("T2", "KURS", validity_months=12)
    a_day(MONDAY + timedelta(7))
    assert summaries() == {
        "chef": {"finished": 1, "overdue": 2},  # Anna; Cilla and somebody protected; never herself
        "above": {"finished": 2, "overdue": 3},
    }
    [mine] = [one for one in mail.outbox if "medarbetares" in one.subject and "chef@" in one.to[0]]
    assert mine.body == (
        "Hej Förnamnchef!\n\nDet här har hänt bland dina medarbetare sedan 16 mars 2026:\n\n"
        "- En person har blivit klar med något.\n- 2 personer har blivit försenade med något.\n\n"
        "Brevet nämner ingen vid namn. Vilka det gäller ser du när du har loggat in.\n\n"
        "Öppna Mina medarbetare:\nhttp://127.0.0.1:8000/medarbetare/\n\n"
        "Brevet skickas på måndagar, bara när något har hänt. Du stänger av det här:\n"
        "http://127.0.0.1:8000/paminnelser/mina/\n"
    )


def test_validity_that_soon_runs_out_is_news_once(started: City) -> None:
    target("T2", "KURS", validity_months=4)  # Bo's through 10 May: soon from 11 March on
    Person.objects.filter(pk=started["bo"].pk).update(email="")
    a_day(MONDAY + timedelta(7))
    assert "running_out" not in summaries()["chef"]
    target("T3", "ANNAN", validity_months=3)
    completion(started["bo"], date(2026, 3, 1), "ANNAN")  # through 1 June: soon from 2 April on
    a_day(MONDAY + timedelta(14))
    a_day(date(2026, 4, 7))  # Easter Monday is a day off
    assert summaries()["chef"] == {"running_out": 1}


@pytest.mark.parametrize("why", ["turned off", "on leave", "no manager any more"])
def test_who_gets_none(started: City, why: str) -> None:
    match why:
        case "turned off":
            ReminderChoice.objects.create(person=started["chef"], wants_summary=False)
        case "on leave":
            first = MONDAY + timedelta(7)
            Absence.objects.create(
                person=started["chef"],
                valid_from=first,
                valid_to=first + timedelta(1),
                batch_in=batch(),
            )
        case _:
            from tracking.organisation.models import Employment

            Employment.objects.filter(person=started["chef"]).update(is_manager=False)
    a_day(MONDAY + timedelta(7))
    assert set(summaries()) == {"above"}


def test_a_deputy_is_told_and_the_round_comes_once_a_week(started: City) -> None:
    Duty.objects.create(
        person=started["dan"],
        role=DutyRole.DEPUTY,
        unit_code="EB",
        valid_from=MONDAY,
        batch_in=batch(),
    )
    unit("TOM", "SDN")
    for days in range(7, 12):
        a_day(MONDAY + timedelta(days))
    # The manager is late as well, and somebody else's people to her deputy.
    assert summaries()["dan"] == {"overdue": 4}
    assert ReminderRun.objects.filter(kind=Kind.SUMMARY).count() == 2
    assert Reminder.objects.filter(kind=Kind.SUMMARY, person=started["dan"]).count() == 1
