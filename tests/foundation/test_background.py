"""Administrators see and mend what failed, and learn nothing of whom it was about."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.background import background, oldest_due, retry_job
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import Outcome, job_kind
from foundation.jobs.models import Job, JobState
from foundation.jobs.progress import Progress
from foundation.outbox import OutboxRow, State, put
from foundation.working import run_due
from tests.factories import person, trainer
from tests.foundation.test_outbox import NOTED
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

PAGE = "/admin/bakgrund/"


@job_kind("tests-mended")
def mended(job: Job, progress: Progress) -> Outcome:
    return Outcome("klart nu")


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("administratör"))
    return client


@pytest.fixture
def failed() -> Job:
    owner = User.objects.create_user("Hemlig Hansson")
    job = start_job(kind="tests-mended", owner=owner, title="Anna Andersson", arguments={})
    OutboxRow.objects.all().delete()
    Job.objects.update(state=JobState.FAILED, error="KeyError", ended_at=timezone.now())
    return job


def dead() -> OutboxRow:
    put("tests.note", key="nyckel", word="Anna Andersson")
    OutboxRow.objects.update(state=State.DEAD, error="LookupError", failed_at=timezone.now())
    return OutboxRow.objects.get(key="nyckel")


def test_names_and_kinds_of_error_are_shown_and_nothing_of_people(
    admin: Client, failed: Job
) -> None:
    dead()
    page = admin.get(PAGE).content.decode()
    for said in ("tests.note", "nyckel", "LookupError", "tests-mended", "KeyError"):
        assert said in page
    assert not any(name in page for name in ("Anna", "Hemlig"))


def test_a_dead_row_is_run_again_from_the_page(admin: Client) -> None:
    row = dead()
    NOTED.clear()
    assert admin.post(f"{PAGE}rad/{row.pk}/").url == PAGE
    assert (run_due(), NOTED) == (1, ["Anna Andersson"])


def test_a_failed_job_is_run_again_from_the_page(admin: Client, failed: Job) -> None:
    admin.post(f"{PAGE}jobb/{failed.pk}/")
    run_due()
    failed.refresh_from_db()
    assert (failed.state, failed.outcome, failed.error) == (JobState.DONE, "klart nu", "")


def test_a_job_its_owner_began_anew_is_not_run_beside_it(failed: Job) -> None:
    start_job(kind="tests-mended", owner=failed.owner, title="Igen", arguments={})
    assert not retry_job(failed.pk)
    assert Job.objects.undone().count() == 1


def test_a_refusal_its_owner_understands_is_no_fault_to_mend(failed: Job) -> None:
    Job.objects.update(error="")
    assert not background(timezone.now()).failed_jobs.exists()
    assert not retry_job(failed.pk)


def test_trying_again_twice_is_the_same_as_once(admin: Client) -> None:
    row = dead()
    admin.post(f"{PAGE}rad/{row.pk}/")
    admin.post(f"{PAGE}rad/{row.pk}/")
    assert OutboxRow.objects.count() == 1


def test_a_trainer_sees_nothing_of_it() -> None:
    client = Client()
    client.force_login(trainer(person("utbildare")))
    row = dead()
    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}rad/{row.pk}/").status_code == 302
    assert OutboxRow.objects.get().state == State.DEAD


def test_how_long_something_has_been_due_is_told() -> None:
    now = timezone.now()
    assert oldest_due(now) is None
    put("tests.note", not_before=now + timedelta(hours=1), word="x")
    assert oldest_due(now) is None
    assert oldest_due(now + timedelta(hours=2)) == now + timedelta(hours=1)
