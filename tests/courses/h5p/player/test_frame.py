"""The page in the frame: what it may do, what it holds, and when there is none."""

import gzip
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from courses.h5p.player.tokens import PERIOD
from courses.h5p.player.views import frame_address
from courses.h5p.store.models import H5PVersion, LibraryState, VersionState
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user, signed_in

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(version: H5PVersion) -> str:
    return frame_address(version, timezone.now())


def policy(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def told(answer: Any) -> dict[str, Any]:
    found = re.search(r'<script id="data"[^>]*>(.*?)</script>', answer.content.decode(), re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_whoever_has_the_address_gets_the_page_and_nobody_is_asked_who_they_are() -> None:
    version = store_version([store_library()])
    stranger = Client().get(address(version))
    known = signed_in(make_user("anna")).get(address(version))
    assert stranger.status_code == known.status_code == 200
    assert stranger.content == known.content
    assert known["Vary"] == "Accept-Encoding"
    assert not stranger.cookies


def test_the_content_stands_in_the_page_itself_and_in_no_frame_within() -> None:
    """What H5P calls to be embedded as a div: the page is the frame already."""
    page = Client().get(address(store_version([store_library()]))).content.decode()
    assert '<div class="h5p-content" data-content-id="1"></div>' in page
    assert "<iframe" not in page


def test_the_page_loads_the_core_and_the_pinned_libraries_in_their_order() -> None:
    first = store_library("Test.First", {"a.js": "1", "b.js": "2", "a.css": ""})
    main = store_library("Test.Main", {"main.js": "3"})
    page = Client().get(address(store_version([first, main]))).content.decode()
    scripts = re.findall(r'<script src="([^"]+)">', page)
    assert [one.rpartition("/")[2].split(".")[0] for one in scripts] == [
        "player",
        "frame",
        "a",
        "b",
        "main",
    ]
    assert scripts[2:] == [
        f"/h5p/bibliotek/{first.sha256}/a.js",
        f"/h5p/bibliotek/{first.sha256}/b.js",
        f"/h5p/bibliotek/{main.sha256}/main.js",
    ]
    assert f'href="/h5p/bibliotek/{first.sha256}/a.css"' in page


@pytest.mark.parametrize("said", [0, "0", None])
def test_full_screen_is_for_what_asks_for_it(said: object) -> None:
    version = store_version([store_library(fullscreen=said)])
    data = told(signed_in(make_user("anna")).get(address(version)))
    assert data["integration"]["contents"]["cid-1"]["fullScreen"] == "0"


def test_the_core_is_told_where_files_lie_and_nothing_of_whoever_reads() -> None:
    library = store_library(fullscreen=1)
    version = store_version([library], {"question": "Vad säger du? </script><b>"})
    where = address(version)
    client = signed_in(make_user("anna"))
    data = told(client.get(where))
    content = data["integration"]["contents"]["cid-1"]
    assert json.loads(content["jsonContent"]) == {"question": "Vad säger du? </script><b>"}
    assert content["library"] == "Test.Thing 1.0"
    assert content["contentUrl"] == f"{ORIGIN}{where}".rstrip("/")
    assert content["fullScreen"] == "1"
    assert data["integration"]["libraryDirectories"] == {"Test.Thing-1.0": library.sha256}
    assert data["integration"]["urlLibraries"] == f"{ORIGIN}/h5p/bibliotek"
    assert "user" not in data["integration"]
    assert "anna" not in json.dumps(data)


def test_the_page_may_load_the_store_s_files_and_nothing_else() -> None:
    where = address(store_version([store_library()]))
    library, content, static = (
        f"{ORIGIN}{path}" for path in ("/h5p/bibliotek/", where, "/static/")
    )
    assert policy(Client().get(where)) == {
        "default-src": ["'none'"],
        "script-src": [f"{static}h5p-core/", f"{static}js/h5p/frame/", library],
        "style-src": [f"{static}h5p-core/", f"{static}css/h5p/", library, "'unsafe-inline'"],
        "img-src": [f"{static}h5p-core/", library, content, "data:", "blob:"],
        "media-src": [library, content, "data:", "blob:"],
        "font-src": [f"{static}h5p-core/", library, "data:"],
        "connect-src": [library, content],
        "worker-src": ["'none'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": [ORIGIN],
        "sandbox": ["allow-scripts", "allow-forms", "allow-popups"],
    }


def test_text_becomes_code_only_where_an_administrator_said_that_a_library_needs_it() -> None:
    plain, needs = store_library("Test.Plain"), store_library("Test.Old", needs_eval=True)
    without = policy(Client().get(address(store_version([plain]))))["script-src"]
    with_it = policy(Client().get(address(store_version([needs, plain]))))["script-src"]
    assert "'unsafe-eval'" not in without
    assert with_it == [*without, "'unsafe-eval'"]


def test_only_our_own_pages_may_frame_it_and_it_tells_nobody_its_address() -> None:
    answer = Client().get(address(store_version([store_library()])))
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-DNS-Prefetch-Control"] == "off"


def test_a_second_view_is_told_that_nothing_has_changed() -> None:
    where = address(store_version([store_library()]))
    client = signed_in(make_user("anna"))
    first = client.get(where)
    assert first["Cache-Control"] == "private, no-cache"
    second = client.get(where, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert policy(second) == policy(first)


def test_the_page_is_sent_compressed_and_known_again_however_it_was_sent() -> None:
    version = store_version([store_library()], {"question": "Vad säger du? " * 500})
    where = address(version)
    plain = Client().get(where)
    packed = Client().get(where, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["ETag"] == plain["ETag"]
    for answer in (plain, packed):
        for taken in ("gzip", "identity"):
            headers = {"If-None-Match": answer["ETag"], "Accept-Encoding": taken}
            again = Client().get(where, headers=headers)
            assert (again.status_code, again.content) == (304, b"")
            assert again["Vary"] == "Accept-Encoding"
            assert again["ETag"] == answer["ETag"]


def test_the_core_speaks_the_language_of_the_page_around() -> None:
    version = store_version([store_library()])
    said = {}
    for language in ("sv", "en"):
        with translation.override(language):
            said[language] = told(Client().get(address(version)))["integration"]["l10n"]["H5P"]
    assert said["en"]["fullscreen"] == "Full screen"
    assert said["sv"]["fullscreen"] == "Helskärm"
    assert said["sv"].keys() == said["en"].keys()


def test_an_address_runs_out() -> None:
    version = store_version([store_library()])
    old = frame_address(version, timezone.now() - 2 * PERIOD - timedelta(minutes=1))
    assert Client().get(old).status_code == 404


def test_a_version_that_waits_or_is_gone_has_no_page() -> None:
    version = store_version([store_library()], state=VersionState.WAITING)
    where = address(version)
    assert Client().get(where).status_code == 404
    version.content.delete()
    assert Client().get(where).status_code == 404


def test_when_a_library_has_been_blocked_the_page_says_so_and_loads_nothing() -> None:
    library = store_library()
    where = address(store_version([library]))
    library.state = LibraryState.BLOCKED
    library.save()
    answer = Client().get(where)
    assert answer.status_code == 410
    assert "<script" not in answer.content.decode()
    assert "sandbox" in policy(answer)


def test_it_takes_nothing_in() -> None:
    where = address(store_version([store_library()]))
    assert [Client().generic(one, where).status_code for one in ("POST", "PUT", "DELETE")] == [
        405
    ] * 3


def test_it_asks_the_database_as_often_whatever_it_plays_with(
    django_assert_num_queries: Any,
) -> None:
    one = address(store_version([store_library("Test.One")]))
    many = address(store_version([store_library(f"Test.Part{n}") for n in range(5)]))
    for where in (one, many):
        with django_assert_num_queries(2):
            assert Client().get(where).status_code == 200
