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

from courses.h5p.store import actions
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion, LibraryState
from courses.pages.models import LessonPage
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.studio.uploads import SCRIPT, approve, package, the_content, upload
from tests.courses.makers import make_course, make_lesson, screen, signed_in
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


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


def replaced(her: Client, administrator: Client, folder: Path, **newer: Any) -> H5PContent:
    """A content of two versions, the libraries of the first approved."""
    upload(her, package(folder))
    approve(administrator, H5PLibrary.objects.get())
    content = the_content()
    where = reverse("h5p_replace", args=[content.public_id])
    her.post(where, {"file": package(folder, "ny.h5p", **newer)})
    return content


def test_a_new_version_replaces_and_a_version_comes_out_whole(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    content = replaced(her, administrator, tmp_path, content={"question": "Ny"})
    assert [one.number for one in content.versions.order_by("number")] == [1, 2]
    answer = her.get(reverse("h5p_download", args=[content.public_id, 1]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer.headers["Content-Length"]) == len(data)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {"h5p.json", "content/content.json", "Test.Thing-1.0/library.json"} <= set(names)


def test_every_version_that_plays_can_be_tried(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    content = replaced(her, administrator, tmp_path, libraries=[library("Test.Thing", (1, 0, 1))])
    page = her.get(reverse("h5p_content", args=[content.public_id])).text
    preview = reverse("h5p:preview", args=[content.public_id])
    assert f"{preview}?version=1" in page
    assert f"{preview}?version=2" not in page  # it waits
    assert "Version 1, så som läsarna möter den" in her.get(f"{preview}?version=1").text
    assert her.get(f"{preview}?version=2").status_code == 404


def test_a_version_that_plays_with_what_is_blocked_is_said_to(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    where = reverse("h5p_block", args=[H5PLibrary.objects.get().pk])
    administrator.post(where, {"reason": "Den läcker"})
    (taken,) = upload(her, package(tmp_path, title="En till"), **SCRIPT).json()["files"]
    assert taken["state"] == "stopped"
    assert "har spärrat ett bibliotek, Test.Thing 1.0.0" in taken["says"]
    assert "godkänner" not in taken["says"]


def test_what_is_deleted_while_it_is_replaced_is_said(
    her: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(her, package(tmp_path))
    content = the_content()
    claim = actions.claim_room

    def deleted_meanwhile(*given: Any) -> None:
        claim(*given)
        H5PContent.objects.all().delete()

    monkeypatch.setattr(actions, "claim_room", deleted_meanwhile)
    newer = package(tmp_path, "ny.h5p", content={"question": "Ny"})
    answer = her.post(reverse("h5p_replace", args=[content.public_id]), {"file": newer})
    assert answer.status_code == 400
    assert "har tagits bort under tiden" in answer.text
    assert not H5PVersion.objects.exists()


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
