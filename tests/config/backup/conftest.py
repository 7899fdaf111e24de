"""A backup of the demo city, and the real commands over data of one's own."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.db import connection

from tests.program import ROOT, environment, manage

DAY = "2026-03-14"


class Installation(NamedTuple):
    """A data folder, and the database beside it unless that is SQLite's file inside."""

    data: Path
    url: str = ""

    def start(self, *arguments: str, largest_file: int | None = None) -> "subprocess.Popen[str]":
        """A management command; `largest_file` in bytes is as full as the disk may get."""
        limited = () if largest_file is None else ("prlimit", f"--fsize={largest_file}")
        return subprocess.Popen(
            [*limited, sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.data) | ({"DATABASE_URL": self.url} if self.url else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, largest_file: int | None = None) -> tuple[int, str]:
        """Exit code and output."""
        running = self.start(*arguments, largest_file=largest_file)
        said, _ = running.communicate()
        return running.returncode, said

    def killed(self, *arguments: str, at: str) -> None:
        """Run until a line holds `at`, and kill -9 there."""
        running = self.start(*arguments)
        assert running.stdout is not None
        assert any(at in line for line in running.stdout)
        running.send_signal(signal.SIGKILL)
        running.communicate()

    def figures(self, folder: Path) -> tuple[bytes, bytes]:
        """What export_status and export_summary write."""
        folder.mkdir()
        for command in ("export_status", "export_summary"):
            code, said = self.run(command, "--as-of", DAY, "--output", str(folder / command))
            assert code == 0, said
        return (folder / "export_status").read_bytes(), (folder / "export_summary").read_bytes()


@pytest.fixture(scope="module")
def source(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A copy of the demo city; its imports stand in the audit log."""
    return Installation(shutil.copytree(demo_data, tmp_path_factory.mktemp("source") / "data"))


@pytest.fixture(scope="module")
def backup(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the demo city."""
    folder = tmp_path_factory.mktemp("backup") / "one"
    manage(source.data, "backup", str(folder))
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation without tables, on the database the suite runs on."""
    data = tmp_path / "empty"
    data.mkdir()
    if connection.vendor == "sqlite":
        yield Installation(data)
        return
    name = f"restored_{uuid.uuid4().hex}"
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield Installation(data, f"{base}/{name}")
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def changed(backup: Path, tmp_path: Path) -> Callable[[str, bytes], Path]:
    """A copy of the backup with one file written anew."""

    def change(name: str, content: bytes) -> Path:
        copy = tmp_path / "changed"
        subprocess.run(["cp", "-a", backup, copy], check=True)
        (copy / name).write_bytes(content)
        return copy

    return change
