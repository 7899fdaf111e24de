"""A large comparison is a job's; it is then kept a week, and judged anew by whoever opens it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from foundation.jobs.models import Job, JobState, private_storage
from foundation.working import run_due
from tests.tracking.reports.comparison.test_pages import LATE, PAGE, PEOPLE, compared, entered
from tests.tracking.reports.test_staff import City, SignIn
from tracking.ledger.models import Completion
from tracking.organisation.models import Duty, DutyRole
from tracking.reports.comparison import views
from tracking.reports.comparison.kept import FOLDER, remove_old_comparisons
from tracking.status.models import UnitCount

__all__ = ["compared"]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "MOST_AT_ONCE", 0)
    yield
    remove_old_comparisons(now=datetime.max.replace(tzinfo=UTC))


def worked_out(client: Client) -> Job:
    answer = client.post(f"{PAGE}?{LATE}")
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobb/{job.public_id}/"
    run_due()
    return Job.objects.get()


def comparison_of(job: Job) -> str:
    return f"{PAGE}?{job.arguments['query']}"


def test_the_job_says_what_differs_and_leads_to_the_comparison(
    compared: City, signed_in: SignIn
) -> None:
    client = signed_in(compared["coordinator"])
    before = client.get(f"{PAGE}?{LATE}").content.decode()
    assert "Ta fram jämförelsen" in before
    job = worked_out(client)
    assert (job.state, job.title) == (JobState.DONE, "Jämförelse av Enheten SDN")
    assert job.outcome.splitlines() == [
        "2 fler klara än som rapporterades",
        "+2 sent inlagda genomföranden",
    ]
    page = client.get(f"/jobb/{job.public_id}/").content.decode()
    assert comparison_of(job).replace("&", "&amp;") in page
    shown = client.get(comparison_of(job))
    assert [one.adds_up for one in shown.context["accounts"]] == [True]
    people = client.get(f"{PEOPLE}?{job.arguments['query']}&mal=T1&orsak=genomforande-sent")
    assert [row.name for row in people.context["rows"]] == ["Anna Efternamnanna"]


def test_it_is_the_same_whatever_is_recorded_afterwards(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    address = comparison_of(worked_out(client))
    first = client.get(address).context["accounts"]
    with time_machine.travel("2024-05-16 12:00:00+02:00", tick=False):
        late = entered("nyare.csv")
        Completion.objects.filter(person=compared["anna"]).update(batch_out=late)
        again = signed_in(compared["coordinator"]).get(address)
        assert again.context["accounts"] == first


def test_without_the_duty_it_is_neither_made_nor_shown(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    client.post(f"{PAGE}?{LATE}")
    Duty.objects.filter(role=DutyRole.COORDINATOR).delete()
    run_due()
    assert Job.objects.get().state == JobState.FAILED


def test_what_it_says_is_shown_as_long_as_the_figures_are_theirs(
    compared: City, signed_in: SignIn
) -> None:
    client = signed_in(compared["coordinator"])
    job = worked_out(client)
    Duty.objects.filter(role=DutyRole.COORDINATOR).delete()
    assert "2 fler klara" not in client.get(f"/jobb/{job.public_id}/").content.decode()


def test_what_no_longer_adds_up_is_forgotten(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    job = worked_out(client)
    address = comparison_of(job)
    assert client.get(address).context["accounts"]
    UnitCount.objects.update(done=0)
    assert client.get(address).context["too_large"]
    assert private_storage().listdir(FOLDER)[1] == []


def test_comparisons_go_after_a_week(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    job = worked_out(client)
    (name,) = private_storage().listdir(FOLDER)[1]
    kept_at = private_storage().get_modified_time(f"{FOLDER}/{name}")
    assert remove_old_comparisons(now=kept_at + timedelta(days=6)) == 0
    assert client.get(comparison_of(job)).context["accounts"]
    assert remove_old_comparisons(now=kept_at + timedelta(days=7)) == 1
    assert client.get(comparison_of(job)).context["too_large"]
