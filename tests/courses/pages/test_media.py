"""Uploaded files: for who is signed in, and never as a page that could do anything."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from tests.courses.makers import make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "bilder").mkdir(parents=True)
    (tmp_path / "media" / "bilder" / "linje.svg").write_text("<svg><script>1</script></svg>")
    (tmp_path / "secret-key").write_text("hemlig")
    return tmp_path / "media"


def test_a_file_comes_sandboxed_and_is_not_guessed_at(media: Path) -> None:
    response = signed_in(make_user()).get("/media/bilder/linje.svg")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy


def test_nobody_reads_it_without_signing_in(media: Path) -> None:
    assert Client().get("/media/bilder/linje.svg").status_code == 302


@pytest.mark.parametrize(
    "path", ["", "bilder/", "borta.svg", "../secret-key", "%2e%2e/secret-key", "bilder/../../x"]
)
def test_nothing_else_is_served(media: Path, path: str) -> None:
    response = signed_in(make_user()).get(f"/media/{path}")
    assert response.status_code in (302, 400, 404)
    assert b"hemlig" not in b"".join(response)


def test_it_is_only_read(media: Path) -> None:
    assert signed_in(make_user()).post("/media/bilder/linje.svg").status_code == 405


FILM = bytes(range(256)) * 40


@pytest.fixture(params=["disk", "bucket"])
def film(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> str:
    """A film in either storage; gives its address."""
    default = {"BACKEND": "foundation.storages.MediaOnDisk", "OPTIONS": {"location": tmp_path}}
    if request.param == "bucket":
        given = request.getfixturevalue("bucket")
        default = {"BACKEND": "foundation.bucket.MediaInBucket", "OPTIONS": given}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    name = default_storage.save("film/intro.mp4", ContentFile(FILM))
    address: str = default_storage.url(name)
    return address


def test_the_address_is_our_own_whatever_the_storage(film: str) -> None:
    assert film.startswith("/media/film/intro")
    assert "127.0.0.1" not in film
    assert Client().get(film).status_code == 302


def test_the_whole_film(film: str) -> None:
    response = signed_in(make_user()).get(film)
    assert (response.status_code, b"".join(response)) == (200, FILM)
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(FILM))
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, 10239),
        ("bytes=-10", 10230, 10239),
        ("bytes=10000-99999", 10000, 10239),
        ("bytes=-99999", 0, 10239),
    ],
)
def test_a_part_of_the_film(film: str, asked: str, first: int, last: int) -> None:
    response = signed_in(make_user()).get(film, headers={"range": asked})
    assert b"".join(response) == FILM[first : last + 1]
    if (first, last) == (0, 10239):
        assert response.status_code == 200
    else:
        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes {first}-{last}/10240"


def test_parts_that_are_not_there(film: str) -> None:
    client = signed_in(make_user())
    for asked in ("bytes=10240-", "bytes=-0"):
        response = client.get(film, headers={"range": asked})
        assert (response.status_code, response["Content-Range"]) == (416, "bytes */10240")
    for asked in ("bytes=5-1", "bytes=0-1,5-6", "lines=1-2", "bytes=-"):
        assert client.get(film, headers={"range": asked}).status_code == 200
    old = {"range": "bytes=0-1", "if-range": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert client.get(film, headers=old).status_code == 200


def test_what_is_asked_about_again_is_not_sent_again(film: str) -> None:
    client = signed_in(make_user())
    first = client.get(film)
    again = client.get(film, headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 304


def test_nothing_beside_the_media_is_reached(film: str) -> None:
    client = signed_in(make_user())
    for path in (
        "/media/film/borta.mp4",
        "/media/../private/x",
        "/media/film/../../x",
        "/media/film/",
    ):
        assert client.get(path).status_code in (400, 404)
