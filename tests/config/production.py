"""The production settings as another process reads them: these tests run under their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.env import ROOT

SHOWN = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))
"""


def environment(data: Path, **more: str) -> dict[str, str]:
    """What production must be given, and nothing of what these tests are."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return (
        kept
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "DATA_DIR": str(data),
            "SECRET_KEY": "long-enough-and-random-enough-for-the-check-of-django-0123456789",
            "ALLOWED_HOSTS": "kompetens.example",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        }
        | more
    )


def run(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in production's surroundings."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        check=False,
    )


def production_settings(data: Path, *names: str, **more: str) -> dict[str, Any]:
    """What these settings are in production."""
    done = run(data, "-c", SHOWN % (names,), **more)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
