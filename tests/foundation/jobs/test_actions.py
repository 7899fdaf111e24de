"""A job is done once, says truly how far it is, and can be stopped, lost and found again."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext

from foundation import outbox
from foundation.jobs import actions
from foundation.jobs.actions import JOB_KEPT, RESULT_KEPT, cancel_job, start_job, tidy_jobs
from foundation.jobs.kinds import JobError, JobFailed, Outcome, ResultFile, job_kind
from foundation.jobs.models import Job, JobState, private_storage
from foundation.jobs.progress import WRITES_APART_SECONDS, Progress
from foundation.outbox import OutboxRow, State
from foundation.stopping import stopping
from foundation.working import run_due
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

SEEN: list[tuple[int, int, str]] = []
TOLD: list[str] = []


def tell(key: str) -> None:
    TOLD.append(key)


@job_kind("tests-count")
def count(job: Job, progress: Progress) -> Outcome:
    """Counts to `to`; half-way it does to itself what `then` says."""
    for number in progress.each(range(job.arguments["to"]), "Räknar"):
        if number == job.arguments["to"] // 2:
            match job.arguments.get("then"):
                case "cancel":
                    cancel_job(job=job)
                case "stop":
                    stopping.set()
                case "refuse":
                    raise JobFailed("Filen är tom.", [JobError("rad 2", "x", "en siffra")])
                case "stumble":
                    raise ZeroDivisionError(job.title)
                case "away":
                    raise OperationalError("database is locked")
                case "taken":
                    Job.objects.filter(pk=job.pk).update(run=None)
        now = Job.objects.get(pk=job.pk)
        SEEN.append((now.done, now.total, now.phase))
    file = ResultFile("räknat.csv", b"1;2")
    return Outcome(gettext("done"), file, about=[7], told=lambda: tell(str(job.public_id)))


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    SEEN.clear()
    stopping.clear()
    # Every report is written: what is written seldom is tested below.
    monkeypatch.setattr("foundation.jobs.progress.WRITES_APART_SECONDS", 0.0)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("ägare")


def begin(owner: User, **arguments: object) -> Job:
    return start_job(
        kind="tests-count", owner=owner, title="Räkna Anna", arguments={"to": 4} | arguments
    )


def after(job: Job) -> Job:
    run_due()
    stopping.clear()
    job.refresh_from_db()
    return job


def test_a_job_is_done_and_leaves_its_file(owner: User) -> None:
    with translation.override("sv"):
        job = begin(owner)
    assert job.state == JobState.QUEUED
    job = after(job)
    assert (job.state, job.outcome, job.about) == (JobState.DONE, "klar", [7])
    assert (job.started_at is not None, job.ended_at is not None, job.run) == (True, True, None)
    assert (job.result_name, job.result) == ("räknat.csv", f"jobs/{job.public_id}.csv")
    assert private_storage().open(job.result).read() == b"1;2"
    assert OutboxRow.objects.count() == 0


def test_progress_is_what_has_been_done_of_what_there_is(owner: User) -> None:
    after(begin(owner))
    assert SEEN == [(0, 4, "Räknar"), (1, 4, "Räknar"), (2, 4, "Räknar"), (3, 4, "Räknar")]


def test_progress_is_written_at_most_twice_a_second(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WRITES_APART_SECONDS == 0.5
    monkeypatch.setattr("foundation.jobs.progress.WRITES_APART_SECONDS", 3600.0)
    after(begin(owner, to=100))
    assert {done for done, _total, _phase in SEEN} == {0}


def test_a_double_click_starts_one_job(owner: User) -> None:
    assert begin(owner) == begin(owner)
    assert begin(owner, to=5) != begin(owner)
    assert begin(User.objects.create_user("annan")) != begin(owner)


def test_the_database_itself_refuses_the_same_job_twice(owner: User) -> None:
    job = begin(owner)
    job.pk, job.public_id, job._state.adding = None, "00000000-0000-4000-8000-000000000001", True
    with pytest.raises(IntegrityError):
        job.save()


def test_the_same_may_be_asked_for_again_when_it_is_over(owner: User) -> None:
    first = after(begin(owner))
    assert begin(owner) != first


def test_a_job_that_waits_is_cancelled_at_once(owner: User) -> None:
    job = begin(owner)
    cancel_job(job=job)
    assert (after(job).state, SEEN) == (JobState.CANCELLED, [])


def test_a_job_under_way_is_cancelled_at_its_next_step(owner: User) -> None:
    job = after(begin(owner, then="cancel"))
    assert (job.state, len(SEEN), job.result) == (JobState.CANCELLED, 3, "")


def test_what_is_over_stays_as_it_ended(owner: User) -> None:
    job = after(begin(owner))
    cancel_job(job=job)
    actions.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == (JobState.DONE, False)


def test_a_refusal_says_why_and_where(owner: User) -> None:
    job = after(begin(owner, then="refuse"))
    assert (job.state, job.outcome, job.error) == (JobState.FAILED, "Filen är tom.", "")
    assert (job.errors, job.error_count) == ([["rad 2", "x", "en siffra"]], 1)


def test_what_nobody_foresaw_is_said_without_what_it_was_working_on(
    owner: User, caplog: pytest.LogCaptureFixture
) -> None:
    job = after(begin(owner, then="stumble"))
    assert (job.state, job.error) == (JobState.FAILED, "ZeroDivisionError")
    assert "Anna" not in job.outcome + caplog.text
    assert OutboxRow.objects.count() == 0


def test_what_a_job_tells_is_told_once_by_whoever_ends_it(owner: User) -> None:
    for then, times in ((None, 1), ("taken", 0), ("refuse", 0), ("stumble", 0), ("cancel", 0)):
        TOLD.clear()
        after(begin(owner, then=then))
        assert len(TOLD) == times, then


def test_a_job_that_can_not_tell_has_not_been_done(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_job: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(f"{__name__}.tell", fails)
    job = after(begin(owner))
    assert (job.state, job.error, job.result) == (JobState.FAILED, "ZeroDivisionError", "")


def test_without_the_database_the_job_waits_and_begins_again(owner: User) -> None:
    job = after(begin(owner, then="away"))
    assert (job.state, OutboxRow.objects.get().state) == (JobState.RUNNING, State.WAITING)
    Job.objects.update(arguments={"to": 1})
    with time_machine.travel(timezone.now() + outbox.wait_after(1), tick=False):
        assert after(job).state == JobState.DONE


def test_a_worker_that_stops_hands_the_job_to_the_next(owner: User) -> None:
    job = after(begin(owner, then="stop"))
    assert (job.state, OutboxRow.objects.get().attempts) == (JobState.RUNNING, 0)
    Job.objects.update(arguments={"to": 1})
    assert after(job).state == JobState.DONE


def test_an_attempt_that_was_given_up_writes_nothing_more(owner: User) -> None:
    job = after(begin(owner, then="taken"))
    assert (job.state, job.outcome, job.result) == (JobState.RUNNING, "", "")


def test_a_job_whose_row_is_dead_ends_with_a_reason(owner: User) -> None:
    job = begin(owner)
    OutboxRow.objects.update(state=State.DEAD)
    actions.fail_lost_jobs(now=timezone.now())
    assert after(job).state == JobState.QUEUED  # too new to be judged
    actions.fail_lost_jobs(now=timezone.now() + timedelta(minutes=6))
    assert (after(job).state, job.error) == (JobState.FAILED, "WorkerLost")


def test_a_job_that_waits_its_turn_is_not_lost(owner: User) -> None:
    job = begin(owner)
    actions.fail_lost_jobs(now=timezone.now() + timedelta(days=2))
    assert after(job).state == JobState.DONE


def test_the_result_goes_after_a_week_and_the_job_after_three_months(owner: User) -> None:
    job = after(begin(owner))
    place = job.result
    tidy_jobs(now=job.ended_at + RESULT_KEPT - timedelta(seconds=1))
    assert private_storage().exists(place)
    tidy_jobs(now=job.ended_at + RESULT_KEPT)
    job.refresh_from_db()
    assert (private_storage().exists(place), job.result, job.about) == (False, "", [])
    assert (job.state, job.result_name) == (JobState.DONE, "räknat.csv")
    tidy_jobs(now=job.ended_at + JOB_KEPT - timedelta(seconds=1))
    assert Job.objects.count() == 1
    tidy_jobs(now=job.ended_at + JOB_KEPT)
    assert Job.objects.count() == 0


def test_two_attempts_leave_one_file(owner: User) -> None:
    job = after(begin(owner))
    Job.objects.update(state=JobState.QUEUED)
    actions.run_job(job.pk)
    folder = Path(private_storage().path("jobs"))
    assert [one.name for one in folder.glob(f"{job.public_id}*")] == [f"{job.public_id}.csv"]
