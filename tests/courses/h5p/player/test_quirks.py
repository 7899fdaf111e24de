"""What libraries in use do, each in its own way, and the page in the frame still has to bear."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.h5p.player.integration import integration
from courses.h5p.player.views import frame_address
from tests.courses.h5p.stored import store_library, store_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    "listed",
    [
        [{"path": "js\\a b.js"}],
        [{"path": "./js/a b.js"}],
        [{"path": "/js/a b.js"}],
        [{"path": "js/a b.js"}, {"path": "js/./a b.js"}],
        {"path": "js/a b.js"},
    ],
    ids=["windows", "from-here", "from-the-root", "twice", "not-in-a-list"],
)
def test_a_listed_script_is_loaded_from_where_it_lies_however_it_is_written(listed: Any) -> None:
    library = store_library(files={"js/a b.js": "1"}, preloadedJs=listed)
    page = Client().get(frame_address(store_version([library]), timezone.now()))
    scripts = re.findall(r'<script src="([^"]+)"', page.content.decode())
    assert scripts[2:] == [f"/h5p/bibliotek/{library.sha256}/js/a%20b.js"]
    assert Client().get(scripts[2]).status_code == 200


def test_a_library_that_lists_nothing_is_played_without_scripts() -> None:
    bare = store_library("Test.Bare", {"icon.svg": "<svg/>"}, preloadedJs=None, preloadedCss={})
    page = Client().get(frame_address(store_version([bare]), timezone.now()))
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    assert [one for one in loaded if bare.sha256 in one] == []


def test_books_are_told_that_answers_are_reported_or_they_have_nothing_to_hand_them_in_with() -> (
    None
):
    library = store_library()
    told = integration(store_version([library]), [library], origin="https://here", files="/x/")
    assert told["reportingIsEnabled"] is True
