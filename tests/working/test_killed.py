"""`manage.py work` killed outright in the middle, and begun again: nothing lost, nothing twice."""

import os
import signal

import pytest

from tests.working.outside import Outside, heard

pytestmark = pytest.mark.slow
WORK = ("manage.py", "work")
EFFECTS = "SELECT session_key FROM django_session WHERE session_key LIKE 'tests-%%'"


def test_a_killed_workers_row_and_job_are_taken_up_again(outside: Outside) -> None:
    outside.put("tests.effect", key="tests-once", marker=str(outside.folder / "row"))
    job = outside.start_job("tests-slow", marker=str(outside.folder / "job"))
    both = [outside.run(*WORK), outside.run(*WORK)]
    for worker in both:  # one holds the row, the other one the job
        heard(worker, "hangs")
    assert outside.ask("SELECT state, phase, total FROM foundation_job") == [
        ("running", "Räknar", 10)
    ]
    for worker in both:
        worker.kill()
        worker.wait()
    assert outside.ask("SELECT count(*) FROM foundation_outboxrow") == [(2,)]

    again = outside.run(*WORK)
    heard(again, "effect", "job")
    # What is put while it works is done too; and then it is as if nothing had happened.
    outside.put("tests.effect", key="tests-after", marker="")
    heard(again, "effect")
    again.send_signal(signal.SIGTERM)
    assert again.wait(timeout=20) == 0

    assert sorted(outside.ask(EFFECTS)) == [("tests-after",), ("tests-once",)]
    assert outside.ask("SELECT state, outcome, done, total, result FROM foundation_job") == [
        ("done", "klart", 10, 10, f"jobs/{job}.txt")
    ]
    assert outside.ask("SELECT count(*) FROM foundation_outboxrow") == [(0,)]
    kept = outside.folder / "data" / "private" / "jobs"
    assert [(one.name, one.read_text()) for one in kept.iterdir()] == [(f"{job}.txt", "10")]


def test_a_worker_does_not_outlive_whoever_started_it(outside: Outside) -> None:
    watched, held = os.pipe()
    os.set_inheritable(watched, True)
    outside.start_job("tests-endless")
    worker = outside.run(*WORK, kept=(watched,), KOMPETENS_PARENT_PIPE=str(watched))
    os.close(watched)
    heard(worker, "endless")
    os.close(held)
    assert worker.wait(timeout=20) == 0
    # Asked to stop, it handed its job back at the next step: no failure, no crash.
    rows = outside.ask("SELECT state, attempts, crashes, holder FROM foundation_outboxrow")
    assert rows == [("waiting", 0, 0, None)]
