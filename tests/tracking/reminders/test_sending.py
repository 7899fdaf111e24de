"""Mails over a real line: refused, put off, broken off; never twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from foundation.outbox import OutboxRow
from foundation.working import run_due
from tests.tracking.reminders.conftest import TODAY, City, SignIn
from tests.tracking.reminders.post_office import Office, open_office
from tests.tracking.reminders.test_own import send
from tracking.organisation.models import Person
from tracking.reminders import sending
from tracking.reminders.models import Bounce, Reminder, State
from tracking.reminders.tasks import send_reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: object) -> Iterator[Office]:
    with open_office() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
        settings.EMAIL_PORT = found.port  # type: ignore[attr-defined]
        settings.EMAIL_TIMEOUT = 2  # type: ignore[attr-defined]
        yield found


def living_at(who: Person, address: str) -> Person:
    who.email = address
    who.save()
    return who


def test_each_answer_of_the_server_is_what_the_log_says(
    city: City, signed_in: SignIn, office: Office
) -> None:
    given = {"anna": "550@x.se", "cilla": "552@x.se", "hemlig": "ja@x.se", "dan": "bryt@x.se"}
    whom = [living_at(city[name], address) for name, address in given.items()]
    sent = send(signed_in(city["samordnare"]), *whom[:2], whom[3])
    send(signed_in(city["chef"]), whom[2])
    run_due()
    states = {one.person.person_id: one.state for one in Reminder.objects.all()}
    assert states == {
        "anna": State.FAILED,
        "cilla": State.FAILED,
        "dan": State.UNSURE,
        "hemlig": State.SENT,
    }
    bounces = {one.person.person_id: (one.status, one.is_hard) for one in Bounce.objects.all()}
    assert bounces == {"anna": ("5.1.1", True), "cilla": ("5.2.2", False)}
    # Whatever is run again, nobody is written to again.
    taken = len(office.taken)
    assert taken == 2
    send_reminders.apply(kwargs={"batch": sent.pk}, throw=True)
    assert len(office.taken) == taken


def test_a_server_that_wants_it_later_gets_it_later_and_the_others_go(
    city: City, signed_in: SignIn, office: Office
) -> None:
    later, now = living_at(city["anna"], "451@x.se"), living_at(city["cilla"], "ja@x.se")
    send(signed_in(city["chef"]), later, now)
    run_due()
    states = {one.person.person_id: one.state for one in Reminder.objects.all()}
    assert states == {"anna": State.WAITING, "cilla": State.SENT}
    row = OutboxRow.objects.get()
    assert (row.error, row.attempts) == ("TryLater", 1)
    later = living_at(later, "ja-nu@x.se")
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        run_due()
    assert [whom for _sender, whom, _text in office.taken] == ["ja", "ja-nu"]
    assert not Bounce.objects.exists()


def test_a_server_that_is_away_takes_nothing_and_loses_nothing(
    city: City, signed_in: SignIn, office: Office, settings: object
) -> None:
    there = office.port
    settings.EMAIL_PORT = 9  # type: ignore[attr-defined]
    send(signed_in(city["chef"]), living_at(city["anna"], "ja@x.se"))
    run_due()
    assert Reminder.objects.get().state == State.WAITING
    settings.EMAIL_PORT = there  # type: ignore[attr-defined]
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        run_due()
    assert Reminder.objects.get().state == State.SENT
    assert len(office.taken) == 1


class Killed(BaseException):
    pass


@pytest.mark.parametrize("at", ["before", "handing over", "after"])
def test_killed_at_any_point_it_is_at_most_one_mail(
    city: City, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    from django.core.mail.backends.locmem import EmailBackend

    sent = send(signed_in(city["chef"]), city["anna"], city["cilla"])
    deliver = EmailBackend.send_messages

    def killed(backend: EmailBackend, messages: list[object]) -> int:
        if at == "after":
            deliver(backend, messages)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        if at == "before":
            patched.setattr(sending, "message", lambda *_given: (_ for _ in ()).throw(Killed))
        else:
            patched.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(Killed):
            sending.send_batch(sent.pk, clock=timezone.now)
    sending.send_batch(sent.pk, clock=timezone.now)
    sending.send_batch(sent.pk, clock=timezone.now)
    whom = [one for message in mail.outbox for one in message.recipients()]
    assert len(whom) == len(set(whom))
    assert whom.count("cilla@exempel.se") == 1
    states = {one.person.person_id: one.state for one in Reminder.objects.all()}
    assert states == {"anna": State.UNSURE, "cilla": State.SENT}


def test_a_slow_server_does_not_carry_mails_into_the_evening(city: City, signed_in: SignIn) -> None:
    sent = send(signed_in(city["chef"]), city["anna"], city["cilla"])
    OutboxRow.objects.all().delete()  # a worker has it
    ends = timezone.now().replace(hour=16, minute=0)  # 17 in Stockholm
    moments = iter([ends - timedelta(seconds=2), ends - timedelta(seconds=1), ends])
    sending.send_batch(sent.pk, clock=lambda: next(moments))
    assert len(mail.outbox) == 1
    sent.refresh_from_db()
    assert sent.leaves_at.date() == TODAY + timedelta(1)
    assert OutboxRow.objects.filter(due_at=sent.leaves_at).count() == 1


@pytest.mark.parametrize("address", ["a@b@c.se", "rad\nbcc: alla@x.se"])
def test_an_address_no_mail_can_carry_is_a_bounce_and_stops_nobody_else(
    city: City, signed_in: SignIn, office: Office, address: str
) -> None:
    living_at(city["cilla"], "ja@x.se")
    Person.objects.filter(pk=city["anna"].pk).update(email=address)
    send(signed_in(city["chef"]), city["anna"], city["cilla"])
    run_due()
    states = {one.person.person_id: one.state for one in Reminder.objects.all()}
    assert states["cilla"] == State.SENT
    assert states["anna"] == State.FAILED
    assert [(one.status, one.is_hard) for one in Bounce.objects.all()] == [("5.1.3", True)]
