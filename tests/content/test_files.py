"""The modules in the repository are as the program itself writes them: a dump changes no byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.content.modules import FOLDER, all_modules

pytestmark = pytest.mark.django_db


def test_loaded_and_written_back_every_file_is_the_same(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    call_command("load_modules", stdout=StringIO())
    said, left_out = StringIO(), StringIO()
    slugs = [module.slug for module in all_modules()]
    call_command("dump_module", *slugs, to=FOLDER, check=True, stdout=said, stderr=left_out)
    assert left_out.getvalue() == ""
