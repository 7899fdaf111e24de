"""Sources by file: the same twice change nothing, and what was edited here is kept."""

from datetime import date
from pathlib import Path

import pytest

from courses.modules.library import load_library, read_library
from courses.sources.actions import Outcome
from courses.sources.models import LegalReference, Source
from tests.courses.modules.tiny import edit, write_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_module(tmp_path / "modules")


def loaded(folder: Path) -> dict[str, Outcome]:
    return dict(load_library(read_library(folder.parent)))


def test_sources_and_laws_arrive_the_new_law_before_the_old(folder: Path) -> None:
    assert loaded(folder) == {"bok": "new", "lag": "new", "lag-forr": "new"}
    law = LegalReference.objects.get(key="lag-forr")
    assert law.replaced_by == LegalReference.objects.get(key="lag")
    assert (law.valid_from, law.valid_to) == (date(2002, 1, 1), date(2025, 6, 30))
    assert Source.objects.get().reference == "Sidan 3"


def test_the_same_file_twice_changes_nothing(folder: Path) -> None:
    loaded(folder)
    assert set(loaded(folder).values()) == {Outcome.UNCHANGED}


def test_a_change_of_the_file_comes_in_and_an_edit_here_stays(folder: Path) -> None:
    loaded(folder)
    source = Source.objects.get()
    source.title = "En bättre bok"
    source.save()
    edit(folder, "../sources.yaml", "title: En bok", "title: En annan bok")
    edit(folder, "../sources.yaml", "paragraph: 9 §", "paragraph: 10 §")
    assert loaded(folder) == {"bok": "kept", "lag": "unchanged", "lag-forr": "updated"}
    assert Source.objects.get().title == "En bättre bok"
    assert LegalReference.objects.get(key="lag-forr").paragraph == "10 §"


def test_a_law_written_here_is_not_overwritten(folder: Path) -> None:
    LegalReference.objects.create(key="lag", act="egen", number="1", topic="Egen")
    assert loaded(folder)["lag"] == Outcome.KEPT
    assert LegalReference.objects.get(key="lag-forr").replaced_by.act == "egen"
