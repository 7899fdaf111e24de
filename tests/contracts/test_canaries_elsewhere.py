"""Names stand nowhere they may not beside pages: in mails, jobs' files, tables, programs' answers.

Whatever works by itself is let work on the city of canaries; then everything it left is read.
"""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test import Client

from foundation.jobs.models import Job, JobState, private_storage
from foundation.working import run_due
from tests.contracts.addresses import addresses
from tests.contracts.canaries import ORGANISATION, Canaries, canary_city
from tests.contracts.canary_judge import BY_KEY, ORACLE, leaks_in
from tests.contracts.crawler import said_by
from tests.factories import completion, target
from tests.tracking.api.conftest import Program, key_of
from tracking.api.rules import may_open_people
from tracking.exports.documents import OFFERS, start_document_job
from tracking.organisation.roles import roles_of
from tracking.reminders.models import Bounce, Kind, Reminder, ReminderBatch
from tracking.reminders.tasks import begin_reminders

pytestmark = pytest.mark.django_db

PROTECTED = [one.key for one in ORGANISATION.people if one.protected]
# Where the name, the address or the key of somebody protected stands, and why; else nowhere.
KEPT = {
    "tracking_person.first_name": "the person's own row",
    "tracking_person.last_name": "the person's own row",
    "tracking_person.email": "the person's own row",
    "tracking_person.person_id": "the person's own row",
    "tracking_pendingcompletion.email": "a provider's list, until it is matched or forgotten",
    "tracking_bounce.address": "whose address takes no mail",
    "tracking_reminder.address": "where a mail to them went",
}
# Where what somebody wrote in content that plays stands, and how far it says they came.
WRITTEN = ("courses_h5pstatement.raw", "courses_h5pstate.data")
# Mondays: the second week's summary has something to tell since the first.
MORNINGS = ("2024-05-20", "2024-05-27")


@pytest.fixture
def canaries() -> Iterator[Canaries]:
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        found = canary_city()
        yield found


def _text(content: bytes) -> str:
    return said_by(HttpResponse(content))


def _standing() -> dict[str, set[str]]:
    """Text of every column of every table, in which canaries are looked for."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(columns, row, strict=True):
                    if isinstance(value, (str, bytes, memoryview, dict, list)):
                        found.setdefault(f"{table}.{name}", set()).add(_as_text(value))
    return found


def _as_text(value: object) -> str:
    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else None
    return raw.decode("utf-8", "replace") if raw is not None else str(value)


def test_what_works_by_itself_gives_nobody_away(canaries: Canaries) -> None:
    # Nobody has been written to yet, no mail has come back, and there is something to write of.
    Bounce.objects.all().delete()
    ReminderBatch.objects.all().delete()
    target("T2", courses="ANNAN", due_on=date(2024, 6, 14))
    chef = Client()
    chef.force_login(canaries.account("chef"))
    people = [str(canaries.people[key].public_id) for key in ("kollega", "skyddad")]
    asked = {"enhet": "EB", "person": people, "nyckel": str(uuid4())}
    assert chef.post("/paminnelser/skicka/", asked).status_code == 303
    for reader in ("samordnare", "chef"):
        for form in OFFERS["staff"].forms:
            query = QueryDict(
                f"enhet={'STAD' if reader == 'samordnare' else 'EB'}&datum=2024-05-15"
            )
            owner = canaries.account(reader)
            start_document_job(owner=owner, report="staff", query=query, form=form)
    run_due()
    for moment in MORNINGS:
        with time_machine.travel(f"{moment} 05:40:00+02:00", tick=False):
            begin_reminders.apply(throw=True)
            run_due()
        with time_machine.travel(f"{moment} 12:00:00+02:00", tick=False):
            run_due()
            for key in ("kollega", "skyddad"):
                completion(canaries.people[key], date.fromisoformat(moment), "ANNAN")
    assert set(Reminder.objects.values_list("kind", flat=True)) == set(Kind)
    _mails(canaries)
    _files(canaries)
    standing = {
        where
        for where, texts in _standing().items()
        for key in PROTECTED
        for one in (*canaries.names[key], *canaries.others[key][:2])
        if any(one in text for text in texts)
    }
    assert standing - set(KEPT) == set()
    _what_was_written(canaries)


def _what_was_written(canaries: Canaries) -> None:
    """In what plays: kept where it was reported, and nowhere else; the audit log names nobody's."""
    standing = _standing()
    for whose, written in canaries.written.items():
        for one, where in zip(written, WRITTEN, strict=True):
            found = {place for place, texts in standing.items() if any(one in t for t in texts)}
            assert found == {where}, whose


def _mails(canaries: Canaries) -> None:
    by_address = {who.email: key for key, who in canaries.people.items()}
    assert len(mail.outbox) > len(PROTECTED)
    reached = set()
    for sent in mail.outbox:
        [address] = sent.to
        text = f"{sent.subject}\n{sent.body}\n{getattr(sent, 'alternatives', '')}"
        reader = by_address.get(address, "administrator")
        assert leaks_in(canaries, reader, [("mail", text)]) == []
        assert not sent.cc + sent.bcc + sent.reply_to
        reached.add(reader)
    # What is sent to them themself is theirs, and is sent.
    assert "skyddad" in reached


def _files(canaries: Canaries) -> None:
    """Of each job: its row, and its file where it lies on the disk."""
    by_account = {canaries.account(key).pk: key for key in canaries.people}
    made = Job.objects.filter(state=JobState.DONE)
    assert made.count() == 2 * len(OFFERS["staff"].forms)
    for job in made:
        reader = by_account[job.owner_id or 0]
        with private_storage().open(job.result) as file:
            content = _text(file.read())
        said = f"{job.title} {job.outcome} {job.errors} {job.arguments} {job.result}"
        assert leaks_in(canaries, reader, [("file", content), ("row", said)]) == []
        # Whom the reader may see stands there: the file was read as a reader reads it.
        assert "kollega" in canaries.given_away_in(content), job.arguments
        seen = ORACLE.sees(BY_KEY[reader], BY_KEY["skyddad"])
        assert ("skyddad" in canaries.given_away_in(content)) == seen, job.arguments


@pytest.mark.parametrize("reader", ["chef", "samordnare", "nyckelperson", "revisor"])
def test_answers_to_programs_give_nobody_away(canaries: Canaries, reader: str) -> None:
    user = canaries.account(reader)
    people = may_open_people(roles_of(user, ORGANISATION.today))
    program = Program(key_of(canaries.people[reader], people=people))
    paths = [one.path for one in addresses() if one.name.startswith("api:")]
    asked = [
        f"{path}{query}"
        for path in paths
        for query in ("", "?enhet=EB", "?enhet=STAD&datum=2023-01-01")
    ]
    answers = [(path, said_by(program.get(path))) for path in asked]
    assert leaks_in(canaries, reader, answers) == []
    shown = set().union(*(canaries.given_away_in(text) for _path, text in answers))
    assert ("kollega" in shown) == people
