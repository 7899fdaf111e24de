"""A person who left long ago becomes a pseudonym, and no figure of any day changes."""

import re
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.learning.models import Enrolment
from foundation.facts import FactBatch
from quizzes.attempts.actions import start_attempt
from tests.factories import account, batch, completion, duty, employ, person, target, unit
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tests.tracking.commands import load, run_import
from tests.tracking.status.cities import Scenario, scenarios
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.audit.queries import entries_about, verify_chain
from tracking.ledger.actions import issue_certificate
from tracking.ledger.models import Certificate, PendingCompletion
from tracking.organisation.models import DutyRole, Employment, Person, User
from tracking.retention.people import left_before, pseudonymise
from tracking.status.queries import status_table, summary

TODAY = date(2026, 11, 21)
LEFT = date(2023, 7, 1)
HEADER = (
    "person_id;fornamn;efternamn;epost;enhet;befattning;verksamhetsomrade;chef;fran;till;skyddad"
)


def leave(key: str = "HR-4711") -> Person:
    """Somebody who has left, after everything the platform can keep of anybody."""
    who = person(key, "Canariensis")
    who.last_name, who.email = "Kanariefågel", "kanarie@example.org"
    who.save()
    user = account(who)
    user.first_name, user.last_name, user.email = "Canariensis", "Kanariefågel", who.email
    user.save()
    user.groups.add(Group.objects.get_or_create(name="Utbildare")[0])
    employ(who, "EB", until=LEFT)
    fact = completion(who, date(2022, 5, 1))
    fact.result, fact.judged_by = "godkänd av Kanariefågel", {"attempt": "x", "points": 9}
    fact.save()
    issue_certificate(completion=fact)
    SocialAccount.objects.create(
        user=user, provider="oidc", uid=key, extra_data={"email": who.email}
    )
    Enrolment.objects.create(user=user, course_code="KURS", started_at=timezone.now())
    PendingCompletion.objects.create(
        email=who.email, course_code="KURS", on=LEFT, source="import", batch_in=batch()
    )
    FactBatch.objects.create(
        recorded_at=timezone.now(), origin="import", file_name=f"intyg-{key}.csv"
    )
    with transaction.atomic():
        record(AuditEvent.PERSON_SEEN, actor=user, about=[who])
    who.refresh_from_db()
    return who


@pytest.fixture
def city(db: None) -> None:
    unit("EB")
    target()


def everything() -> str:
    """Every cell of every table, as text."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def test_nothing_anywhere_says_who_it_was(city: None) -> None:
    who = leave()
    make_place()
    with transaction.atomic():
        start_attempt(user=account(who), quiz=make_quiz(), context=CONTEXT, now=timezone.now())
    keys = who.public_id, Certificate.objects.get().public_id
    in_addresses = "|".join(f"{key}|{key.hex}" for key in keys)  # as each database keeps them
    said = re.compile(f"HR-4711|Canariensis|Kanarie|kanarie@|{in_addresses}")
    assert len(set(said.findall(everything()))) == 6
    pseudonymise([who], on=TODAY)
    assert said.findall(everything()) == []
    assert verify_chain().broken_at is None
    assert entries_about(who.pk).count() == 1


def test_the_account_is_closed(city: None) -> None:
    who = leave()
    client = Client()
    client.force_login(account(who))
    assert client.get("/min-utbildning/").status_code == 200
    pseudonymise([who], on=TODAY)
    user = User.objects.get(person=who)
    assert (user.is_active, user.has_usable_password(), user.groups.count()) == (False, False, 0)
    assert client.get("/min-utbildning/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_pseudonyms_have_nothing_in_common_with_what_they_stand_for(city: None) -> None:
    people = [leave("HR-1"), person("HR-2")]
    pseudonymise(people, on=TODAY)
    keys = [one.person_id for one in Person.objects.all()]
    assert len(set(keys)) == 2
    assert [bool(re.fullmatch("x-[0-9a-f]{32}", key)) for key in keys] == [True, True]


def test_who_has_left_is_who_is_nowhere_any_more(city: None) -> None:
    def employed(key: str, until: date | None) -> Person:
        who = person(key)
        employ(who, "EB", until=until)
        return who

    employed("still here", None)
    employed("left lately", date(2025, 1, 2))
    employed("left on the day", date(2025, 1, 1))
    back = employed("came back", date(2020, 6, 1))
    employ(back, "EB", since=date(2024, 1, 1))
    duty(employed("still on duty", LEFT), DutyRole.AUDITOR, "EB")
    gone = employed("gone already", LEFT)
    pseudonymise([gone], on=TODAY)
    withdrawn = employed("withdrawn lately", None)
    out = FactBatch.objects.create(recorded_at=datetime(2026, 1, 1, tzinfo=UTC), origin="test")
    Employment.objects.filter(person=withdrawn).update(batch_out=out)
    found = left_before(date(2025, 1, 1))
    assert [one.person_id for one in found] == ["left on the day"]
    assert withdrawn in left_before(date(2026, 2, 1))


def rows_of(folder: Path, *rows: str) -> Path:
    path = folder / "personal.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def test_history_read_again_does_not_bring_them_twice(city: None, tmp_path: Path) -> None:
    old = "HR-4711;Canariensis;Kanariefågel;;EB;handläggare;;nej;2020-01-01;2023-06-30;nej"
    pseudonymise([leave()], on=TODAY)
    said = run_import("staff", rows_of(tmp_path, old))
    assert "1 rad handlar om någon som har pseudonymiserats" in said
    assert Person.objects.count() == 1
    assert Employment.objects.known_now().count() == 1


def test_who_comes_back_is_somebody_new(city: None, tmp_path: Path) -> None:
    old = "HR-4711;Canariensis;Kanariefågel;;EB;handläggare;;nej;2020-01-01;2023-06-30;nej"
    back = "HR-4711;Canariensis;Kanariefågel;;EB;handläggare;;nej;2026-12-01;;nej"
    gone = leave()
    pseudonymise([gone], on=TODAY)
    run_import("staff", rows_of(tmp_path, old, back))
    new = Person.objects.get(person_id="HR-4711")
    assert new.pk != gone.pk
    assert [one.valid_from for one in new.employments.all()] == [date(2026, 12, 1)]
    table = status_table(as_of=date(2026, 12, 2), persons=[new.pk])
    assert [one.status for one in table.results] == ["ej_paborjad"]


def test_the_secret_key_may_be_changed(city: None, tmp_path: Path, settings: Any) -> None:
    old = "HR-4711;Canariensis;Kanariefågel;;EB;handläggare;;nej;2020-01-01;2023-06-30;nej"
    pseudonymise([leave()], on=TODAY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    run_import("staff", rows_of(tmp_path, old))
    assert Person.objects.count() == 1


def figures(scenario: Scenario) -> list[Any]:
    """Everybody's status and every unit's counts, for each of the city's questions."""
    answers: list[Any] = []
    for question in scenario.questions:
        table = status_table(
            as_of=question.on,
            known_at=question.known_at,
            unit=question.unit,
            targets=question.targets,
        )
        answers.append(sorted(table.results, key=lambda one: (one.person, one.target)))
        answers.append(list(summary(table, unit=question.unit)))
    return answers


class TestFigures(TestCase):
    """On random cities, asked on random days as known at random moments."""

    @settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(scenario=scenarios(), some=st.data())
    def test_stay_exact(self, scenario: Scenario, some: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as name:
            for one in scenario.batches:
                load(Path(name), one, dialect=scenario.dialect)
        people = list(Person.objects.order_by("pk"))
        if not people:
            return
        before = figures(scenario)
        pseudonymise(some.draw(st.lists(st.sampled_from(people), unique_by=id)), on=TODAY)
        assert figures(scenario) == before
