"""A manager's own reminder: looked at, sent once, to whom it may go."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from foundation.outbox import OutboxRow
from foundation.working import run_due
from tests.factories import account, batch, completion, target
from tests.tracking.reminders.conftest import TODAY, City, SignIn
from tracking.organisation.models import Absence, Person
from tracking.reminders.models import (
    Bounce,
    LeftOut,
    Reminder,
    ReminderBatch,
    ReminderChoice,
    State,
)
from tracking.targets.models import Target

pytestmark = pytest.mark.django_db
PREVIEW, SEND = "/paminnelser/forhandsgranska/", "/paminnelser/skicka/"


def asked(*people: Person, **more: str) -> dict[str, object]:
    return {"enhet": "EB", "person": [str(who.public_id) for who in people], **more}


def token(page: str) -> str:
    found = re.search(r'name="nyckel" value="([0-9a-f-]{36})"', page)
    assert found
    return found[1]


def send(client: Client, *people: Person, key: str = "", **more: str) -> ReminderBatch:
    """As a browser does: look, then send."""
    page = client.post(PREVIEW, asked(*people, **more)).content.decode()
    answer = client.post(SEND, asked(*people, nyckel=key or token(page), **more))
    assert answer.status_code == 303, answer.content.decode()
    found: ReminderBatch = ReminderBatch.objects.get(public_id=answer.url.split("/")[-2])
    return found


def test_the_preview_shows_the_very_mail_that_leaves(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["chef"])
    page = client.get(PREVIEW, asked(city["anna"])).content.decode()
    send(client, city["anna"], egen_rad="Vi hörs på fredag")
    run_due()
    [sent] = mail.outbox
    assert sent.to == ["anna@exempel.se"]
    assert sent.subject == "Din utbildning: en sak att göra klart"
    assert sent.body == (
        "Hej Förnamnanna!\n\nDu har en sak att göra klart i din utbildning.\n\n"
        "Din chef har bett oss påminna dig.\n\nHälsning: ”Vi hörs på fredag”\n\n"
        "- Mål T1: ska vara klar senast 20 mars 2026\n\n"
        "Öppna Min utbildning:\nhttp://127.0.0.1:8000/min-utbildning/\n\n"
        "Brevet är skickat av ett program och går inte att svara på. Fråga din chef om du undrar "
        "något.\n"
    )
    for line in sent.body.replace("- ", "").split("\n"):
        text = re.sub(r"<[^>]+>", "", page)
        assert "Hälsning" in line or line in text, line


def test_the_other_language_is_the_readers(city: City, signed_in: SignIn) -> None:
    account(city["anna"]).__class__.objects.filter(person=city["anna"]).update(language="en")
    ReminderChoice.objects.create(person=city["cilla"], language="fi")
    send(signed_in(city["chef"]), city["anna"], city["cilla"])
    run_due()
    assert [(one.subject, one.extra_headers["Content-Language"]) for one in mail.outbox] == [
        ("Your training: one thing to finish", "en"),
        ("Koulutuksesi: yksi asia kesken", "fi"),
    ]
    assert "20 March 2026" in str(mail.outbox[0].body)
    assert "20. maaliskuuta 2026" in str(mail.outbox[1].body)


def test_pressed_twice_sent_again_and_run_twice_it_is_one_mail(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["chef"])
    key = token(client.get(PREVIEW, asked(city["anna"])).content.decode())
    first = send(client, city["anna"], key=key)
    assert send(client, city["anna"], key=key) == first
    from tracking.reminders.tasks import send_reminders

    send_reminders.apply(kwargs={"batch": first.pk}, throw=True)
    run_due()
    send_reminders.apply(kwargs={"batch": first.pk}, throw=True)
    assert len(mail.outbox) == 1
    assert Reminder.objects.count() == 1


def test_the_mails_row_and_the_outbox_row_are_one_write(
    city: City, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracking.reminders import actions

    def fails(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "put", fails)
    client = signed_in(city["chef"])
    client.raise_request_exception = False
    given = asked(city["anna"], nyckel="00000000-0000-4000-8000-000000000000")
    assert client.post(SEND, given).status_code == 500
    assert not Reminder.objects.exists()
    assert not OutboxRow.objects.exists()


def test_nobody_gets_the_same_within_seven_days_whoever_asks(city: City, signed_in: SignIn) -> None:
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    for days, expected in ((0, 0), (6, 0), (7, 1)):
        with time_machine.travel(f"{TODAY + timedelta(days)} 11:00:00+01:00", tick=False):
            page = signed_in(city["samordnare"]).get(PREVIEW, asked(city["anna"]))
            assert len(page.context["plan"].planned) == expected
            assert page.context["plan"].left_out == ({} if expected else {LeftOut.RECENT: 1})
    # Something else may be said meanwhile.
    target("T2", "ANNAN")
    page = signed_in(city["chef"]).get(PREVIEW, asked(city["anna"]))
    assert [line.target for line in page.context["plan"].planned[0].lines] == ["T2"]


def test_what_is_late_is_not_repeated_within_the_week_either(city: City, signed_in: SignIn) -> None:
    Target.objects.update(due_on=TODAY - timedelta(30))
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    with time_machine.travel(f"{TODAY + timedelta(3)} 11:00:00+01:00", tick=False):
        page = signed_in(city["chef"]).get(PREVIEW, asked(city["anna"]))
    assert page.context["plan"].left_out == {LeftOut.RECENT: 1}


def test_who_is_left_out_and_why(city: City, signed_in: SignIn) -> None:
    Absence.objects.create(
        person=city["cilla"], valid_from=TODAY, valid_to=TODAY + timedelta(1), batch_in=batch()
    )
    everybody = [who for who in city.values() if who.person_id != "anna"]
    page = signed_in(city["chef"]).get(PREVIEW, asked(*everybody))
    left = {one.who.full_name.split()[0]: one.reason for one in page.context["plan"].omitted}
    assert left == {
        "Förnamnbo": LeftOut.DONE,
        "Förnamncilla": LeftOut.LEAVE,
        "Förnamnchef": LeftOut.YOURSELF,
    }
    # Their nearest manager sees her; the others are outside the unit, and only counted.
    assert [one.who.full_name for one in page.context["plan"].planned] == [
        "Förnamnhemlig Efternamnhemlig"
    ]
    assert page.context["plan"].unnamed == {LeftOut.OUTSIDE: 4}
    assert "Förnamndan" not in page.content.decode()
    above = signed_in(city["samordnare"]).get(PREVIEW, asked(city["hemlig"], city["dan"]))
    assert above.context["plan"].unnamed == {LeftOut.PROTECTED: 1}
    assert "Förnamnhemlig" not in above.content.decode()
    assert [one.who.pk for one in above.context["plan"].planned] == [city["dan"].pk]


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        (LeftOut.NO_ADDRESS, lambda who: Person.objects.filter(pk=who.pk).update(email="")),
        (
            LeftOut.BOUNCED,
            lambda who: Bounce.objects.create(
                person=who, address=who.email.upper(), at=batch().recorded_at, is_hard=True
            ),
        ),
        (LeftOut.DONE, lambda who: completion(who, TODAY)),
    ],
)
def test_what_bars_somebody_is_asked_again_when_the_mail_leaves(
    city: City, signed_in: SignIn, reason: LeftOut, change: object
) -> None:
    sent = send(signed_in(city["chef"]), city["anna"])
    assert callable(change)
    change(city["anna"])
    run_due()
    assert mail.outbox == []
    [one] = sent.mails.all()
    assert (one.state, one.dropped_for) == (State.DROPPED, reason)


def test_a_new_address_is_written_to_again(city: City, signed_in: SignIn) -> None:
    Bounce.objects.create(
        person=city["anna"], address="gammal@exempel.se", at=batch().recorded_at, is_hard=True
    )
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    assert [one.to for one in mail.outbox] == [["anna@exempel.se"]]


def test_what_is_only_recommended_may_be_turned_off(city: City, signed_in: SignIn) -> None:
    target("BOR", "ANNAN", level="bor", due_on=date(2026, 4, 1))
    client = signed_in(city["chef"])
    ReminderChoice.objects.create(person=city["anna"], wants_optional=False)
    page = client.get(PREVIEW, asked(city["anna"], city["bo"], city["cilla"]))
    said = {one.who.pk: [line.target for line in one.lines] for one in page.context["plan"].planned}
    assert said == {
        city["anna"].pk: ["T1"],
        city["bo"].pk: ["BOR"],
        city["cilla"].pk: ["T1", "BOR"],
    }
    page = client.get(PREVIEW, asked(city["anna"], mal="BOR"))
    assert page.context["plan"].left_out == {LeftOut.TURNED_OFF: 1}
    send(client, city["bo"])
    run_due()
    [sent] = mail.outbox
    assert "http://127.0.0.1:8000/paminnelser/mina/" in sent.extra_headers["List-Unsubscribe"]


@pytest.mark.parametrize(
    "line", ["Ring om 850709-9805", "a" * 201, "19850709 9805 behöver dig", "rad\x00"]
)
def test_a_line_that_may_not_be_sent_is_refused_and_kept(
    city: City, signed_in: SignIn, line: str
) -> None:
    given = asked(city["anna"], egen_rad=line, nyckel="00000000-0000-4000-8000-000000000000")
    answer = signed_in(city["chef"]).post(SEND, given)
    assert answer.status_code == 400
    assert "egen_rad" in answer.context["words"].errors
    assert line.replace("\x00", "")[:20] in answer.content.decode()
    assert not Reminder.objects.exists()


def test_in_the_evening_the_mail_waits_for_the_next_working_day(
    city: City, signed_in: SignIn
) -> None:
    # Maundy Thursday in the evening: then Good Friday, the weekend and Easter Monday.
    with time_machine.travel("2026-04-02 18:30:00+02:00", tick=False):
        sent = send(signed_in(city["chef"]), city["anna"])
        run_due()
    assert sent.leaves_at.isoformat() == "2026-04-07T05:00:00+00:00"
    assert mail.outbox == []
    with time_machine.travel("2026-04-07 07:00:01+02:00", tick=False):
        run_due()
    assert len(mail.outbox) == 1


def test_a_worker_that_comes_too_late_in_the_day_leaves_it_for_the_morning(
    city: City, signed_in: SignIn
) -> None:
    send(signed_in(city["chef"]), city["anna"])
    with time_machine.travel("2026-03-10 17:00:00+01:00", tick=False):
        run_due()
    assert mail.outbox == []
    with time_machine.travel("2026-03-11 07:00:00+01:00", tick=False):
        run_due()
    assert len(mail.outbox) == 1
    assert Reminder.objects.get().day == date(2026, 3, 11)


def test_a_whole_unit_by_target(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["chef"]).get(PREVIEW, {"enhet": "EB", "mal": "T1"})
    assert {one.who.pk for one in page.context["plan"].planned} == {
        city[name].pk for name in ("anna", "cilla", "hemlig")
    }


@pytest.mark.parametrize("role", ["anna", "revisor", "nyckelperson"])
def test_who_sees_nobody_reminds_nobody(city: City, signed_in: SignIn, role: str) -> None:
    client = signed_in(city[role])
    given = asked(city["cilla"], nyckel="00000000-0000-4000-8000-000000000000")
    assert client.get(PREVIEW, given).status_code == 403
    assert client.post(SEND, given).status_code == 403
    assert not Reminder.objects.exists()


def test_what_became_of_a_sending_is_its_senders(city: City, signed_in: SignIn) -> None:
    sent = send(signed_in(city["chef"]), city["anna"])
    there = f"/paminnelser/utskick/{sent.public_id}/"
    assert "Förnamnanna" in signed_in(city["chef"]).get(there).content.decode()
    assert signed_in(city["samordnare"]).get(there).status_code == 404


def test_no_address_says_who_reads_and_the_headers_say_that_a_program_wrote(
    city: City, signed_in: SignIn
) -> None:
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    [sent] = mail.outbox
    whole = sent.message().as_string()
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    [html] = [str(part) for part, kind in sent.alternatives if kind == "text/html"]
    links = re.findall(r'href="([^"]+)"', html)
    assert links == ["http://127.0.0.1:8000/min-utbildning/"]
    assert "<img" not in html
    for given_away in (city["anna"].person_id, str(city["anna"].public_id), "Förnamnchef"):
        assert given_away not in whole.replace("anna@exempel.se", "").replace("Förnamnanna", "")


def test_the_link_begins_the_log_in_only_where_the_employers_is_the_only_way_in(
    city: City, signed_in: SignIn, settings: object
) -> None:
    settings.SSO_APPS = [{"provider": "openid_connect", "name": ""}]  # type: ignore[attr-defined]
    locally = account(city["cilla"])
    locally.set_password("ett långt lösenord")
    locally.save()
    elsewhere = account(city["anna"])
    elsewhere.set_unusable_password()
    elsewhere.save()
    send(signed_in(city["chef"]), city["anna"], city["cilla"])
    run_due()
    assert "/logga-in/oidc/?next=%2Fmin-utbildning%2F\n" in str(mail.outbox[0].body)
    assert "8000/min-utbildning/\n" in str(mail.outbox[1].body)
