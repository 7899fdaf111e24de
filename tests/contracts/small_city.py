"""A small city with somebody in every role, and things of one of them to ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from courses.modules.groundwork import lay_groundwork
from foundation.intervals import today
from foundation.jobs.kinds import Outcome, job_kind
from foundation.jobs.models import Job, JobState, private_storage
from foundation.jobs.progress import Progress
from quizzes.attempts.actions import start_attempt
from tests.factories import account, completion, duty, employ, person, target, trainer, unit
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tracking.ledger.actions import issue_certificate
from tracking.organisation.models import DutyRole, Person, UnitKind, User
from tracking.programme.actions import begin_draft
from tracking.programme.models import Purpose
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import Undertaking
from tracking.scorecards.undertakings import load_plan

ROLES = (
    "anonym",
    "medarbetare",
    "chef",
    "stadsdelschef",
    "nyckelperson",
    "samordnare",
    "revisor",
    "utbildare",
    "administrator",
)
SIGNED_IN = ROLES[1:]
OUTSIDE_ADMIN = ROLES[:-2]
LOG_IN = 302  # what everything answers somebody who is not signed in


@dataclass(frozen=True)
class City:
    """Who asks, and what of the medarbetare's is asked for."""

    users: dict[str, User | None]
    things: dict[str, str]

    def signed_in(self, role: str) -> Client:
        """A browser of somebody in this role."""
        client = Client(raise_request_exception=True)
        user = self.users[role]
        if user is not None:
            client.force_login(user)
        return client

    def ask(
        self, role: str, path: str, method: str = "get", body: dict[str, object] | None = None
    ) -> HttpResponse:
        """The answer somebody in this role gets."""
        send: Callable[..., HttpResponse] = getattr(self.signed_in(role), method)
        return send(path) if body is None else send(path, body, content_type="application/json")


def small_city() -> City:
    """A unit of one, everybody above them, those who follow up, and who works in the admin."""
    cache.clear()
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("EB", "SDN")
    people = {role: person(role) for role in SIGNED_IN if role != "administrator"}
    employ(people["medarbetare"], "EB")
    employ(people["chef"], "EB", is_manager=True)
    employ(people["stadsdelschef"], "SDN", is_manager=True)
    duty(people["nyckelperson"], DutyRole.KEY_CONTACT, "SDN")
    duty(people["samordnare"], DutyRole.COORDINATOR, "STAD")
    duty(people["revisor"], DutyRole.AUDITOR, "STAD")
    target()
    make_periods(on=today())
    lay_groundwork()
    trainer(people["utbildare"])
    users: dict[str, User | None] = {role: account(who) for role, who in people.items()}
    users["administrator"] = User.objects.create_superuser("administrator")
    users["anonym"] = None
    return City(users, _things(people["medarbetare"]) | _of_targets(people["samordnare"]))


def _of_targets(who: Person) -> dict[str, str]:
    """A target, and a draft of another with nothing filled in yet."""
    draft = begin_draft(owner=account(who), purpose=Purpose.NEW, base=None)
    load_plan(now=timezone.now())
    of_the_district = Undertaking.objects.get(code="2021-01")
    return {
        "target": "T1/",
        "draft": str(draft.public_id),
        "undertaking": str(of_the_district.public_id),
        "committee": "SDN/",
        "scorecard": "pdf/?enhet=SDN",
        "pdf": "pdf/",
    }


def _things(who: Person) -> dict[str, str]:
    certificate = issue_certificate(completion=completion(who, date(2024, 2, 1)))
    make_place()
    with transaction.atomic():
        attempt = start_attempt(
            user=account(who), quiz=make_quiz(), context=CONTEXT, now=timezone.now()
        )
    return {
        "certificate": str(certificate.public_id),
        "person": str(who.public_id),
        "job": str(_job_of(account(who)).public_id),
        "attempt": str(attempt.public_id),
        "file": "csv/?enhet=EB",
        "own file": "json/",
        "question": "fraga-0/",
    }


def _job_of(owner: User) -> Job:
    """A job that has ended, with its file."""
    return Job.objects.create(
        kind="tests-ended",
        title="Jobb",
        owner=owner,
        state=JobState.DONE,
        created_at=timezone.now(),
        ended_at=timezone.now(),
        result=private_storage().save("jobs/matrix.csv", ContentFile(b"1")),
        result_name="fil.csv",
    )


@job_kind("tests-ended")
def ended(_job: Job, _progress: Progress) -> Outcome:
    return Outcome()
