"""The block in a lesson: still until it is opened, and framed by nobody else's page."""

import re
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from courses.h5p.results.models import H5PResult
from courses.h5p.results.requirements import Kind, Requirement
from courses.h5p.store.kinds import kind_in_words
from courses.h5p.store.models import H5PVersion
from foundation.framing import framed
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user

pytestmark = pytest.mark.django_db
PLACE = "lesson:00000000-0000-4000-8000-000000000001/b1"


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def shown(version: H5PVersion | None, **more: Any) -> tuple[str, list[str]]:
    """The block, and what its page may frame."""
    request = RequestFactory().get("/")
    user = make_user()
    content = version.content if version else store_version([store_library()]).content
    given = {"content": content, "version": version, "place": PLACE, "user": user, **more}
    template = engines["django"].get_template("courses/h5p/_player.html")
    return template.render(given | {"request": request}), framed(request)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_loads_nothing_before_it_is_opened() -> None:
    html, frames = shown(store_version([store_library()], title="Ett samtal"))
    assert "<iframe" not in html
    assert "src=" not in html
    assert "Ett samtal" in words(html)
    assert "Öppna" in words(html)
    assert f'value="{PLACE}"' in html
    assert frames == ["http://testserver/h5p/spel/"]


def test_the_page_says_what_it_needs_where_scripts_do_not_run() -> None:
    html, _frames = shown(store_version([store_library()]))
    assert "Det här innehållet behöver JavaScript." in words(html)
    assert re.search(r"<form[^>]* data-h5p-open hidden>", html)


@pytest.mark.parametrize(
    ("place", "saved"), [(PLACE, "Sparat"), ("preview:one", "Du provar: inget sparas")]
)
def test_a_trainer_who_tries_it_is_not_told_that_anything_is_saved(place: str, saved: str) -> None:
    html, _frames = shown(store_version([store_library()]), place=place)
    assert f'data-words-saved="{saved}"' in html


def test_content_that_waits_says_so_and_offers_no_button() -> None:
    html, _frames = shown(None)
    assert "väntar på att godkännas" in words(html)
    assert "<button" not in html
    assert "data-h5p" not in html


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        (None, ""),
        (Requirement(Kind.SHOWN), ""),
        (Requirement(Kind.OPENED), "Öppna det: då räknas lektionen som läst."),
        (Requirement(Kind.FINISHED), "Gör det till slutet: då räknas lektionen som läst."),
        (Requirement(Kind.SCORE, 80), "Nå minst 80 %: då räknas lektionen som läst."),
    ],
)
def test_it_says_what_is_demanded(requirement: Requirement | None, said: str) -> None:
    html, _frames = shown(store_version([store_library()]), requirement=requirement)
    assert ("då räknas lektionen som läst" in words(html)) is bool(said)
    assert said in words(html)


def test_who_has_been_here_goes_on_or_begins_again_and_sees_what_was_reported() -> None:
    result = H5PResult(raw=8, maximum=10, share=8000, finished_at="2026-03-02T12:00:00Z")
    html, _frames = shown(
        store_version([store_library()]), requirement=Requirement(Kind.SCORE, 80), result=result
    )
    said = words(html)
    assert "Fortsätt" in said
    assert "Börja om" in said
    assert "rapporterat av innehållet" in said
    assert "Klart" in said
    assert "då räknas" not in said


def test_titles_are_text() -> None:
    html, _frames = shown(store_version([store_library()], title='<b onclick="x">"'))
    assert "<b " not in html
    assert "&lt;b onclick=&quot;x&quot;&gt;" in html


def test_kinds_have_names_people_know() -> None:
    assert kind_in_words("H5P.MultiChoice 1.16") == "Flervalsfråga"
    assert kind_in_words("Nagon.Egen 1.0") == "Egen"
