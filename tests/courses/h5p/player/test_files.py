"""The files that the frame loads: those of the content and of approved libraries, and no others."""

import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from courses.h5p.player.tokens import PERIOD
from courses.h5p.player.views import FOR_EVER, frame_address
from courses.h5p.store.models import H5PVersion, LibraryState
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user, signed_in

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TEXT = "".join(f"var part{at} = (väg) => väg + {at};\n" for at in range(5_000))
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NOT_LISTED = (
    "",
    ".",
    "..",
    "hidden.js",
    "thing.js/",
    "./thing.js",
    "x/../thing.js",
    "../thing.js",
    "%2e%2e/thing.js",
    "..%2fthing.js",
    "..\\thing.js",
    "thing.js\0",
    "//thing.js",
    "THING.JS",
)


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def content_address(version: H5PVersion, path: str) -> str:
    return f"{frame_address(version, timezone.now())}{path}"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_of_a_library_is_everybody_s_and_kept_for_ever() -> None:
    library = store_library(files={"thing.js": "var a = 1;", "bild.svg": SVG})
    stranger, known = Client(), signed_in(make_user("anna"))
    for client in (stranger, known):
        answer = client.get(f"/h5p/bibliotek/{library.sha256}/thing.js")
        assert body(answer) == b"var a = 1;"
        assert answer["Content-Type"] == "text/javascript"
        assert answer["Cache-Control"] == FOR_EVER == "public, max-age=31536000, immutable"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Vary"] == "Accept-Encoding"


def test_opened_by_itself_a_file_can_run_nothing() -> None:
    library = store_library(files={"bild.svg": SVG, "sida.html": "<script>alert(1)</script>"})
    version = store_version([library], files={"images/x.svg": SVG})
    addresses = [
        f"/h5p/bibliotek/{library.sha256}/bild.svg",
        f"/h5p/bibliotek/{library.sha256}/sida.html",
        content_address(version, "images/x.svg"),
    ]
    answers = [Client().get(one) for one in addresses]
    assert [one["Content-Security-Policy"] for one in answers] == [POLICY] * 3
    assert [one["X-Frame-Options"] for one in answers] == ["DENY"] * 3


@pytest.mark.parametrize("state", [LibraryState.WAITING, LibraryState.BLOCKED])
def test_no_file_of_a_library_that_is_not_approved_is_served(state: LibraryState) -> None:
    library = store_library(files={"thing.js": "1"})
    where = f"/h5p/bibliotek/{library.sha256}/thing.js"
    assert Client().get(where).status_code == 200
    library.state = state
    library.save()
    assert Client().get(where).status_code == 404
    assert Client().head(where).status_code == 404


@pytest.mark.parametrize("path", NOT_LISTED)
def test_only_what_is_listed_is_served_however_it_is_asked_for(path: str) -> None:
    library = store_library(files={"thing.js": "1"})
    version = store_version([library], files={"thing.js": "1"})
    # There, but in no list.
    default_storage.save(f"{library.tree.address}/hidden.js", ContentFile(b"1"))
    default_storage.save(f"{version.tree.address}/hidden.js", ContentFile(b"1"))
    for where in (f"/h5p/bibliotek/{library.sha256}/{path}", content_address(version, path)):
        if path:
            assert Client().get(where).status_code in (400, 404)


def test_a_library_s_fingerprint_is_no_way_to_a_content_nor_the_other_way() -> None:
    library = store_library(files={"thing.js": "1"})
    version = store_version([library], files={"mine.jpg": b"1"})
    assert Client().get(f"/h5p/bibliotek/{version.tree.sha256}/mine.jpg").status_code == 404
    assert Client().get(content_address(version, "thing.js")).status_code == 404


def test_a_token_opens_its_own_version_only() -> None:
    library = store_library()
    mine = store_version([library], files={"mine.jpg": b"1"})
    other = store_version([library], {"other": 1}, files={"other.jpg": b"1"})
    assert Client().get(content_address(mine, "mine.jpg")).status_code == 200
    assert Client().get(content_address(mine, "other.jpg")).status_code == 404
    assert Client().get(content_address(other, "other.jpg")).status_code == 200


def test_a_file_of_a_content_is_kept_for_as_long_as_its_address_holds() -> None:
    version = store_version([store_library()], files={"film.mp4": b"0123456789"})
    where = content_address(version, "film.mp4")
    for client in (Client(), signed_in(make_user("anna"))):
        answer = client.get(where)
        kept = answer["Cache-Control"].split(", ")
        assert (kept[0], kept[2]) == ("private", "immutable")
        seconds = int(kept[1].removeprefix("max-age="))
        assert PERIOD.total_seconds() - 5 <= seconds <= 2 * PERIOD.total_seconds()
    old = frame_address(version, timezone.now() - 2 * PERIOD - timedelta(minutes=1))
    assert Client().get(f"{old}film.mp4").status_code == 404


def test_film_is_sent_in_parts() -> None:
    version = store_version([store_library()], files={"film.mp4": b"0123456789"})
    where = content_address(version, "film.mp4")
    part = Client().get(where, headers={"Range": "bytes=2-4"})
    assert (part.status_code, body(part)) == (206, b"234")
    assert part["Content-Range"] == "bytes 2-4/10"
    assert part["Content-Type"] == "video/mp4"
    assert part["Access-Control-Allow-Origin"] == "*"
    beyond = Client().get(where, headers={"Range": "bytes=20-"})
    assert beyond.status_code == 416
    # Or a proxy could be made to give it to everybody.
    assert beyond["Cache-Control"] == "no-store"
    head = Client().head(where)
    assert (head.status_code, head["Content-Length"], body(head)) == (200, "10", b"")


@pytest.mark.parametrize("name", ["thing.js", "thing.css", "library.json", "bild.svg"])
def test_text_is_sent_compressed_to_whoever_takes_it_so_and_to_nobody_else(name: str) -> None:
    library = store_library(
        files={"thing.js": TEXT, "thing.css": TEXT, "bild.svg": TEXT}, description=TEXT
    )
    where = f"/h5p/bibliotek/{library.sha256}/{name}"
    plain = Client().get(where)
    whole = body(plain)
    packed = Client().get(where, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    sent = body(packed)
    assert gzip.decompress(sent) == whole
    assert packed["Content-Encoding"] == "gzip"
    assert not packed.has_header("Content-Length")  # not known before it is sent
    assert not packed.has_header("Accept-Ranges")
    for taken in ("identity", "br", "gzip;q=0, br", "br, gzip; q=0.000"):
        other = Client().get(where, headers={"Accept-Encoding": taken})
        assert (body(other), other["Content-Length"]) == (whole, str(len(whole)))
        assert not other.has_header("Content-Encoding")
    for answer in (plain, packed, other):
        assert answer["Vary"] == "Accept-Encoding"
        assert answer["Content-Type"] == plain["Content-Type"]
        assert answer["Cache-Control"] == FOR_EVER
        assert answer["Last-Modified"] == plain["Last-Modified"]


def test_large_text_weighs_less_and_short_text_is_left_alone() -> None:
    library = store_library(files={"thing.js": TEXT, "short.js": "var a = 1;"})
    large, short = (
        Client().get(f"/h5p/bibliotek/{library.sha256}/{name}", headers=GZIP)
        for name in ("thing.js", "short.js")
    )
    assert len(body(large)) < len(TEXT) / 2
    assert (body(short), short["Content-Length"]) == (b"var a = 1;", "10")
    assert not short.has_header("Content-Encoding")


def test_whether_a_compressed_file_is_there_and_has_changed_is_answered_alike() -> None:
    library = store_library(files={"thing.js": TEXT})
    where = f"/h5p/bibliotek/{library.sha256}/thing.js"
    got = Client().get(where, headers=GZIP)
    head = Client().head(where, headers=GZIP)
    assert (head.status_code, body(head)) == (200, b"")
    own = dict.fromkeys(("X-Request-ID", "Date"))
    assert {**head.headers, **own} == {**got.headers, **own}
    known = {"If-Modified-Since": got["Last-Modified"]}
    for headers in (known, known | GZIP):
        same = Client().get(where, headers=headers)
        assert (same.status_code, body(same)) == (304, b"")
        assert same["Vary"] == "Accept-Encoding"
        assert not same.has_header("Content-Encoding")


def test_a_part_of_a_text_is_of_the_text_as_it_is() -> None:
    version = store_version([store_library()], files={"text.vtt": TEXT})
    where = content_address(version, "text.vtt")
    part = Client().get(where, headers=GZIP | {"Range": "bytes=2-301"})
    assert (part.status_code, body(part)) == (206, TEXT.encode()[2:302])
    assert part["Content-Length"] == "300"
    assert not part.has_header("Content-Encoding")
    beyond = Client().get(where, headers=GZIP | {"Range": "bytes=900000-"})
    assert (beyond.status_code, beyond.has_header("Content-Encoding")) == (416, False)
    assert part["Vary"] == beyond["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["film.mp4", "ljud.m4a", "bild.jpg", "bild.png", "a.woff2"])
def test_what_is_compressed_already_is_sent_as_it_is(name: str) -> None:
    version = store_version([store_library()], files={name: TEXT})
    answer = Client().get(content_address(version, name), headers=GZIP)
    assert (body(answer), answer["Content-Length"]) == (TEXT.encode(), str(len(TEXT.encode())))
    assert not answer.has_header("Content-Encoding")
    assert not answer.has_header("Vary")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.css", "text/css"),
        ("a.woff2", "font/woff2"),
        ("a.woff", "font/woff"),
        ("a.vtt", "text/vtt"),
        ("a.m4a", "audio/mp4"),
        ("a.webm", "video/webm"),
        ("a.webp", "image/webp"),
        ("a.JPG", "image/jpeg"),
        ("a.svg", "image/svg+xml"),
        ("a.svgz", "application/octet-stream"),
        ("a.okand", "application/octet-stream"),
    ],
)
def test_a_file_says_what_it_is(name: str, kind: str) -> None:
    version = store_version([store_library()], files={name: b"1"})
    assert Client().get(content_address(version, name))["Content-Type"] == kind


@pytest.mark.parametrize("before", ["", "./", "x/../", "%2e/"])
def test_being_signed_in_is_no_way_around(before: str) -> None:
    library = store_library(files={"thing.js": "1"}, state=LibraryState.WAITING)
    client = signed_in(make_user("anna"))
    answer = client.get(f"/media/{before}{library.tree.address}/thing.js")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["h5p/", "/h5p/", "//h5p/", "..%2fh5p/", "x/..%2f..%2fh5p/", "H5P/", "..%5ch5p/"]
)
def test_however_a_storage_reads_the_path(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket takes "/h5p/…" and "../h5p/…" for "h5p/…"."""
    monkeypatch.setattr("courses.pages.media.stored_file", lambda *_given: HttpResponse())
    client = signed_in(make_user("anna"))
    assert client.get(f"/media/{path}libraries/0/thing.js").status_code == 404
    assert client.get("/media/bilder/h5p/thing.png").status_code == 200


def test_the_frame_may_load_our_own_scripts_and_no_other_page_s() -> None:
    found = {
        path: Client().get(f"/static/{path}")["Cross-Origin-Resource-Policy"]
        for path in (
            "h5p-core/frame.bundle.js",
            "h5p-core/styles/h5p.css",
            "js/h5p/frame/player.js",
            "css/h5p/frame.css",
            "js/quiz.js",
        )
    }
    assert found == dict.fromkeys(found, "cross-origin") | {"js/quiz.js": "same-origin"}
