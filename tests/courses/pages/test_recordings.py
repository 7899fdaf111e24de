"""Film and sound: files judged by what they hold, captions and transcript before publishing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from courses.pages.blocks.films import AudioBlock, FilmBlock
from courses.pages.checks.page import PublishingRefused, refuse_what_blocks
from courses.pages.models import LessonPage
from courses.pages.recordings import is_webvtt
from foundation.intervals import today
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(64)
WEBM = b"\x1a\x45\xdf\xa3" + bytes(64)
MP3 = b"ID3\x04" + bytes(64)
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHej på dig.\n".encode()
SAID = "<p>Hej på dig.</p>"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def document(content: bytes, name: str) -> AbstractDocument:
    made: AbstractDocument = get_document_model()(title=name)
    made.file = ContentFile(content, name=name)
    made.save()
    return made


def film(content: bytes = MP4, captions: bytes | None = VTT, said: str = SAID) -> dict[str, Any]:
    return {
        "title": "Samtalet",
        "film": document(content, "film.mp4"),
        "captions": None if captions is None else document(captions, "film.vtt"),
        "transcript": said,
        "poster": None,
    }


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        (VTT, True),
        (b"\xef\xbb\xbf" + VTT, True),
        (VTT.replace(b"WEBVTT", b"WEBVTT - svenska"), True),
        (b"1\n00:00:00,000 --> 00:00:02,000\nSRT\n", False),
        (b"WEBVTTX\n\n00:00.000 --> 00:02.000\nHej\n", False),
        (b"WEBVTT\n\n", False),
        ("WEBVTT\n\n00:00.000 --> 00:02.000\nPå\n".encode("latin-1"), False),
        (b"WEBVTT\n" + b"x" * 2_000_001, False),
        (b"", False),
    ],
)
def test_captions_are_webvtt_with_a_line_of_time(content: bytes, fits: bool) -> None:
    assert is_webvtt(content) == fits


@pytest.mark.parametrize(
    ("content", "captions", "wrong"),
    [
        (MP4, VTT, ""),
        (WEBM, None, ""),
        (b"<script>alert(1)</script>", VTT, "film"),
        (MP3, VTT, "film"),
        (b"", VTT, "film"),
        (MP4, b"<html>", "captions"),
    ],
)
def test_a_file_that_no_player_shows_is_refused_at_its_field(
    content: bytes, captions: bytes | None, wrong: str
) -> None:
    block = FilmBlock()
    value = block.normalize(film(content, captions))
    if not wrong:
        block.clean(value)
        return
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert list(refused.value.block_errors) == [wrong]


@pytest.mark.parametrize(
    ("content", "fits"),
    [(MP3, True), (b"\xff\xfb\x90\x00", True), (b"OggS", True), (MP4, True), (WEBM, False)],
)
def test_sound_is_judged_by_what_it_holds(content: bytes, fits: bool) -> None:
    block = AudioBlock()
    file = document(content, "ljud.mp3")
    value = block.normalize({"title": "Rösten", "audio": file, "transcript": SAID})
    if fits:
        block.clean(value)
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


def test_a_file_that_is_gone_is_refused_and_not_an_error(tmp_path: Path) -> None:
    value = FilmBlock().normalize(film())
    (tmp_path / value["film"].file.name).unlink()
    with pytest.raises(ValidationError):
        FilmBlock().clean(value)


def lesson_with(kind: str, value: dict[str, Any]) -> LessonPage:
    made = make_lesson(make_course(lessons=0), body=[screen("Filmen", (kind, value))])
    return LessonPage.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    ("kind", "value", "missing"),
    [
        ("film", {}, []),
        ("film", {"captions": None}, ["The film has no captions."]),
        ("film", {"said": ""}, ["The film has no transcript."]),
        ("audio", {}, []),
        ("audio", {"said": ""}, ["The recording has no transcript."]),
    ],
)
def test_a_draft_may_lack_what_nothing_is_published_without(
    kind: str, value: dict[str, Any], missing: list[str]
) -> None:
    whole = film(**value)
    if kind == "audio":
        said = whole["transcript"]
        whole = {"title": "Rösten", "audio": document(MP3, "a.mp3"), "transcript": said}
    lesson = lesson_with(kind, whole)
    lesson.save_revision()
    with translation.override("en"):
        try:
            refuse_what_blocks(lesson, on=today())
            found: list[str] = []
        except PublishingRefused as refused:
            found = refused.messages
    assert found == missing


def test_a_film_plays_from_here_with_captions_for_who_is_signed_in() -> None:
    value = film()
    lesson = lesson_with("film", value)
    reader = signed_in(make_user())
    response = reader.get(lesson.url)
    page = response.content.decode()
    address = value["film"].file.url
    assert f'src="{address}"' in page
    captions = value["captions"].file.url
    assert f'srclang="sv" label="Svensk text" src="{captions}"' in page
    assert "Hej på dig." in page
    assert "media-src 'self'" in response["Content-Security-Policy"]
    part = reader.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert reader.get(captions)["Content-Type"].startswith("text/vtt")
    assert Client().get(address).status_code == 302
