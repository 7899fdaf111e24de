"""The log is one chain: whatever is done to it afterwards is found, and where."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.factories import account, person
from tracking.audit.actions import record, record_reading, system_account
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditEvent, AuditSubject
from tracking.audit.queries import entries_about, head, verify_chain
from tracking.organisation.models import Person

pytestmark = pytest.mark.django_db

SEEN = AuditEvent.PERSON_SEEN
GUARDS = ("tracking_auditentry", "tracking_auditsubject")


@pytest.fixture
def log() -> list[AuditEntry]:
    """Five entries by one reader about two people."""
    reader, one, two = person("LÄSARE"), person("P1"), person("P2")
    about = ([one], [one, two], [], [two], [one])
    return [
        record(SEEN, actor=account(reader), about=who, unit="EB", detail={"rows": number})
        for number, who in enumerate(about)
    ]


def test_entries_follow_on_each_other(log: list[AuditEntry]) -> None:
    assert [entry.sequence for entry in log] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in log[1:]] == [entry.hash for entry in log[:-1]]
    assert [entry.people for entry in log] == [1, 2, 0, 1, 1]
    verdict = verify_chain()
    assert (verdict.entries, verdict.head, verdict.broken_at) == (5, log[-1].hash, None)
    assert head() == (5, log[-1].hash)


def test_what_concerns_a_person_is_found(log: list[AuditEntry]) -> None:
    concerned = entries_about(Person.objects.get(person_id="P2").pk)
    assert [entry.sequence for entry in concerned] == [4, 2]


@pytest.mark.parametrize("table", ["auditentry", "auditsubject", "auditcheckpoint"])
def test_the_database_refuses_to_change_the_log(log: list[AuditEntry], table: str) -> None:
    AuditCheckpoint.objects.create(through=0, hash="", made_at=timezone.now())
    column = {"auditentry": "unit = 'SDN'", "auditsubject": "person_id = 1"}
    with pytest.raises(DatabaseError, match="append-only"):
        _execute(f"UPDATE tracking_{table} SET {column.get(table, 'through = 9')}")


@pytest.mark.parametrize("table", ["auditentry", "auditsubject"])
def test_the_database_refuses_to_delete_from_the_log(log: list[AuditEntry], table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        _execute(f"DELETE FROM tracking_{table}")


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("UPDATE tracking_auditentry SET unit = 'SDN' WHERE sequence = 2", 2),
        ("UPDATE tracking_auditentry SET detail = '{\"rows\": 9}' WHERE sequence = 4", 4),
        ("UPDATE tracking_auditentry SET event = 'fil_inlast' WHERE sequence = 1", 1),
        ("UPDATE tracking_auditentry SET actor_id = NULL WHERE sequence = 3", 3),
        ("UPDATE tracking_auditentry SET account = 'root' WHERE sequence = 3", 3),
        ("UPDATE tracking_auditentry SET people = 7 WHERE sequence = 2", 2),
        ("UPDATE tracking_auditentry SET moment = '2020-01-01 00:00:00+00' WHERE sequence = 2", 2),
        ("UPDATE tracking_auditentry SET hash = content WHERE sequence = 5", 5),
        ("DELETE FROM tracking_auditsubject WHERE entry_id = 2 AND person_id = {two}", 2),
        ("UPDATE tracking_auditsubject SET person_id = {reader} WHERE entry_id = 5", 5),
        (
            "DELETE FROM tracking_auditsubject WHERE entry_id = 4; "
            "DELETE FROM tracking_auditentry WHERE sequence = 4",
            4,
        ),
        (
            "DELETE FROM tracking_auditsubject WHERE entry_id = 1; "
            "DELETE FROM tracking_auditentry WHERE sequence = 1",
            1,
        ),
    ],
)
def test_what_was_changed_behind_the_guards_is_found_where_it_is(
    log: list[AuditEntry], tampering: str, found_at: int
) -> None:
    keys = dict(Person.objects.values_list("person_id", "pk"))
    _unguard()
    tampering = tampering.replace("{two}", str(keys["P2"]))
    for statement in tampering.replace("{reader}", str(keys["LÄSARE"])).split("; "):
        _execute(statement)
    assert verify_chain().broken_at == found_at
    with pytest.raises(CommandError, match=f"post {found_at}:"):
        call_command("verify_audit")


def test_a_log_that_ends_too_early_is_found_by_an_anchor(log: list[AuditEntry]) -> None:
    said = StringIO()
    call_command("verify_audit", "--head", stdout=said)
    number, anchor = said.getvalue().split()
    assert number == "5"
    record(SEEN, actor=None)
    call_command("verify_audit", "--anchor", anchor, stdout=said)
    _unguard()
    AuditSubject.objects.filter(entry_id__gte=5).delete()
    AuditEntry.objects.filter(sequence__gte=5).delete()
    call_command("verify_audit", stdout=said)  # by itself it looks whole
    with pytest.raises(CommandError, match="Ankaret"):
        call_command("verify_audit", "--anchor", anchor)


def test_an_anchor_that_is_no_hash_is_refused(log: list[AuditEntry]) -> None:
    with pytest.raises(CommandError, match="64"):
        call_command("verify_audit", "--anchor", "abc")


def test_a_pseudonymised_person_breaks_nothing(log: list[AuditEntry]) -> None:
    Person.objects.filter(person_id="P1").update(person_id="x", first_name="", user=None)
    assert verify_chain().broken_at is None


def test_the_log_remembers_only_text_and_whole_numbers(log: list[AuditEntry]) -> None:
    reader = account(Person.objects.get(person_id="LÄSARE"))
    entry = record(SEEN, actor=reader, detail={"text": "å\0\ud800" * 400, "number": 2**62})
    entry.refresh_from_db()
    assert len(entry.detail["text"]) == 500
    assert "\0" not in entry.detail["text"]
    assert verify_chain().broken_at is None
    with pytest.raises(TypeError):
        record(SEEN, actor=reader, detail={"list": [1]})
    with pytest.raises(TypeError):
        record(SEEN, actor=reader, about=[reader])


def test_the_command_line_is_named_by_its_account() -> None:
    assert record(AuditEvent.FILE_IMPORTED, actor=system_account()).account == system_account()


def test_seeing_the_same_again_within_minutes_is_one_entry(log: list[AuditEntry]) -> None:
    reader = account(Person.objects.get(person_id="LÄSARE"))
    one, two = Person.objects.get(person_id="P1"), Person.objects.get(person_id="P2")
    assert record_reading(SEEN, actor=reader, about=[one], unit="SDN")
    assert record_reading(SEEN, actor=reader, about=[one], unit="SDN") is None
    assert record_reading(SEEN, actor=reader, about=[one, two], unit="SDN")
    assert record_reading(SEEN, actor=account(one), about=[one], unit="SDN")
    assert head()[0] == 8


def test_seeing_the_same_again_later_is_a_new_entry(log: list[AuditEntry]) -> None:
    reader = account(Person.objects.get(person_id="LÄSARE"))
    now = timezone.now()
    for minutes, is_new in ((1, True), (15, False), (17, True)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert bool(record_reading(SEEN, actor=reader)) is is_new


def test_a_clock_that_goes_back_does_not_turn_the_order(log: list[AuditEntry]) -> None:
    with time_machine.travel(log[-1].moment - timedelta(hours=1), tick=False):
        assert record(SEEN, actor=None).moment == log[-1].moment


def test_what_it_costs_does_not_grow_with_the_people(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    reader = account(person("LÄSARE"))
    people = [person(f"P{number}").pk for number in range(12)]
    record_reading(SEEN, actor=reader)
    for some in (people[:1], people):
        # The repeat is looked for, then savepoint, last entry, entry, people, savepoint. PostgreSQL
        # has the lock to take too, and people by COPY, which is no query.
        with django_assert_num_queries(6):
            record_reading(SEEN, actor=reader, about=some)
    with django_assert_num_queries(1):
        record_reading(SEEN, actor=reader, about=people)


def _unguard() -> None:
    """What somebody does who may change the database itself."""
    for table in GUARDS:
        place = f" ON {table}" if connection.vendor == "postgresql" else ""
        _execute(f"DROP TRIGGER {table}_no_update{place}")
        _execute(f"DROP TRIGGER {table}_no_delete{place}")


@transaction.atomic
def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
