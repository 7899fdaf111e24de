"""What is old enough goes by decision only, in steps, once, and it is logged."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from quizzes.attempts.actions import save_answer, start_attempt, submit_attempt
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from tests.factories import account, employ, person, unit
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tracking.audit.actions import record
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditEvent
from tracking.audit.queries import verify_chain
from tracking.organisation.models import Person
from tracking.retention.actions import apply, due
from tracking.retention.models import RetentionDecision
from tracking.retention.rules import RULES
from tracking.retention.tasks import retention

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
OLD, NEW = datetime(2023, 1, 10, 12, tzinfo=UTC), datetime(2026, 10, 1, 12, tzinfo=UTC)


def decide(rule: str, months: int = 12, *, is_daily: bool = False) -> RetentionDecision:
    return RetentionDecision.objects.create(
        rule=rule,
        months=months,
        reference="KuN 2026/17",
        decided_by="Kulturnämnden",
        decided_on=date(2026, 1, 15),
        is_daily=is_daily,
    )


def run(*options: str) -> str:
    said = StringIO()
    call_command("retention", "--today", TODAY.isoformat(), *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def attempts() -> dict[str, Attempt]:
    """Old and new, handed in and left lying."""
    make_place()
    quiz, who = make_quiz(), account(person("anna"))
    made: dict[str, Attempt] = {}
    for name, now, hands_in in (("old", OLD, True), ("new", NEW, True), ("lying", OLD, False)):
        user = who if hands_in else account(person("bo"))
        attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=now)
        item = attempt.items.get(position=1)
        save_answer(
            user=user,
            attempt_id=attempt.public_id,
            position=1,
            response={"choice": [item.content["options"][0]["id"]]},
            client_id=name,
            sequence=1,
            now=now,
        )
        if hands_in:
            submit_attempt(user=user, attempt_id=attempt.public_id, now=now)
        made[name] = attempt
    return made


def test_nothing_goes_without_a_decision(attempts: dict[str, Attempt]) -> None:
    said = run("--apply")
    assert "svar (Frågor och svar på prov): 2 från före 2025-11-21. Det finns inget beslut" in said
    assert Attempt.objects.count() == 3
    with pytest.raises(ValueError, match="svar"):
        apply(next(one for one in due(TODAY) if one.rule.code == "svar"), actor="root")


def test_a_dry_run_says_and_does_nothing(attempts: dict[str, Attempt]) -> None:
    decide("svar")
    assert "2 från före 2025-11-21, enligt beslut KuN 2026/17." in run()
    assert (Attempt.objects.count(), Answer.objects.count()) == (3, 3)
    assert not AuditEntry.objects.exists()


def test_answers_go_early_and_the_result_stays(attempts: dict[str, Attempt]) -> None:
    decide("svar")
    run("--apply")
    assert set(Attempt.objects.all()) == {attempts["old"], attempts["new"]}
    assert set(AttemptItem.objects.values_list("attempt", flat=True)) == {attempts["new"].pk}
    old = Attempt.objects.get(pk=attempts["old"].pk)
    assert (old.passed is None, old.points is None) == (False, False)
    client = Client()
    client.force_login(old.user)
    page = client.get(f"/prov/{old.public_id}/resultat/").content.decode()
    assert "Frågorna och dina svar sparas inte längre." in page


def test_failed_tries_go_later(attempts: dict[str, Attempt]) -> None:
    decide("forsok", 36)
    Attempt.objects.filter(pk=attempts["old"].pk).update(passed=False)
    run("--apply")
    assert set(Attempt.objects.all()) == {attempts["new"], attempts["lying"]}


def test_it_is_logged_with_the_decision_and_whom_it_was_about(attempts: dict[str, Attempt]) -> None:
    decide("svar")
    run("--apply")
    [entry] = AuditEntry.objects.all()
    assert (entry.event, entry.people) == (AuditEvent.RETENTION_APPLIED, 2)
    assert (entry.detail["beslut"], entry.detail["antal"]) == ("KuN 2026/17", 2)
    run("--apply")  # done twice is the same as once
    assert AuditEntry.objects.count() == 1


def test_it_goes_in_steps_and_on_from_where_it_was_broken_off(
    attempts: dict[str, Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    monkeypatch.setitem(RULES, "svar", replace(RULES["svar"], at_once=1))
    decide("svar")
    one = next(one for one in due(TODAY) if one.rule.code == "svar")
    with transaction.atomic():
        first = one.rule.dispose(one.before, one.rule.at_once)
    assert first.rows == 1
    assert apply(one, actor="root") == 1
    assert [entry.detail["antal"] for entry in AuditEntry.objects.all()] == [1]


def test_people_become_pseudonyms_by_the_command() -> None:
    unit("EB")
    for key in ("anna", "bo"):
        employ(person(key), "EB", until=None if key == "bo" else date(2023, 1, 1))
    decide("person", 24)
    run("--apply", "--rule", "person")
    [entry] = AuditEntry.objects.all()
    assert (entry.event, entry.people) == (AuditEvent.PERSON_PSEUDONYMISED, 1)
    assert Person.objects.filter(person_id="anna").exists() is False
    assert Person.objects.filter(person_id="bo").exists() is True


def test_the_logs_oldest_part_goes_and_the_chain_holds() -> None:
    who = person("anna")
    for year in (2019, 2020, 2026):
        with time_machine.travel(datetime(year, 5, 1, tzinfo=UTC), tick=False):
            record(AuditEvent.PERSON_SEEN, actor=None, about=[who])
    decide("logg", 60)
    run("--apply", "--rule", "logg")
    assert list(AuditEntry.objects.values_list("sequence", "event")) == [
        (3, "person_sedd"),
        (4, "logg_gallrad"),
    ]
    assert verify_chain().broken_at is None
    record(AuditEvent.PERSON_SEEN, actor=None)
    assert verify_chain().entries == 3


def test_a_log_cut_off_without_saying_so_is_found() -> None:
    from tests.audit_log import let_go

    for _number in range(3):
        record(AuditEvent.PERSON_SEEN, actor=None)
    let_go()
    record(AuditEvent.PERSON_SEEN, actor=None)
    assert AuditCheckpoint.objects.get().through == 3
    assert verify_chain().broken_at == 3


def test_sessions_that_have_ended_go() -> None:
    for key, days in (("old", -40), ("new", -3), ("open", 3)):
        when = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=when)
    decide("inloggningar", 1)
    run("--apply")
    assert set(Session.objects.values_list("session_key", flat=True)) == {"new", "open"}


def test_a_slip_of_the_hand_is_told() -> None:
    with pytest.raises(CommandError, match="Ingen regel heter"):
        run("--rule", "allt")


@pytest.mark.parametrize("is_daily", [False, True])
def test_the_nightly_round_does_what_its_decision_says(
    attempts: dict[str, Attempt], is_daily: bool
) -> None:
    decide("svar", is_daily=is_daily)
    with time_machine.travel(datetime(2026, 11, 21, 3, tzinfo=UTC), tick=False):
        retention()
    assert Attempt.objects.filter(pk=attempts["lying"].pk).exists() is not is_daily
