"""The pages: what was sent, what is on its way, which targets remind, whose mail came back."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.working import run_due
from tests.factories import employ, person, target
from tests.tracking.reminders.conftest import TODAY, City, SignIn
from tests.tracking.reminders.test_own import PREVIEW, send
from tests.tracking.reminders.test_rule import a_day
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import User
from tracking.reminders.models import Bounce, Reminder, ReminderChoice, SilentTarget

pytestmark = pytest.mark.django_db
LOG, COMING, RULES, BOUNCES, MINE = (
    f"/paminnelser/{name}/" for name in ("skickade", "kommande", "regler", "returer", "mina")
)


def test_the_log_shows_a_manager_her_own_people_and_a_coordinator_everybody(
    city: City, signed_in: SignIn
) -> None:
    a_day(TODAY)
    names = {
        who: {one.mail.person.person_id for one in signed_in(city[who]).get(LOG).context["lines"]}
        for who in ("chef", "samordnare")
    }
    assert names == {
        "chef": {"anna", "cilla", "chef", "hemlig"},
        "samordnare": {"anna", "cilla", "chef", "dan"},
    }
    page = signed_in(city["chef"]).get(LOG).content.decode()
    assert "automatiskt" in page
    seen = AuditEntry.objects.filter(event=AuditEvent.REMINDERS_SEEN)
    assert set(seen.values_list("people", flat=True)) == {3, 4}


def test_the_log_names_nobody_who_asked(city: City, signed_in: SignIn) -> None:
    send(signed_in(city["samordnare"]), city["anna"])
    page = signed_in(city["chef"]).get(LOG).content.decode()
    assert "samordnaren" in page
    assert "Förnamnsamordnare" not in page
    mine = signed_in(city["anna"]).get(MINE).content.decode()
    assert "samordnaren" in mine
    assert "Mål T1" in mine


def test_one_chooses_ones_own_mails(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["anna"])
    assert "sammanfattning" not in client.get(MINE).context["form"].fields
    client.post(MINE, {"sprak": "fi"})
    held = ReminderChoice.objects.get()
    assert (held.person, held.wants_optional, held.wants_summary, held.language) == (
        city["anna"],
        False,
        True,
        "fi",
    )
    client.post(MINE, {"sprak": "fi"})
    assert AuditEntry.objects.filter(event=AuditEvent.REMINDERS_CHOSEN).count() == 1
    signed_in(city["chef"]).post(MINE, {"rekommenderat": "on"})
    assert not ReminderChoice.objects.get(person=city["chef"]).wants_summary


def test_the_week_ahead_is_what_then_happens(city: City, signed_in: SignIn) -> None:
    target("T2", "ANNAN", due_on=TODAY + timedelta(63))
    SilentTarget.objects.create(target_code="T1", set_at=timezone.now())
    page = signed_in(city["chef"]).get(COMING, {"enhet": "EB"})
    shown = {(one.person.person_id, one.day, one.about) for one in page.context["page"]}
    for day in (TODAY + timedelta(n) for n in range(8)):
        a_day(day)
    sent = {
        (one.person.person_id, one.day, ("Mål T2",))
        for one in Reminder.objects.filter(person__employments__unit_code="EB")
    }
    assert shown == sent
    assert len(shown) == 5
    # A coordinator looks unit by unit, and never at somebody protected.
    assert signed_in(city["samordnare"]).get(COMING).context["too_many"]


def test_a_coordinator_turns_a_target_off_and_on(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["samordnare"])
    for _twice in range(2):
        client.post("/paminnelser/regler/mal/", {"mal": "T1", "paminn": "nej"})
    a_day(TODAY)
    assert not Reminder.objects.exists()
    client.post("/paminnelser/regler/mal/", {"mal": "T1", "paminn": "ja"})
    a_day(TODAY + timedelta(1))
    assert Reminder.objects.exists()
    changed = AuditEntry.objects.filter(event=AuditEvent.REMINDER_RULE_CHANGED)
    assert [one.detail["paminns"] for one in changed] == ["nej", "ja"]
    page = client.get(RULES)
    assert page.context["run"].mails == Reminder.objects.count()


def test_whose_mail_comes_back_is_the_coordinators_to_see(city: City, signed_in: SignIn) -> None:
    now = timezone.now()
    for name in ("anna", "hemlig"):
        Bounce.objects.create(
            person=city[name], address=city[name].email, at=now, status="5.1.1", is_hard=True
        )
    Bounce.objects.create(person=city["dan"], address="gammal@x.se", at=now, status="5.1.1")
    client = signed_in(city["samordnare"])
    page = client.get(BOUNCES)
    assert [one.person.person_id for one in page.context["page"]] == ["anna"]
    assert page.context["count"] == 2
    assert "Förnamnhemlig" not in page.content.decode()
    other = Client()
    other.force_login(User.objects.create_superuser("administrator"))
    closed = other.get(BOUNCES)
    assert closed.context["count"] == 2
    assert "Förnamnanna" not in closed.content.decode()
    hidden = Bounce.objects.get(person=city["hemlig"])
    assert client.post(f"/paminnelser/returer/{hidden.public_id}/fungerar/").status_code == 404
    one = Bounce.objects.get(person=city["anna"])
    client.post(f"/paminnelser/returer/{one.public_id}/fungerar/")
    assert client.get(BOUNCES).context["count"] == 1
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    assert Reminder.objects.get().state == "skickat"


# What a reminder turns on, of many people at once, is more than a page of figures asks.
MOST_QUERIES = {LOG: 17, COMING: 35, PREVIEW: 30}


@pytest.mark.parametrize("address", [LOG, COMING, RULES, BOUNCES, MINE, PREVIEW])
def test_a_page_asks_as_much_of_one_as_of_three(
    city: City, signed_in: SignIn, address: str
) -> None:
    target("T2", "ANNAN", due_on=TODAY + timedelta(63))
    reader = "samordnare" if address in {RULES, BOUNCES} else "chef"
    reader = "anna" if address == MINE else reader
    client = signed_in(city[reader])

    def asked() -> int:
        cache.clear()
        client.get(address, {"enhet": "EB"})
        AuditEntry.objects.count()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, {"enhet": "EB"}).status_code == 200
        return len(queries)

    def comes(name: str) -> None:
        who = person(name)
        who.email = f"{name}@exempel.se"
        who.save()
        employ(who, "EB")
        Bounce.objects.create(person=who, address=who.email, at=timezone.now(), status="5.1.1")

    comes("ny0")
    a_day(TODAY)
    before = asked()
    for number in (1, 2):
        comes(f"ny{number}")
    a_day(TODAY + timedelta(1))
    assert asked() == before <= MOST_QUERIES.get(address, 12)
