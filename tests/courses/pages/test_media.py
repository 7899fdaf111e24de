"""Uploaded files: for who is signed in, and never as a page that could do anything."""

from pathlib import Path

import pytest
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
