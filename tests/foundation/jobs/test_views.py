"""The pages of a job: only its owner's, true without a script, and shut when rights have gone."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from foundation.jobs.actions import start_job
from foundation.jobs.kinds import NextStep, Outcome, job_kind
from foundation.jobs.models import Job, JobState, private_storage
from foundation.jobs.progress import Progress
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

ALLOWED = {"now": True}


@job_kind(
    "tests-shown",
    may_read=lambda job, on: ALLOWED["now"],
    next_step=lambda job: NextStep("/jobb/", "Läs in på riktigt", "Inget har ändrats än."),
)
def shown(job: Job, progress: Progress) -> Outcome:
    return Outcome()


@pytest.fixture(autouse=True)
def allowed() -> None:
    ALLOWED["now"] = True


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("ägare")


@pytest.fixture
def hers(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def job(owner: User) -> Job:
    return start_job(kind="tests-shown", owner=owner, title="Ett jobb", arguments={})


def path(job: Job, what: str = "") -> str:
    return f"/jobb/{job.public_id}/{what}"


def finish(job: Job, **more: object) -> None:
    values = {
        "state": JobState.DONE,
        "ended_at": timezone.now(),
        "outcome": "3 nya.",
        "result": private_storage().save(f"jobs/{job.public_id}.csv", ContentFile(b"a;b")),
        "result_name": "medarbetare-Åsa.csv",
        "errors": [["rad 2", "=1+1", "en dag"], ["rad 3", "x", "en kod"]],
        "error_count": 2,
    }
    Job.objects.filter(pk=job.pk).update(**values | more)


@pytest.mark.parametrize("what", ["", "lage/", "fil/", "fel/"])
def test_somebody_elses_job_is_not_there(job: Job, what: str) -> None:
    finish(job)
    client = Client()
    client.force_login(User.objects.create_superuser("administratör"))
    assert client.get(path(job, what)).status_code == 404
    assert client.post(path(job, "avbryt/")).status_code == 404


def test_a_page_without_a_script_shows_how_far_it_is(hers: Client, job: Job) -> None:
    Job.objects.update(state=JobState.RUNNING, phase="Läser", done=1200, total=3400)
    page = hers.get(path(job)).content.decode()
    assert "Läser: 1\N{NO-BREAK SPACE}200 av 3\N{NO-BREAK SPACE}400" in page
    assert 'width="35%"' in page
    assert "Visa senaste" in page


def test_the_script_is_told_what_has_changed(hers: Client, job: Job) -> None:
    Job.objects.update(state=JobState.RUNNING, phase="Läser", done=1, total=4)
    assert hers.get(path(job, "lage/")).json() == {
        "over": False,
        "words": "Läser: 1 av 4",
        "percent": 25,
    }


def test_the_script_is_told_what_came_of_it(hers: Client, job: Job) -> None:
    finish(job)
    state = hers.get(path(job, "lage/")).json()
    assert (state["over"], state["words"]) == (True, "Klar")
    assert "3 nya." in state["html"]
    assert json.dumps(state["html"]).count("csrfmiddlewaretoken") == 1


def test_asking_how_far_it_is_costs_two_queries_beside_the_log_in(
    hers: Client, job: Job, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # session, account, job
        hers.get(path(job, "lage/"))


def test_cancelling_is_asked_for_and_said(hers: Client, job: Job) -> None:
    Job.objects.update(state=JobState.RUNNING)
    assert hers.post(path(job, "avbryt/")).url == path(job)
    page = hers.get(path(job)).content.decode()
    assert "Jobbet avbryts." in page
    assert "Avbryt jobbet" not in page


def test_looking_never_cancels(hers: Client, job: Job) -> None:
    assert hers.get(path(job, "avbryt/")).status_code == 405


def test_the_file_comes_by_its_own_name(hers: Client, job: Job) -> None:
    finish(job)
    answer = hers.get(path(job, "fil/"))
    assert b"".join(answer.streaming_content) == b"a;b"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''medarbetare-%C3%85sa.csv"
    )
    assert answer["Cache-Control"] == "no-store"


def test_errors_come_as_a_file_no_spreadsheet_runs(hers: Client, job: Job) -> None:
    finish(job)
    text = hers.get(path(job, "fel/")).content.decode("utf-8-sig")
    assert text == "plats;varde;forvantat\r\nrad 2;'=1+1;en dag\r\nrad 3;x;en kod\r\n"


def test_who_may_no_longer_see_the_people_gets_nothing(hers: Client, job: Job) -> None:
    finish(job)
    ALLOWED["now"] = False
    assert hers.get(path(job, "fil/")).status_code == 403
    assert hers.get(path(job, "fel/")).status_code == 403
    page = hers.get(path(job)).content.decode()
    assert "Du får inte längre se det som jobbet handlar om" in page
    assert not any(said in page for said in ("3 nya.", "=1+1", "Läs in på riktigt"))


def test_there_is_no_file_before_the_end_or_after_a_week(hers: Client, job: Job) -> None:
    assert hers.get(path(job, "fil/")).status_code == 403
    finish(job, result="", swept_at=timezone.now())
    assert hers.get(path(job, "fil/")).status_code == 404
    page = hers.get(path(job)).content.decode()
    assert "sparades i en vecka och är borttaget" in page
    assert "Läs in på riktigt" not in page


def test_a_file_gone_from_the_disk_is_not_found(hers: Client, job: Job) -> None:
    finish(job, result="jobs/away.csv")
    assert hers.get(path(job, "fil/")).status_code == 404


def test_what_may_follow_is_one_button(hers: Client, job: Job) -> None:
    finish(job)
    page = hers.get(path(job)).content.decode()
    assert "Läs in på riktigt" in page
    assert "Inget har ändrats än." in page


def test_the_list_holds_mine_the_latest_first(hers: Client, job: Job, owner: User) -> None:
    later = start_job(kind="tests-shown", owner=owner, title="Ett till", arguments={"n": 1})
    Job.objects.filter(pk=later.pk).update(created_at=timezone.now() + timedelta(hours=1))
    other = User.objects.create_user("annan")
    start_job(kind="tests-shown", owner=other, title="En annans", arguments={})
    assert [one.title for one in hers.get("/jobb/").context["jobs"]] == ["Ett till", "Ett jobb"]


def test_a_job_of_a_kind_that_is_no_more_is_still_listed(hers: Client, job: Job) -> None:
    finish(job, kind="forgotten")
    assert hers.get("/jobb/").status_code == 200
    assert hers.get(path(job)).status_code == 200
    assert hers.get(path(job, "fil/")).status_code == 403
