"""H5P in the admin: packages come in and go out, libraries are decided on, by whom they should."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion, LibraryState
from courses.modules.groundwork import lay_groundwork
from courses.pages.models import LessonPage
from tests.courses.h5p.packages import library, make_package
from tests.courses.makers import make_course, make_lesson, screen, signed_in
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def her() -> Client:
    lay_groundwork()
    return signed_in(trainer(person("lärare")))


@pytest.fixture
def administrator() -> Client:
    return signed_in(User.objects.create_superuser("administratör"))


def package(folder: Path, name: str = "samtal.h5p", **said: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_package(folder, name=name, **said).read_bytes())


def upload(client: Client, *files: SimpleUploadedFile, **headers: str) -> Any:
    return client.post(reverse("h5p_upload"), {"packages": list(files)}, headers=headers)


def the_content() -> H5PContent:
    return H5PContent.objects.get()


def approve(administrator: Client, one: H5PLibrary, **said: Any) -> Any:
    return administrator.post(reverse("h5p_approve", args=[one.pk]), said)


def test_a_package_comes_in_by_a_plain_form(her: Client, tmp_path: Path) -> None:
    answer = upload(her, package(tmp_path))
    content = the_content()
    assert answer.headers["Location"] == reverse("h5p_content", args=[content.public_id])
    page = her.get(answer.headers["Location"]).content.decode()
    assert "Väntar på godkännande" in page
    assert "Test.Thing 1.0.0" in page
    assert "samtal.h5p" in page


def test_several_packages_are_judged_each_by_itself(her: Client, tmp_path: Path) -> None:
    bad = SimpleUploadedFile("trasig.h5p", b"ingen zip")
    answer = upload(her, package(tmp_path), bad)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert H5PContent.objects.count() == 1
    assert "trasig.h5p" in page
    assert "inte ett H5P-paket" in page


def test_the_script_is_told_what_became_of_a_file(her: Client, tmp_path: Path) -> None:
    (taken,) = upload(her, package(tmp_path), **SCRIPT).json()["files"]
    assert (taken["taken"], taken["state"]) == (True, "waiting")
    assert "godkänner" in taken["says"]
    (again,) = upload(her, package(tmp_path, "annat-namn.h5p"), **SCRIPT).json()["files"]
    assert "finns redan" in again["says"]
    assert H5PVersion.objects.count() == 1


def test_a_refusal_names_the_entry(her: Client, tmp_path: Path) -> None:
    path = make_package(tmp_path, {"content/elak.svg": b"<svg/>"})
    answer = upload(her, SimpleUploadedFile("elak.h5p", path.read_bytes()), **SCRIPT)
    (refused,) = answer.json()["files"]
    assert answer.status_code == 400
    assert not refused["taken"]
    assert "content/elak.svg" in refused["says"]
    assert not H5PContent.objects.exists()


def test_nothing_chosen_is_said(her: Client) -> None:
    answer = upload(her, **SCRIPT)
    assert (answer.status_code, answer.json()["errors"]) == (400, ["Välj först ett paket (.h5p)."])


def test_the_administrator_sees_what_waits_and_lets_it_in(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    one = H5PLibrary.objects.get()
    assert "Test.Thing 1.0.0" in administrator.get("/admin/").content.decode()
    page = administrator.get(reverse("h5p_library", args=[one.pk])).content.decode()
    assert "samtal.h5p" in page
    approve(administrator, one, needs_eval="on")
    one.refresh_from_db()
    assert (one.state, one.needs_eval) == (LibraryState.APPROVED, True)
    content = the_content()
    assert "Kan spelas" in her.get(reverse("h5p_content", args=[content.public_id])).text
    assert her.get(reverse("h5p:preview", args=[content.public_id])).status_code == 200


def test_a_block_needs_a_reason_which_trainers_read(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    one = H5PLibrary.objects.get()
    where = reverse("h5p_block", args=[one.pk])
    assert administrator.post(where, {"reason": " "}).status_code == 400
    administrator.post(where, {"reason": "Hämtar kod <b>utifrån</b>"})
    page = her.get(reverse("h5p_content", args=[the_content().public_id])).text
    assert "Hämtar kod &lt;b&gt;utifrån&lt;/b&gt;" in page
    administrator.post(reverse("h5p_unblock", args=[one.pk]))
    one.refresh_from_db()
    assert (one.state, one.reason) == (LibraryState.WAITING, "")


def test_a_tree_that_calls_itself_an_approved_version_is_told_of(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    approve(administrator, H5PLibrary.objects.get())
    changed = [library("Test.Thing", (1, 0, 0), js="annat()", files={"ny.js": b"1"})]
    upload(her, package(tmp_path, title="Ändrat", libraries=changed))
    other = H5PLibrary.objects.get(state=LibraryState.WAITING)
    page = administrator.get(reverse("h5p_library", args=[other.pk])).text
    assert "Någon har ändrat i det" in page
    assert "<li>thing.js</li>" in page
    assert "<li>ny.js</li>" in page


def approve_several(administrator: Client, *libraries: H5PLibrary) -> Any:
    ticked = {"library": [one.pk for one in libraries]}
    return administrator.post(reverse("h5p_approve_several"), ticked, follow=True)


def states() -> dict[str, str]:
    return {str(one): one.state for one in H5PLibrary.objects.exclude(brought_in_by=None)}


def test_what_a_package_brings_is_let_in_together(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    parts = [library("Test.Thing", needs=["Test.A 1.0", "Test.B 1.0"])]
    parts += [library("Test.A"), library("Test.B")]
    upload(her, package(tmp_path, libraries=parts))
    page = administrator.get(reverse("h5p_libraries")).text
    assert page.count('name="library"') == 3
    answer = approve_several(administrator, *H5PLibrary.objects.filter(state="waiting"))
    assert "3 bibliotek är godkända. 1 innehåll kan nu spelas." in answer.text
    assert set(states().values()) == {"approved"}
    again = approve_several(administrator, *H5PLibrary.objects.all())
    assert "godkända." not in again.text
    assert "godkänt." not in again.text


def test_only_the_ticked_are_let_in_and_nothing_ticked_is_said(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    parts = [library("Test.Thing", needs=["Test.A 1.0"]), library("Test.A")]
    upload(her, package(tmp_path, libraries=parts))
    approve_several(administrator, H5PLibrary.objects.get(machine_name="Test.A"))
    assert states() == {"Test.A 1.0.0": "approved", "Test.Thing 1.0.0": "waiting"}
    assert "Markera först" in approve_several(administrator).text
    answer = administrator.post(reverse("h5p_approve_several"), {"library": ["x"]}, follow=True)
    assert answer.status_code == 200


def test_a_namesake_with_other_files_is_looked_at_by_itself(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    approve(administrator, H5PLibrary.objects.get())
    changed = [library("Test.Thing", js="annat()", needs=["Test.A 1.0"]), library("Test.A")]
    upload(her, package(tmp_path, title="Ändrat", libraries=changed))
    page = administrator.get(reverse("h5p_libraries")).text
    assert page.count('name="library"') == 1
    assert "titta på det för sig" in page
    waiting = H5PLibrary.objects.filter(state=LibraryState.WAITING)
    answer = approve_several(administrator, *waiting)
    assert "Test.Thing 1.0.0 behöver du titta på för sig" in answer.text
    assert [str(one) for one in waiting.all()] == ["Test.Thing 1.0.0"]


def test_two_that_wait_under_one_name_are_judged_each_by_itself(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    upload(her, package(tmp_path, title="B", libraries=[library("Test.Thing", js="b()")]))
    assert 'name="library"' not in administrator.get(reverse("h5p_libraries")).text


def test_what_needs_more_than_to_be_let_in_is_judged_by_itself(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    brought = [library("EmbeddedJS", js="eval('1')")]
    upload(her, package(tmp_path, main="EmbeddedJS 1.0", libraries=brought))
    one = H5PLibrary.objects.get()
    assert one.plays_only_with_eval
    approve_several(administrator, one)
    assert states() == {"EmbeddedJS 1.0.0": "waiting"}


def test_many_libraries_are_named_in_few_words(her: Client, tmp_path: Path) -> None:
    names = [f"Test.Del{number}" for number in range(1, 8)]
    parts = [library("Test.Thing", needs=[f"{name} 1.0" for name in names])]
    parts += [library(name) for name in names]
    (taken,) = upload(her, package(tmp_path, libraries=parts), **SCRIPT).json()["files"]
    few = "Test.Del1 1.0.0, Test.Del2 1.0.0, Test.Del3 1.0.0 och 5 till"
    assert few in taken["says"]
    listed = her.get(reverse("h5p_contents")).text
    assert few in listed
    assert "Test.Del7" not in listed
    assert "Test.Del7 1.0.0" in her.get(reverse("h5p_content", args=[the_content().public_id])).text


def test_the_listing_is_filtered_by_what_it_says(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path, title="Godkänt"))
    approve(administrator, H5PLibrary.objects.get())
    waits = [library("Test.Other")]
    upload(her, package(tmp_path, title="Väntande", main="Test.Other 1.0", libraries=waits))
    upload(her, package(tmp_path, title="Ofullständigt", main="Test.Third 1.0", libraries=[]))
    found = {
        state: [one.title for one in her.get(f"/admin/h5p/?state={state}").context["object_list"]]
        for state in ("ready", "waiting", "missing", "stopped")
    }
    assert found == {
        "ready": ["Godkänt"],
        "waiting": ["Väntande"],
        "missing": ["Ofullständigt"],
        "stopped": [],
    }
    empty = her.get("/admin/h5p/?state=stopped").text
    assert "Inget innehåll stämmer med det." in empty
    assert "Visa allt innehåll" in empty


def test_where_nothing_is_uploaded_it_says_how(her: Client) -> None:
    assert "Inget är uppladdat än." in her.get("/admin/h5p/").text


def test_who_uploaded_is_told_by_name(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path))
    page = her.get(reverse("h5p_content", args=[the_content().public_id])).text
    assert "Efternamnlärare" in page


def test_a_trainer_decides_nothing_and_others_see_nothing(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path))
    one, content = H5PLibrary.objects.get(), the_content()
    for name in ("h5p_approve", "h5p_block", "h5p_unblock"):
        assert her.post(reverse(name, args=[one.pk]), {"reason": "x"}).status_code != 200
    assert her.post(reverse("h5p_approve_several"), {"library": [one.pk]}).status_code != 200
    one.refresh_from_db()
    assert one.state == LibraryState.WAITING
    editor = User.objects.create_user("annan")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for client in (signed_in(editor), signed_in(User.objects.create_user("läsare"))):
        for where in ("h5p_content", "h5p_delete", "h5p_replace"):
            answer = client.get(reverse(where, args=[content.public_id]))
            assert answer.status_code in (302, 403)
            assert "Ett möte" not in answer.content.decode()


def test_a_new_version_replaces_and_a_version_comes_out_whole(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    approve(administrator, H5PLibrary.objects.get())
    content = the_content()
    newer = package(tmp_path, "ny.h5p", content={"question": "Ny"})
    her.post(reverse("h5p_replace", args=[content.public_id]), {"file": newer})
    assert [one.number for one in content.versions.order_by("number")] == [1, 2]
    answer = her.get(reverse("h5p_download", args=[content.public_id, 1]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer.headers["Content-Length"]) == len(data)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {"h5p.json", "content/content.json", "Test.Thing-1.0/library.json"} <= set(names)


def test_content_that_a_lesson_shows_is_not_deleted(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path))
    content = the_content()
    said = {"content": content, "requirement": "shown", "percent": None}
    lesson = make_lesson(make_course(lessons=0), body=[screen("Öva", ("interactive", said))])
    where = reverse("h5p_delete", args=[content.public_id])
    assert her.post(where).status_code == 409
    assert lesson.title in her.get(where).content.decode()
    assert H5PContent.objects.exists()
    LessonPage.objects.get(pk=lesson.pk).delete()
    assert her.post(where).headers["Location"] == reverse("h5p_contents")
    assert not H5PContent.objects.exists()


def test_a_title_is_changed_and_is_text(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path))
    where = reverse("h5p_title", args=[the_content().public_id])
    her.post(where, {"title": "<script>alert(1)</script>"})
    for page in (reverse("h5p_contents"), reverse("h5p_content", args=[the_content().public_id])):
        shown = her.get(page).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)" in shown
    her.post(where, {"title": " "})
    assert the_content().title == "<script>alert(1)</script>"


def test_the_listing_is_searched_and_filtered(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path, title="Ett samtal"), package(tmp_path, "b.h5p", title="Annat"))
    where = reverse("h5p_contents")

    def found(**asked: str) -> list[str]:
        page = her.get(where, asked).content.decode()
        return [title for title in ("Ett samtal", "Annat") if f"{title}\n" in page or title in page]

    assert found(q="samtal") == ["Ett samtal"]
    assert found(state="ready") == []
    assert found(used="no") == ["Ett samtal", "Annat"]
    assert found(used="yes") == []


def test_the_chooser_uploads_and_chooses(her: Client, tmp_path: Path) -> None:
    create = reverse("h5p_chooser:create")
    answer = her.post(create, {"file": package(tmp_path)}).json()
    assert (answer["step"], answer["result"]["title"]) == ("chosen", "Ett möte")
    bad = SimpleUploadedFile("trasig.h5p", b"ingen zip")
    refused = her.post(create, {"file": bad}).json()
    assert refused["step"] == "reshow_creation_form"
    assert "trasig.h5p" in refused["htmlFragment"]
    window = her.get(reverse("h5p_chooser:choose"), {"q": "möte"}).json()
    assert "500 MB" in window["html"]
    assert "Ett möte" in window["html"]


def test_ten_contents_are_listed_for_the_queries_of_one(her: Client, tmp_path: Path) -> None:
    counts = []
    for more in (range(1), range(1, 10)):
        files = [package(tmp_path, f"{n}.h5p", title=f"Nummer {n}") for n in more]
        upload(her, *files)
        her.get(reverse("h5p_contents"))
        with CaptureQueriesContext(connection) as queries:
            assert her.get(reverse("h5p_contents")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_only_a_content_s_own_place_is_its_preview(her: Client, tmp_path: Path) -> None:
    upload(her, package(tmp_path))
    content = the_content()
    approve(signed_in(User.objects.create_superuser("a")), H5PLibrary.objects.get())
    asked = {"content": str(content.public_id)}
    place = f"preview:{content.public_id}"
    opened = {
        said: her.post(reverse("h5p:open"), asked | {"place": said}).status_code
        for said in (place, f"{place}/1", f"{place}/", f"{place}/x", f"{place}/1/x", "preview:x/1")
    }
    assert list(opened.values()) == [200, 200, 404, 404, 404, 404]
