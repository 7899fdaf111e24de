"""The window where H5P content is chosen, or uploaded: what its script and the pages' are told."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
SAID = {"sending", "judging", "large", "refused", "lost", "out", "failed"}


def window(her: Client) -> str:
    found: str = her.get(reverse("h5p_chooser:choose")).json()["html"]
    return found


def page(her: Client) -> str:
    return her.get(reverse("h5p_upload")).text


@pytest.mark.parametrize("shown", [window, page])
def test_the_script_is_told_the_largest_size_in_bytes(
    her: Client, shown: Callable[[Client], str]
) -> None:
    assert re.findall(r'data-h5p-most="(.*?)"', shown(her)) == [str(500 * 1024 * 1024)]


@pytest.mark.parametrize(("shown", "more"), [(window, set()), (page, {"stopped", "waits"})])
def test_there_are_words_for_all_that_can_become_of_a_file(
    her: Client, shown: Callable[[Client], str], more: set[str]
) -> None:
    html = shown(her)
    words = dict(re.findall(r'data-h5p-words-(\w+)="(.*?)"', html))
    assert set(words) == SAID | more
    assert "500 MB" in words["large"]
    assert all(words.values())


def test_no_place_whose_words_are_read_aloud_stands_in_another(her: Client) -> None:
    html = page(her)
    assert 'role="status"' in html
    assert re.findall(r"<[^>]*data-h5p-[^>]*aria-live[^>]*>", html) == []
