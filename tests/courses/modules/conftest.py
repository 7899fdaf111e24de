"""The tiny module, and what loading it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from courses.modules.loader import load_module
from courses.modules.reading import read_module
from courses.modules.report import Fate
from tests.courses.modules.tiny import write_module

Loaded = dict[str, list[str]]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return write_module(tmp_path / "modules")


@pytest.fixture
def load(folder: Path) -> Callable[[], Loaded]:
    """Loads the tiny module; gives the names of its things by what became of them."""

    def run() -> Loaded:
        with translation.override("en"):
            fates = load_module(read_module(folder), now=timezone.now()).fates
        return {
            str(fate): [name for name, one in fates if one is fate]
            for fate in Fate
            if any(one is fate for _name, one in fates)
        }

    return run
