"""What is drilled: production on loopback, and the embedded default."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

from tests.faults.learners import Site
from tests.faults.services import ROOT, Service, free_port, listens, ready
from tests.postgres import binaries

HOST = "kompetens.example"
LEASE_SECONDS = "3"
# What PostgreSQL was told to commit stands after its own death; the machine's is not drilled.
DATABASE = {"fsync": "off", "listen_addresses": "127.0.0.1", "max_connections": "60"}


class Stack:
    """The services by name, in the order they start, and how to ask and to look inside."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.services: dict[str, Service] = {}
        self.site: Site | None = None

    def add(self, name: str, *command: str, **more: Any) -> Service:
        """A service of this stack; its environment is the stack's unless given."""
        service = Service(
            name,
            list(command),
            log=self.folder / f"{name}.log",
            environment=more.pop("environment", self.environment),
            **more,
        )
        self.services[name] = service
        return service

    def run(self, *arguments: str) -> str:
        """Run Python in this stack's surroundings; gives what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}:\n{done.stderr[-4000:]}")
        return done.stdout

    def prepare(self, people: int, ports: list[int], *, https: bool) -> None:
        """Tables, the course, the people."""
        self.run("manage.py", "migrate", "--verbosity=0")
        found = json.loads(self.run("-m", "tests.faults.prepare", str(people)))
        cookie = "__Host-csrftoken" if https else "csrftoken"
        host = HOST if https else f"127.0.0.1:{ports[0]}"
        self.site = Site(ports, host, https, found["page"], found["key"], cookie)

    def begin(self) -> None:
        """Start what does not run yet, and wait until all of it answers."""
        for service in self.services.values():
            if service.process is None:
                service.start()
        for service in self.services.values():
            service.wait()

    def end(self) -> None:
        """Everything dies."""
        for service in reversed(self.services.values()):
            service.kill()


def _environment(folder: Path, settings: str, **more: str) -> dict[str, str]:
    """Of what surrounds this process only what any process needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATA_DIR": str(folder),
        "TMPDIR": str(folder),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "PYTHONUNBUFFERED": "1",
        "WORK_LEASE_SECONDS": LEASE_SECONDS,
        **more,
    }


@contextmanager
def production(people: int) -> Iterator[Stack]:
    """Within: PostgreSQL, Redis, two gunicorn, two Celery workers and beat, all answering."""
    folder = Path(mkdtemp(prefix="kompetens-faults-"))
    folder.chmod(0o755)
    database, redis, webs = free_port(), free_port(), [free_port(), free_port()]
    environment = _environment(
        folder,
        "tests.faults.settings_production",
        SECRET_KEY=secrets.token_urlsafe(60),
        ALLOWED_HOSTS=HOST,
        DATABASE_URL=f"postgresql://postgres@127.0.0.1:{database}/postgres",
        DATABASE_WAIT_SECONDS="3",
        REDIS_URL=f"redis://127.0.0.1:{redis}/1",
        BROKER_URL=f"redis://127.0.0.1:{redis}/0",
        EMAIL_URL="dummy://",
        METRICS_TOKEN=secrets.token_urlsafe(30),
    )
    stack = Stack(folder, environment)
    try:
        _add_postgresql(stack, database)
        stack.add(
            "redis",
            "redis-server",
            f"--port {redis}",
            "--bind 127.0.0.1",
            "--save ''",
            f"--dir {folder}",
            answers=lambda: listens(redis),
        )
        stack.begin()
        stack.prepare(people, webs, https=True)
        stack.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        for number, port in enumerate(webs, start=1):
            stack.add(
                f"web-{number}",
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi:application",
                "--config=python:config.gunicorn",
                f"--bind=127.0.0.1:{port}",
                "--workers=2",
                answers=lambda port=port: ready(port),
            )
        celery = [sys.executable, "-m", "celery", "--app=config.celery"]
        for number in (1, 2):
            stack.add(
                f"worker-{number}",
                *celery,
                "worker",
                "--concurrency=1",
                f"--hostname=worker-{number}@drill",
                "--loglevel=WARNING",
            )
        stack.add(
            "beat",
            *celery,
            "beat",
            f"--pidfile={folder}/beat.pid",
            before=lambda: (folder / "beat.pid").unlink(missing_ok=True),
        )
        stack.begin()
        yield stack
    finally:
        stack.end()
        shutil.rmtree(folder, ignore_errors=True)


def _add_postgresql(stack: Stack, port: int) -> None:
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed (Debian: apt install postgresql).")
    owner = "postgres" if os.geteuid() == 0 else None
    folder = stack.folder / "postgresql"
    folder.mkdir()
    if owner:
        shutil.chown(folder, owner, owner)
    subprocess.run(
        [
            str(programs / "initdb"),
            f"--pgdata={folder}/data",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        cwd=folder,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    given = DATABASE | {"port": str(port), "unix_socket_directories": str(folder)}

    def answers() -> bool:
        try:
            psycopg.connect(
                f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            return False
        return True

    service = stack.add(
        "postgresql",
        str(programs / "postgres"),
        f"-D{folder}/data",
        *(f"--{name}={value}" for name, value in given.items()),
        answers=answers,
        user=owner,
    )
    service.log = folder / "log"


@contextmanager
def embedded(people: int) -> Iterator[Stack]:
    """Within: `manage.py serve`, with the web process and `manage.py work` as its children."""
    folder = Path(mkdtemp(prefix="kompetens-faults-"))
    port = free_port()
    stack = Stack(folder, _environment(folder, "tests.faults.settings_embedded"))
    try:
        stack.prepare(people, [port], https=False)
        stack.add(
            "serve",
            sys.executable,
            "manage.py",
            "serve",
            "--no-demo",
            f"--port={port}",
            answers=lambda: ready(port),
        )
        stack.begin()
        yield stack
    finally:
        stack.end()
        shutil.rmtree(folder, ignore_errors=True)
