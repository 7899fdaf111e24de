"""A trainer and an administrator in the admin, and a storage of the test's own."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.modules.groundwork import lay_groundwork
from tests.courses.makers import signed_in
from tests.factories import person, trainer
from tracking.organisation.models import User


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def her() -> Client:
    lay_groundwork()
    return signed_in(trainer(person("lärare")))


@pytest.fixture
def administrator() -> Client:
    return signed_in(User.objects.create_superuser("administratör"))
