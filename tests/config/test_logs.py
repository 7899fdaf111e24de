"""Nobody's name, number or words in any log line; the request id in every one."""

import io
import json
import logging
import logging.config
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import shared_task
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config.logs import JsonFormatter, Tracing
from config.settings.watching import logging_config
from config.sign_in.sso.identity import Reason, Refused
from config.urls import handler500  # noqa: F401  (these tests' addresses fail as the real ones do)
from config.urls import urlpatterns as real_addresses
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.outbox import put
from foundation.tracing import request_id, traced, well_formed
from foundation.working import run_due
from tracking.organisation.models import Person, User

CANARY = "Kanarieholm"
NUMBER = "19121212-1212"
ours = logging.getLogger("tracking.kanarie")


@login_not_required
def failing(request: HttpRequest, name: str) -> HttpResponse:
    secret = request.POST.get("name", CANARY)
    ours.warning("Somebody failed: %s %s (%d)", secret, NUMBER, 7)
    logging.getLogger("some.library").error(f"Could not find {secret}")
    logging.getLogger("some.library").error("Could not find %s", secret)
    try:
        Person.objects.create(person_id=secret * 900, first_name=secret, last_name=secret)
        int(f"{secret} {NUMBER}")
    except Exception as error:
        raise KeyError(f"{secret} {NUMBER}") from error
    raise AssertionError


@login_not_required
def suspicious(request: HttpRequest, name: str) -> HttpResponse:
    raise SuspiciousOperation(f"{name} {NUMBER}")


@login_not_required
def away(request: HttpRequest, name: str) -> HttpResponse:
    raise OperationalError(f"server closed the connection {name}")


@login_not_required
def breaking(request: HttpRequest, name: str) -> HttpResponse:
    raise IntegrityError(f"Key (person_id)=({name}) already exists.")


urlpatterns = [
    path("felar/<str:name>/", failing),
    path("misstankt/<str:name>/", suspicious),
    path("borta/<str:name>/", away),
    path("bryter/<str:name>/", breaking),
    *real_addresses,
]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What production would write, whoever logs it."""
    written = io.StringIO()
    logging.config.dictConfig(logging_config(as_json=True, level="INFO"))
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(Tracing())
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def parsed(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"), [("felar", 500), ("misstankt", 400), ("borta", 503), ("bryter", 500)]
)
def test_a_failing_request_leaves_nothing_of_what_it_was_about(
    lines: io.StringIO, address: str, status: int
) -> None:
    client = Client(raise_request_exception=False, headers={"user-agent": CANARY})
    client.cookies["namn"] = CANARY
    response = client.post(
        f"/{address}/{CANARY}/?q={CANARY}&nummer={NUMBER}",
        {"name": CANARY},
        headers={"referer": f"https://x.example/{CANARY}", "x-forwarded-for": CANARY},
    )
    assert response.status_code == status
    text = lines.getvalue()
    assert CANARY not in text
    assert NUMBER not in text
    found = parsed(lines)
    assert {line["request_id"] for line in found} == {response["X-Request-ID"]}
    last = found[-1]
    assert (last["message"], last["method"], last["status"]) == ("request", "POST", status)
    assert last["route"] == f"{address}/<str:name>/"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_went_wrong_can_still_be_found(lines: io.StringIO) -> None:
    Client(raise_request_exception=False).get(f"/felar/{CANARY}/")
    own, library, templated, failure, _request = parsed(lines)
    assert own["message"] == "Somebody failed: … … (7)"
    assert (library["message"], library["at"].split(":")[0]) == ("", "tests/config/test_logs.py")
    assert templated["message"] == "Could not find %s"
    kinds = [one["type"] for one in failure["exception"]]
    assert kinds[0] == "builtins.KeyError"
    assert len(kinds) > 1
    assert failure["exception"][0]["at"][-1].startswith("tests/config/test_logs.py:")


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_not_repeated(lines: io.StringIO) -> None:
    client = Client(raise_request_exception=False, SERVER_NAME=f"{CANARY.lower()}.example")
    assert client.get(f"/logga-in/?next={CANARY}").status_code == 400
    assert CANARY.casefold() not in lines.getvalue().casefold()
    assert DisallowedHost.__name__ in lines.getvalue()


@pytest.mark.django_db
def test_the_id_is_taken_only_when_it_can_be_nothing_else() -> None:
    given = uuid.uuid4()
    for value in (given.hex, str(given)):
        assert Client().get("/halsa/live", headers={"x-request-id": value})["X-Request-ID"] == value
    for value in ("191212121212", CANARY, "a" * 31, "a" * 32 + "\n", ""):
        made = Client().get("/halsa/live", headers={"x-request-id": value})["X-Request-ID"]
        assert made != value
        assert well_formed(made)
    assert request_id() == ""


def test_what_a_request_caused_says_the_same_id(lines: io.StringIO) -> None:
    with traced() as number:
        ours.warning("first")
        with traced(number):
            ours.warning("second")
        assert request_id() == number
    ours.warning("third")
    assert [line["request_id"] for line in parsed(lines)] == [number, number, ""]


def test_names_of_tasks_and_errors_are_kept(lines: io.StringIO) -> None:
    ours.warning("Task %s failed (%d of %d): %s", "foundation.send_mail", 1, 15, "SMTPException")
    ours.warning("Task %s failed: %s", "anna.andersson", ValueError(CANARY))
    assert [line["message"] for line in parsed(lines)] == [
        "Task foundation.send_mail failed (1 of 15): SMTPException",
        "Task … failed: ValueError",
    ]


def test_a_reason_of_our_own_is_said_and_what_it_was_about_is_not(lines: io.StringIO) -> None:
    refused = Refused(Reason.UNKNOWN, f"{CANARY} {NUMBER}")
    ours.warning("Refused: %s %.200r", refused.reason, refused.detail)
    assert [line["message"] for line in parsed(lines)] == ["Refused: unknown …"]


@job_kind("tests-falls")
def fall(job: Job, _progress: Progress) -> Outcome:
    try:
        int(f"{job.title} {NUMBER}")
    except ValueError as error:
        raise KeyError(job.title) from error
    raise AssertionError


@pytest.mark.django_db
@pytest.mark.parametrize("as_json", [True, False])
def test_a_job_that_failed_can_be_found_and_names_nobody(lines: io.StringIO, as_json: bool) -> None:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger("foundation").addHandler(handler)
    owner = User.objects.create_user(CANARY)
    job = start_job(kind="tests-falls", owner=owner, title=CANARY, arguments={"vem": NUMBER})
    run_due()
    logging.getLogger("foundation").removeHandler(handler)
    written = lines.getvalue() if as_json else told.getvalue()
    assert CANARY not in written
    assert NUMBER not in written
    here = Path(__file__).read_text(encoding="utf-8").splitlines()
    row = here.index("        raise KeyError(job.title) from error") + 1
    place = f"tests/config/test_logs.py:{row} fall"
    if as_json:
        (line,) = parsed(lines)
        assert line["message"] == f"The job with number {job.pk} failed: KeyError"
        assert line["job"] == f"tests-falls {job.public_id}"
        assert [one["type"] for one in line["exception"]] == [
            "builtins.KeyError",
            "builtins.ValueError",
        ]
        assert line["exception"][0]["at"][-1] == place
    else:
        assert f"at {place}" in written
        assert "caused by builtins.ValueError" in written


@shared_task(name="tests.fall")
def fall_in_a_task(who: str) -> None:
    raise KeyError(who)


@pytest.mark.django_db
def test_a_task_that_failed_can_be_found_and_names_nobody(lines: io.StringIO) -> None:
    put("tests.fall", who=CANARY)
    run_due()
    (line,) = parsed(lines)
    assert line["exception"][0]["at"][-1].startswith("tests/config/test_logs.py:")
    assert CANARY not in lines.getvalue()
