"""The rule's round: found set by set, written once, gone on with where it was broken off."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.outbox import OutboxRow
from foundation.working import run_due
from tests.factories import account, batch, completion, employ, person, target
from tests.tracking.reminders.conftest import TODAY, City
from tests.tracking.reminders.test_own import send
from tracking.organisation.models import Absence, Employment
from tracking.reminders import gathering
from tracking.reminders.models import (
    Kind,
    LeftOut,
    Reminder,
    ReminderChoice,
    ReminderLine,
    ReminderRun,
    SilentTarget,
    State,
)
from tracking.reminders.tasks import begin_reminders
from tracking.targets.models import Target

pytestmark = pytest.mark.django_db


def a_day(day: date) -> None:
    """What happens on a day: the round before seven, and the mails when they may leave."""
    with time_machine.travel(f"{day} 05:40:00+02:00", tick=False):
        begin_reminders.apply(throw=True)
        run_due()
    with time_machine.travel(f"{day} 12:00:00+02:00", tick=False):
        run_due()


def around(*days: date) -> list[date]:
    """Each of the days with some before and after."""
    return [day + timedelta(n) for day in days for n in range(-2, 4)]


def said() -> list[tuple[str, date, list[tuple[str, int | None]]]]:
    """To whom, when, and which steps; of mails that left."""
    left = Reminder.objects.filter(state=State.SENT).order_by("day", "person__person_id")
    return [
        (
            one.person.person_id,
            one.day,
            [(line.target_code, line.step) for line in one.lines.order_by("target_code")],
        )
        for one in left
    ]


def test_three_times_before_a_deadline_and_never_once_it_is_reached(city: City) -> None:
    target("T2", "ANNAN", due_on=date(2026, 8, 31))
    completion(city["anna"], date(2026, 8, 10), "ANNAN")
    for day in around(date(2026, 7, 2), date(2026, 8, 1), date(2026, 8, 24), date(2026, 8, 31)):
        a_day(day)
    mails = [(day, lines) for who, day, lines in said() if who == "cilla"]
    # 60 days before is 2 July, 30 before a Saturday, 7 before a Monday.
    assert mails == [
        (date(2026, 7, 2), [("T2", 60)]),
        (date(2026, 8, 3), [("T2", 30)]),
        (date(2026, 8, 24), [("T2", 7)]),
    ]
    assert [day for who, day, _lines in said() if who == "anna"] == [
        date(2026, 7, 2),
        date(2026, 8, 3),
    ]
    assert mail.outbox[0].body.startswith("Hej ")
    assert "Din chef" not in str(mail.outbox[0].body).split("\n\n")[2]


def test_before_validity_runs_out(city: City) -> None:
    target("T2", "KURS", validity_months=12)
    for day in around(date(2026, 11, 11), date(2026, 12, 11), date(2027, 1, 3)):
        a_day(day)
    assert [(who, day, lines) for who, day, lines in said() if who == "bo"] == [
        ("bo", date(2026, 11, 11), [("T2", 60)]),
        ("bo", date(2026, 12, 11), [("T2", 30)]),
        ("bo", date(2027, 1, 4), [("T2", 7)]),
    ]


def test_what_the_week_would_bring_comes_along(city: City) -> None:
    target("T2", "ANNAN", due_on=TODAY + timedelta(34))
    target("T3", "TREDJE", due_on=TODAY + timedelta(66))
    a_day(TODAY)
    [lines] = [lines for who, _day, lines in said() if who == "cilla"]
    assert lines == [("T1", 7), ("T2", 30), ("T3", 60)]
    for day in (TODAY + timedelta(n) for n in range(1, 7)):
        a_day(day)
    assert len([who for who, _day, _lines in said() if who == "cilla"]) == 1


@pytest.mark.parametrize(
    "why", ["leave", "silent", "offered", "turned off", "no address", "gone home"]
)
def test_nobody_is_written_to_who_should_not_be(city: City, why: str) -> None:
    who = city["cilla"]
    match why:
        case "leave":
            Absence.objects.create(
                person=who, valid_from=TODAY, valid_to=TODAY + timedelta(1), batch_in=batch()
            )
        case "silent":
            SilentTarget.objects.create(target_code="T1", set_at=timezone.now())
        case "offered":
            Target.objects.update(level="erbjuden")
        case "turned off":
            Target.objects.update(level="bor")
            ReminderChoice.objects.create(person=who, wants_optional=False)
        case "no address":
            who.email = ""
            who.save()
        case _:
            Employment.objects.filter(person=who).update(valid_to=TODAY)
    a_day(TODAY)
    assert "cilla" not in [one for one, _day, _lines in said()]


def test_somebody_protected_gets_their_own_mail_and_nobody_a_copy(city: City) -> None:
    a_day(TODAY)
    [sent] = [one for one in mail.outbox if "hemlig@exempel.se" in one.recipients()]
    assert sent.recipients() == ["hemlig@exempel.se"]


def test_a_managers_reminder_is_the_weeks_mail(city: City) -> None:
    earlier = Reminder.objects.count()
    client = Client()
    client.force_login(account(city["chef"]))
    send(client, city["anna"])
    run_due()
    assert Reminder.objects.count() == earlier + 1
    for day in (TODAY + timedelta(n) for n in range(1, 7)):
        a_day(day)
    assert "anna" not in [who for who, day, _lines in said() if day > TODAY]
    a_day(TODAY + timedelta(7))
    assert "anna" in [who for who, day, _lines in said() if day > TODAY]


def test_what_is_reached_between_the_round_and_the_mail_strikes_it(city: City) -> None:
    with time_machine.travel(f"{TODAY} 05:40:00+01:00", tick=False):
        begin_reminders.apply(throw=True)
        run_due()
    completion(city["cilla"], TODAY)
    with time_machine.travel(f"{TODAY} 07:00:00+01:00", tick=False):
        run_due()
    one = Reminder.objects.get(person=city["cilla"])
    assert (one.state, one.dropped_for) == (State.DROPPED, LeftOut.DONE)


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PEOPLE_AT_ONCE", 3)
    monkeypatch.setattr(gathering, "MAILS_AT_ONCE", 2)


class Broken(Exception):
    pass


@pytest.mark.usefixtures("_small_parts")
@pytest.mark.parametrize("writes", range(1, 24))
def test_broken_off_anywhere_it_goes_on_without_doubling(
    city: City, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """The round breaks at its n-th write; the next worker goes on, and all is as if unbroken."""
    left = writes

    def breaks(execute: object, sql: str, *rest: object) -> object:
        nonlocal left
        if sql.startswith(("INSERT", "UPDATE")) and "tracking_reminder" in sql and left:
            left -= 1
            if not left:
                raise Broken
        assert callable(execute)
        return execute(sql, *rest)

    run = gathering.begin(now=timezone.now())
    assert run
    with connection.execute_wrapper(breaks):
        for _worker in range(3):
            try:
                gathering.gather(run.pk, now=timezone.now())
            except Broken:
                continue
    run.refresh_from_db()
    assert run.ended_at
    whom = list(Reminder.objects.values_list("person", flat=True))
    assert len(whom) == len(set(whom))
    assert set(whom) == {city[name].pk for name in ("anna", "cilla", "dan", "hemlig", "chef")}
    assert run.mails == len(whom)
    assert run.seen == run.total
    assert ReminderLine.objects.count() == len(whom)
    batches = set(Reminder.objects.values_list("batch", flat=True))
    rows = OutboxRow.objects.filter(task="tracking.send_reminders")
    assert sorted(row.arguments["batch"] for row in rows) == sorted(batches)
    run_due()
    assert len(mail.outbox) == len(whom)


def test_the_round_comes_once_a_day_and_on_no_day_off(city: City) -> None:
    for _again in range(2):
        a_day(TODAY)
    assert ReminderRun.objects.filter(kind=Kind.RULE).count() == 1
    a_day(date(2026, 3, 14))
    a_day(date(2026, 4, 3))
    assert ReminderRun.objects.filter(kind=Kind.RULE).count() == 1


def test_a_part_asks_as_much_whether_it_finds_one_or_many(city: City) -> None:
    def asked() -> int:
        ReminderLine.objects.all().delete()
        Reminder.objects.all().delete()
        ReminderRun.objects.all().delete()
        run = gathering.begin(now=timezone.now())
        assert run
        with CaptureQueriesContext(connection) as queries:
            gathering.step(run.pk, now=timezone.now())
        return len(queries)

    before = asked()
    for number in range(20):
        who = person(f"ny{number}")
        who.email = f"ny{number}@exempel.se"
        who.save()
        employ(who, "EB")
    assert asked() == before
    assert before <= 50


def test_what_the_week_ahead_will_bring_is_counted(city: City) -> None:
    target("T2", "ANNAN", due_on=TODAY + timedelta(63))
    with time_machine.travel(f"{TODAY} 05:40:00+01:00", tick=False):
        SilentTarget.objects.create(target_code="T1", set_at=timezone.now())
        begin_reminders.apply(throw=True)
        run_due()
    run = ReminderRun.objects.get(kind=Kind.RULE)
    people = Reminder.objects.count()
    assert people == 0
    assert run.coming["days"] == {"2026-03-13": run.coming["mails"]}
    assert run.coming["targets"] == {"T2": run.coming["mails"]}
    for day in (TODAY + timedelta(n) for n in range(1, 7)):
        a_day(day)
    assert len(said()) == run.coming["mails"] > 0
