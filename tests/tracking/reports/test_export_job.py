"""Large exports are jobs: by the rights of whoever asked, when made and when fetched."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from foundation.jobs.actions import run_job
from foundation.jobs.models import Job, JobState
from foundation.working import run_due
from tests.factories import duty, employ, person, target
from tests.tracking.reports.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.exports import documents
from tracking.organisation.models import Duty, DutyRole, Person
from tracking.reports.documents.staff import cells_of

City = dict[str, Person]
SignIn = Callable[[Person], Client]
EXPORT = "/medarbetare/export/csv/?enhet=STAD"


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CELLS_AT_ONCE", 0)


def the_job() -> Job:
    return Job.objects.get()


def made(client: Client, address: str = EXPORT) -> Job:
    answer = client.post(address)
    job = the_job()
    assert answer.headers["Location"] == f"/jobb/{job.public_id}/"
    run_due()
    return the_job()


def text_of(client: Client, job: Job) -> str:
    answer = client.get(f"/jobb/{job.public_id}/fil/")
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_job_makes_the_file_the_page_shows(
    city: City, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(city["coordinator"])
    job = made(client)
    assert (job.state, job.title) == (JobState.DONE, "Medarbetare i Enheten STAD")
    assert (job.done, job.total, job.phase) == (5, 5, "Skriver rader")
    monkeypatch.setattr(documents, "MOST_CELLS_AT_ONCE", 1_000)
    assert text_of(client, job) == client.get(EXPORT).content.decode("utf-8-sig")


def test_asking_alone_starts_nothing(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["coordinator"]).get(EXPORT)
    assert (page.status_code, Job.objects.count()) == (200, 0)
    assert "Skapa filen" in page.content.decode()


def test_a_double_click_starts_one_job(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    assert client.post(EXPORT).url == client.post(EXPORT).url
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("cells", "large"), [(14, False), (13, True)])
def test_large_is_more_people_times_targets_than_the_limit(
    city: City, monkeypatch: pytest.MonkeyPatch, cells: int, large: bool
) -> None:
    # boss, head, anna, bo, hidden; two targets … and two more people
    target("T2")
    for key in ("c", "d"):
        employ(person(key), "B")
    monkeypatch.setattr(documents, "MOST_CELLS_AT_ONCE", cells)
    assert documents.Weight("", cells_of("STAD", TODAY)).is_large("csv") is large


def test_filters_and_the_day_go_along(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["head"])
    job = made(client, "/medarbetare/export/csv/?enhet=SDN&namn=bo&sortera=-namn&sida=3")
    rows = list(csv.reader(StringIO(text_of(client, job)), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["Boss Efternamnboss", "Bo Efternamnbo"]
    assert "datum=2024-05-15" in job.arguments["query"]
    assert "sida" not in job.arguments["query"]


def test_rights_are_those_when_it_is_made(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    client.post(EXPORT)
    Duty.objects.filter(role=DutyRole.COORDINATOR).delete()
    run_due()
    job = the_job()
    assert (job.state, job.result) == (JobState.FAILED, "")


def test_rights_are_asked_again_when_it_is_fetched(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    job = made(client)
    Duty.objects.filter(role=DutyRole.COORDINATOR).delete()
    assert client.get(f"/jobb/{job.public_id}/fil/").status_code == 403


def test_who_was_protected_meanwhile_is_not_handed_out(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    job = made(client)
    assert "Anna" in text_of(client, job)
    Person.objects.filter(pk=city["anna"].pk).update(protected=True)
    assert client.get(f"/jobb/{job.public_id}/fil/").status_code == 403
    assert "Anna" not in client.get(f"/jobb/{job.public_id}/").content.decode()


def test_protected_people_are_not_named_in_it(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    job = made(client)
    assert "Hemlig" not in text_of(client, job)
    assert city["hidden"].pk not in job.about


def test_that_it_was_made_is_in_the_audit_log(city: City, signed_in: SignIn) -> None:
    made(signed_in(city["coordinator"]))
    entry = AuditEntry.objects.get(event=AuditEvent.STAFF_EXPORTED)
    assert entry.actor == city["coordinator"].user


@pytest.mark.parametrize("dies", ["foundation.jobs.actions._store", "foundation.jobs.actions._end"])
def test_a_job_begun_again_after_a_crash_is_in_the_log_once(
    city: City, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    client = signed_in(city["coordinator"])
    client.post(EXPORT)

    def die(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(dies, die)
        with pytest.raises(KeyboardInterrupt):
            run_job(the_job().pk)
    assert the_job().state == JobState.RUNNING
    assert AuditEntry.objects.filter(event=AuditEvent.STAFF_EXPORTED).count() == 0
    run_due()
    run_job(the_job().pk)  # and the row is handed out once more
    assert the_job().state == JobState.DONE
    entry = AuditEntry.objects.get(event=AuditEvent.STAFF_EXPORTED)
    named = set(entry.subjects.values_list("person_id", flat=True))
    assert named == set(the_job().about) - {city["coordinator"].pk}


def test_who_sees_no_staff_starts_nothing(city: City, signed_in: SignIn) -> None:
    duty(city["anna"], DutyRole.AUDITOR, "STAD")
    for who in ("anna", "contact"):
        assert signed_in(city[who]).post(EXPORT).status_code == 403
    assert Job.objects.count() == 0
