"""Production never starts on a database where the demo city was loaded."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.checks import (
    DEMO_ACCOUNTS_EXIST,
    no_demo_accounts_in_production,
    refuse_demo_accounts,
)
from config.env import ROOT
from tracking.organisation.models import User


@pytest.mark.django_db
def test_production_refuses_a_database_with_demo_accounts(settings: Any) -> None:
    settings.DEMO = False
    User.objects.create_user("anna")
    refuse_demo_accounts()
    assert no_demo_accounts_in_production() == []
    User.objects.create_user("medarbetare", is_demo=True)
    with pytest.raises(ImproperlyConfigured):
        refuse_demo_accounts()
    assert [error.id for error in no_demo_accounts_in_production()] == [DEMO_ACCOUNTS_EXIST]


@pytest.mark.django_db
def test_the_demo_itself_starts_with_them(settings: Any) -> None:
    settings.DEMO = True
    User.objects.create_user("medarbetare", is_demo=True)
    refuse_demo_accounts()
    assert no_demo_accounts_in_production() == []


@pytest.mark.django_db
def test_production_refuses_to_load_the_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Exception, match=r"(?i)demo"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_production_without_a_secret_says_what_is_missing(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"SECRET_KEY"}
    } | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr
