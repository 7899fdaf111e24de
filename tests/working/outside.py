"""A database that other processes see too, and workers over it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils import timezone

from foundation.jobs.actions import RUN_JOB
from foundation.jobs.models import Job
from foundation.outbox import OutboxRow

ROOT = Path(__file__).resolve().parents[2]
# Every worker's own; longer than a busy machine takes to get from one line to the next.
LEASE = "3"


class Outside:
    """The test's database outside the test's transaction, with its committed rows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database: BaseDatabaseWrapper = connection.copy()
        if connection.vendor == "sqlite":
            file = folder / "worker.sqlite3"
            # Not backup(): that waits for the test's own transaction to end.
            file.write_bytes(connection.connection.serialize())
            self.database.settings_dict["NAME"] = str(file)
            self.url = f"sqlite:///{file}"
        else:
            given = connection.settings_dict
            self.url = (
                f"postgresql://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
            )
        self._workers: list[subprocess.Popen[bytes]] = []

    def put(self, task: str, **arguments: object) -> int:
        now = timezone.now()
        return self._insert(OutboxRow(task=task, arguments=arguments, created_at=now, due_at=now))

    def start_job(self, kind: str, **arguments: object) -> UUID:
        job = Job(kind=kind, title=kind, arguments=arguments, created_at=timezone.now())
        job.fingerprint = str(job.public_id)
        pk = self._insert(job)
        now = timezone.now()
        key = str(job.public_id)
        row = OutboxRow(task=RUN_JOB, key=key, arguments={"job": pk}, created_at=now, due_at=now)
        self._insert(row)
        return job.public_id

    def _insert(self, row: Model) -> int:
        fields = [field for field in row._meta.concrete_fields if not field.primary_key]
        names = ", ".join(f'"{field.column}"' for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        values = [
            field.get_db_prep_save(field.pre_save(row, True), self.database) for field in fields
        ]
        table = row._meta.db_table
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING id'
        return int(self.ask(sql, values)[0][0])

    def ask(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        with self.database.cursor() as cursor:
            cursor.execute(sql, values or [])
            return cursor.fetchall() if cursor.description else []

    def environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        return os.environ | {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": "tests.working.settings",
            "PYTHONPATH": path,
            "WORK_LEASE_SECONDS": LEASE,
        }

    def run(
        self, *command: str, kept: tuple[int, ...] = (), **more: str
    ) -> "subprocess.Popen[bytes]":
        """A process of its own; what it says on standard output can be waited for."""
        worker = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment() | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            pass_fds=kept,
            start_new_session=True,
        )
        self._workers.append(worker)
        return worker

    def close(self) -> None:
        for worker in self._workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
            worker.communicate()
        for table in ("foundation_outboxrow", "foundation_job"):
            self.ask(f'DELETE FROM "{table}"')
        self.ask("DELETE FROM django_session WHERE session_key LIKE 'tests-%%'")
        self.database.close()
        shutil.rmtree(self.folder / "data", ignore_errors=True)


def heard(worker: "subprocess.Popen[bytes]", *words: str) -> list[str]:
    """The worker's next lines, until all these words have been among them, or it ends."""
    assert worker.stdout is not None
    lines: list[str] = []
    while not set(words) <= set(lines):
        line = worker.stdout.readline()
        if not line:
            raise AssertionError(f"The worker ended after {lines}")
        lines.append(line.decode().strip())
    return lines
