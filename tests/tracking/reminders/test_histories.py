"""Whatever happens in whatever order: what the mailboxes hold keeps every promise.

The promises are read off the mails as they arrived and the plain rows of the history, not off the
program's own log. The second half holds the pages to who may see whom on any small organisation.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.working import run_due
from tests.factories import account, batch, completion, duty, employ, person, target, unit
from tests.tracking.organisation.random_organisations import TODAY, lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation
from tracking.organisation.models import Absence, DutyRole, Person
from tracking.organisation.rules import visible_to
from tracking.reminders.actions import Asked, send_own
from tracking.reminders.tasks import begin_reminders

HERE = ZoneInfo("Europe/Stockholm")
FIRST = date(2026, 4, 27)  # a Monday; 1 May is a Friday, Ascension Day a Thursday
DAYS_OFF = (date(2026, 5, 1), date(2026, 5, 14))
DAYS = 19
STAFF = ("anna", "bo", "cilla")
ARRIVED: list[tuple[datetime, Any]] = []


class Mailboxes(EmailBackend):
    """Notes when each mail arrived."""

    def send_messages(self, messages: Any) -> int:
        ARRIVED.extend((timezone.now().astimezone(HERE), message) for message in messages)
        return super().send_messages(messages)


@dataclass(frozen=True)
class Happening:
    """Something done on a day at an hour: about somebody, by a manager or by itself."""

    day: int
    hour: int
    what: str
    who: str
    target: str


happenings = st.lists(
    st.builds(
        Happening,
        st.integers(0, DAYS - 1),
        st.sampled_from([5, 6, 7, 9, 16, 17, 20]),
        st.sampled_from(["chef", "samordnare", "done", "away", "chef", "worker", "again"]),
        st.sampled_from(STAFF),
        st.sampled_from(["", "T1", "T2"]),
    ),
    min_size=6,
    max_size=25,
)
ends = st.integers(-3, 75).map(lambda days: FIRST + timedelta(days))


class History:
    """A unit with its manager, walked through day by day."""

    def __init__(self, lasts: list[date]) -> None:
        cache.clear()
        ARRIVED.clear()
        unit("STAD")
        unit("EB", "STAD")
        self.people = {name: person(name) for name in (*STAFF, "chef", "samordnare")}
        for name in STAFF:
            employ(self.people[name], "EB")
        employ(self.people["chef"], "EB", is_manager=True, position="chef")
        duty(self.people["samordnare"], DutyRole.COORDINATOR, "STAD")
        for who in self.people.values():
            Person.objects.filter(pk=who.pk).update(email=f"{who.person_id}@x.se")
        for number, last in enumerate(lasts, start=1):
            target(f"T{number}", f"K{number}", due_on=last, audience="chef=nej")
        target("GILTIG", "K1", validity_months=1, audience="chef=nej")
        # With the moment each became known.
        self.done: dict[tuple[str, str], datetime] = {}
        self.away: dict[str, list[tuple[datetime, date]]] = defaultdict(list)

    def live(self, happening: list[Happening]) -> None:
        for number in range(DAYS):
            day = FIRST + timedelta(number)
            for hour in range(5, 22):
                at = datetime(day.year, day.month, day.day, hour, 40, tzinfo=HERE)
                now = [one for one in happening if (one.day, one.hour) == (number, hour)]
                if not now and hour not in {5, 7, 18}:
                    continue
                with time_machine.travel(at, tick=False):
                    if hour == 5:
                        begin_reminders.apply(throw=True)
                    for one in now:
                        self.happens(one, day)
                    run_due()

    def happens(self, one: Happening, day: date) -> None:
        who = self.people[one.who]
        match one.what:
            case "done":
                course = f"K{one.target[1:] or 1}"
                if (one.who, course) not in self.done:
                    self.done[one.who, course] = timezone.now()
                    completion(who, day, course)
            case "away":
                if not self.away[one.who]:
                    self.away[one.who].append((timezone.now(), day + timedelta(3)))
                    Absence.objects.create(
                        person=who, valid_from=day, valid_to=day + timedelta(4), batch_in=batch()
                    )
            case "chef" | "samordnare":
                reader = account(self.people[one.what])
                whom = [self.people[name].public_id for name in (*STAFF, "chef")]
                asked = Asked(uuid4(), "EB", whom, one.target)
                scope = visible_to(reader, day)
                for _twice in range(2):
                    send_own(asked=asked, scope=scope, actor=reader, now=timezone.now())
            case "again":
                begin_reminders.apply(throw=True)


@override_settings(EMAIL_BACKEND=f"{__name__}.Mailboxes")
class TestAnyHistory(TestCase):
    @settings(max_examples=7, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(st.lists(ends, min_size=2, max_size=2), happenings)
    def test_every_promise_is_kept(self, lasts: list[date], happening: list[Happening]) -> None:
        history = History(lasts)
        history.live(happening)
        by_rule: dict[str, list[date]] = defaultdict(list)
        about: dict[tuple[str, str], list[date]] = defaultdict(list)
        for at, message in ARRIVED:
            [to] = message.recipients()
            who, day, text = to.partition("@")[0], at.date(), str(message.body)
            assert at.weekday() < 5
            assert day not in DAYS_OFF
            assert 7 <= at.hour < 17
            assert not any(told <= at and day <= last for told, last in history.away[who])
            for other in history.people:
                assert other == who or f"namn{other}" not in text
            if message.subject.startswith("Dina medarbetares"):
                assert "Mål" not in text
                continue
            if "har bett oss" not in text:
                by_rule[who].append(day)
            lines = re.findall(r"^- Mål (\w+)[^:]*: (.+)$", text, re.MULTILINE)
            assert lines
            for code, said in lines:
                about[who, code].append(day)
                course = "K1" if code == "GILTIG" else f"K{code[1:]}"
                done = history.done.get((who, course))
                is_done = done is not None and done <= at
                if code == "GILTIG":
                    assert ("gäller till och med" in said) == is_done
                else:
                    assert not is_done, f"{who} has reached {code}"
        for key, days in (*by_rule.items(), *about.items()):
            assert all((after - before).days >= 7 for before, after in pairwise(days)), (key, days)


class TestAnyOrganisation(TestCase):
    @settings(max_examples=10, deadline=None, derandomize=True)
    @given(organisations())
    def test_one_reminds_and_is_shown_exactly_whom_one_sees(
        self, organisation: Organisation
    ) -> None:
        with time_machine.travel(f"{TODAY} 10:00:00+02:00", tick=False):
            self._check(organisation)

    def _check(self, organisation: Organisation) -> None:
        cache.clear()
        people, oracle = lay(organisation), Oracle(organisation)
        target("T1", due_on=TODAY + timedelta(3))
        for who in people.values():
            Person.objects.filter(pk=who.pk).update(email=f"{who.person_id}@x.se")
        ids = [str(who.public_id) for who in people.values()]
        for reader in organisation.people:
            client = Client()
            client.force_login(account(people[reader.key]))
            leads = oracle.holds(reader, "samordnare") or any(
                oracle.leads(reader, "chef", "stallforetradare")
            )
            page = client.post("/paminnelser/forhandsgranska/", {"person": ids})
            # Who manages only what nobody knows today has no unit to stand in.
            if page.status_code == 403 or not page.context.get("plan"):
                assert not leads, reader
                continue
            plan = page.context["plan"]
            shown = {one.who.public_id for one in (*plan.planned, *plan.omitted)}
            expected = {
                people[one.key].public_id for one in organisation.people if oracle.sees(reader, one)
            }
            assert shown == expected
            assert sum(plan.unnamed.values()) == len(ids) - len(expected)
            for one in organisation.people:
                if not oracle.sees(reader, one):
                    assert f"Förnamn{one.key} " not in page.content.decode()
        mail.outbox.clear()
