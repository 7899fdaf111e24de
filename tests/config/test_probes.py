"""What machines ask: does it live, can it serve, how is it going; and what others learn of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config import parts
from foundation.jobs.models import Job, JobState
from foundation.outbox import OutboxRow, State
from tests.contracts.addresses import addresses
from tests.courses.makers import make_user, signed_in

TOKEN = "a-token-of-at-least-twenty-characters"


def get(path: str, client: Client | None = None, **headers: Any) -> Any:
    return (client or Client(SERVER_NAME="10.0.0.7")).get(path, **headers)


@pytest.mark.django_db
def test_live_touches_nothing(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = signed_in(make_user())
    with django_assert_num_queries(0):
        response = client.get("/halsa/live", SERVER_NAME="10.0.0.7")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_names_every_part() -> None:
    response = get("/halsa/ready")
    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "broker": "ok",
    }


@pytest.mark.django_db
def test_a_database_that_lacks_a_migration_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'courses' AND name >= '0002'")
    response = get("/halsa/ready")
    assert response.status_code == 503
    assert response.json()["migrations"] == "down"


@pytest.mark.django_db
def test_a_database_that_is_away_is_said_without_where_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_arguments: object) -> None:
        raise OperationalError("connection to server at db.internal failed: password for anna")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refused)
        response = get("/halsa/ready")
    assert response.status_code == 503
    assert response.json()["database"] == "down"
    assert b"anna" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/halsa/live", "/halsa/ready"])
def test_probes_are_only_read(path: str) -> None:
    assert Client().post(path).status_code == 405


@pytest.mark.django_db
def test_the_figures_are_for_who_brings_the_token(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert get("/halsa/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for wrong in ("", TOKEN, f"Bearer {TOKEN[:-1]}", "Bearer "):
        response = get("/halsa/metrics", HTTP_AUTHORIZATION=wrong)
        assert (response.status_code, response.content) == (404, b"")
    assert get("/halsa/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}").status_code == 200


def figures() -> str:
    text: bytes = get("/halsa/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}").content
    return text.decode()


@pytest.mark.django_db
def test_requests_are_counted_by_pattern_and_never_by_address(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client = signed_in(make_user())
    path = "/medarbetare/person/00000000-0000-4000-8000-00000000cafe/"
    sample = 'kompetens_requests_total{method="GET",route="media/<path:path>",status="404"}'

    def count() -> float:
        lines = [line for line in figures().splitlines() if line.startswith(sample)]
        return float(lines[0].rpartition(" ")[2]) if lines else 0.0

    before = count()
    client.get("/media/anna-andersson.png")
    client.get(path)
    client.get("/finns-inte/anna")
    assert count() == before + 1
    assert "anna" not in figures()
    assert "cafe" not in figures()
    assert 'kompetens_part_up{part="database"} 1.0' in figures()
    assert 'kompetens_request_seconds_bucket{le="0.1"' in figures()


@pytest.mark.django_db
def test_what_is_queued_is_counted_and_its_age_told(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    OutboxRow.objects.create(task="t", created_at=now, due_at=now - timedelta(minutes=10))
    OutboxRow.objects.create(task="t", created_at=now, due_at=now + timedelta(minutes=10))
    OutboxRow.objects.create(task="t", created_at=now, due_at=now, state=State.DEAD)
    Job.objects.create(kind="k", title="T", fingerprint="f", created_at=now, state=JobState.FAILED)
    lines = figures().splitlines()
    assert 'kompetens_outbox_rows{state="waiting"} 2.0' in lines
    assert 'kompetens_outbox_rows{state="dead"} 1.0' in lines
    assert 'kompetens_jobs{state="failed"} 1.0' in lines
    [age] = [line for line in lines if line.startswith("kompetens_outbox_oldest_due_seconds ")]
    assert 600 <= float(age.split()[1]) < 700


def test_nothing_else_answers_at_the_probes_addresses() -> None:
    assert [one.route for one in addresses() if one.route.startswith("halsa")] == []
