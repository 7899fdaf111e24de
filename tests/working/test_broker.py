"""The same rows through a real broker and a real Celery worker; once, on SQLite."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from celery import current_app
from kombu import pools

from foundation.outbox import OutboxRow, put
from foundation.working import hand_over, messenger, sweep_outbox
from tests.redis_server import throwaway_redis
from tests.working import tasks as _tasks  # noqa: F401  (known here as to the worker)
from tests.working.outside import LEASE, Outside, heard

pytestmark = pytest.mark.browser
CELERY = ("-m", "celery", "--app=config", "worker", "--concurrency=1", "--loglevel=error")
Use = Callable[[str], None]


def _forget_connections() -> None:
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None


@pytest.fixture
def use_broker(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """Makes this process hand its rows to the broker of an address."""
    before = current_app.conf.broker_url

    def use(url: str) -> None:
        settings.BROKER_URL = url
        current_app.conf.broker_url = url
        _forget_connections()
        monkeypatch.setattr("foundation.working._broker_away_until", 0.0)

    yield use
    current_app.conf.broker_url = before
    _forget_connections()


def test_a_worker_killed_a_message_lost_and_one_that_comes_twice(
    outside: Outside, use_broker: Use
) -> None:
    with throwaway_redis() as redis:
        use_broker(redis.url())
        first = outside.run(*CELERY, BROKER_URL=redis.url())
        killed = outside.put("tests.effect", key="tests-killed", marker=str(outside.folder / "row"))
        assert hand_over(OutboxRow(pk=killed, task="tests.effect"))
        heard(first, "hangs")
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()

        twice = outside.put("tests.effect", key="tests-twice", marker="")
        for _delivery in range(2):
            assert hand_over(OutboxRow(pk=twice, task="tests.effect"))
        # This one's message was never sent, and the first one's died with its worker.
        outside.start_job("tests-slow", marker=str(outside.folder / "job"))
        (outside.folder / "job").touch()
        sweep_outbox.apply_async(countdown=float(LEASE) + 1)
        second = outside.run(*CELERY, BROKER_URL=redis.url())
        lines = heard(second, "effect", "job")
        while lines.count("effect") < 2:
            lines += heard(second, "effect")
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=30) == 0
    rest = second.stdout.read().decode().split() if second.stdout else []
    assert (lines + rest).count("effect") == 2
    keys = outside.ask("SELECT session_key FROM django_session WHERE session_key LIKE 'tests-%%'")
    assert sorted(keys) == [("tests-killed",), ("tests-twice",)]
    assert outside.ask("SELECT state, outcome FROM foundation_job") == [("done", "klart")]
    assert outside.ask("SELECT count(*) FROM foundation_outboxrow") == [(0,)]


@pytest.mark.django_db
def test_without_its_broker_a_request_loses_nothing_and_waits_for_nothing(
    free_port: int,
    use_broker: Use,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    use_broker(f"redis://127.0.0.1:{free_port}/0")
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        for key in ("a", "b", "c"):
            put("foundation.tidy_jobs", key=key)
    assert time.monotonic() - began < 1
    messenger.wait()
    assert OutboxRow.objects.filter(state="waiting", handed_at__isnull=False).count() == 3
