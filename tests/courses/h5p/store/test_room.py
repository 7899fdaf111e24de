"""How much one person's uploads may hold, and what of the disk they never fill."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.h5p.store.actions import approve_library, delete_content
from courses.h5p.store.models import H5PContent, H5PTree
from courses.h5p.store.room import NoRoom, held_by
from courses.h5p.store.trees import GRACE, sweep
from courses.modules.groundwork import lay_groundwork
from tests.courses.h5p.packages import make_package
from tests.courses.h5p.store.makers import NOW, bring
from tests.courses.makers import make_user, signed_in
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def her() -> User:
    return make_user("lärare")


def film(folder: Path, name: str, size: int) -> Path:
    """A package whose content holds a film of so many bytes, of its own."""
    held = name.encode().ljust(size, b"0")
    return make_package(folder, {"content/film.mp4": held}, name=f"{name}.h5p", title=name)


def test_what_somebody_brought_is_reckoned_once_whoever_brings_it_again(
    her: User, tmp_path: Path
) -> None:
    first = bring(film(tmp_path, "a", 1000), actor=her)
    (library,) = first.brought
    assert held_by(her) == first.version.size + library.size
    bring(film(tmp_path, "a", 1000), actor=her)
    other = make_user("annan")
    bring(film(tmp_path, "a", 1000), actor=other)
    assert (held_by(her), held_by(other)) == (first.version.size + library.size, 0)
    approve_library(library=library, actor=None, now=NOW)
    assert held_by(her) == first.version.size


def test_up_to_the_last_byte_and_not_beyond(her: User, tmp_path: Path, settings: Any) -> None:
    came = bring(film(tmp_path, "a", 100), actor=her)
    settings.H5P_PERSON_MB = 1
    left = MEGABYTE - held_by(her)
    around = came.version.size - 100  # of a content's bytes all but the film
    with pytest.raises(NoRoom):
        bring(film(tmp_path, "b", left - around + 1), actor=her)
    assert H5PContent.objects.count() == 1
    assert H5PTree.objects.filter(whole_at=None).count() == 0
    bring(film(tmp_path, "c", left - around), actor=her)
    assert held_by(her) == MEGABYTE
    with pytest.raises(NoRoom):
        bring(film(tmp_path, "d", 0), actor=her)
    # What is there already takes no room, others have their own, and the command line has all.
    bring(film(tmp_path, "a", 100), actor=her)
    bring(film(tmp_path, "d", 0), actor=make_user("annan"))
    bring(film(tmp_path, "e", MEGABYTE))


def test_what_is_deleted_counts_until_its_files_are_gone(
    her: User, tmp_path: Path, settings: Any
) -> None:
    came = bring(film(tmp_path, "a", MEGABYTE // 2), actor=her)
    settings.H5P_PERSON_MB = 1
    delete_content(content=came.content, actor=her, now=NOW)
    with pytest.raises(NoRoom):
        bring(film(tmp_path, "b", MEGABYTE // 2), actor=her)
    later = NOW + GRACE + timedelta(days=1)
    sweep(now=later)
    bring(film(tmp_path, "b", MEGABYTE // 2), actor=her, now=later)


def test_an_upload_that_was_broken_off_counts_too(
    her: User, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    settings.H5P_PERSON_MB = 1
    with monkeypatch.context() as dying:
        dying.setattr(type(default_storage._wrapped), "put", die)  # type: ignore[attr-defined]
        with pytest.raises(KeyboardInterrupt):
            bring(film(tmp_path, "a", MEGABYTE // 2), actor=her)
    with pytest.raises(NoRoom):
        bring(film(tmp_path, "b", MEGABYTE // 2), actor=her)
    bring(film(tmp_path, "a", MEGABYTE // 2), actor=her)


def test_the_last_of_the_disk_is_left_alone(
    her: User, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = settings.H5P_FREE_MB * MEGABYTE
    came = bring(film(tmp_path, "a", 1), actor=her)
    storage = type(default_storage._wrapped)  # type: ignore[attr-defined]
    monkeypatch.setattr(storage, "free", lambda _self: left + came.version.size + 98)
    with pytest.raises(NoRoom) as refused:
        bring(film(tmp_path, "b", 100), actor=her)
    assert refused.value.of_disk
    bring(film(tmp_path, "b", 99), actor=her)
    monkeypatch.setattr(storage, "free", lambda _self: None)
    bring(film(tmp_path, "c", 1000), actor=her)


def test_the_disk_that_uploads_lie_on_is_asked(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert default_storage._wrapped.free() > 0  # type: ignore[attr-defined]


def test_both_refusals_are_said_where_one_uploads(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_groundwork()
    client = signed_in(trainer(person("lärare")))

    def upload() -> Any:
        file = SimpleUploadedFile("a.h5p", film(tmp_path, "a", 2 * MEGABYTE).read_bytes())
        return client.post(reverse("h5p_upload"), {"packages": [file]})

    settings.H5P_PERSON_MB = 1
    full = upload()
    assert full.status_code == 400
    assert "mer än 1,0\xa0MB" in full.text
    settings.H5P_PERSON_MB = 5000
    monkeypatch.setattr(type(default_storage._wrapped), "free", lambda _self: 0)  # type: ignore[attr-defined]
    full = upload()
    assert full.status_code == 400
    assert "Det finns inte plats" in full.text
    assert not H5PContent.objects.exists()
