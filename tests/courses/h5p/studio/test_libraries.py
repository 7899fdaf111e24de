"""The platform administrator decides on libraries, and sees what there is to know of each."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.h5p.store.models import H5PLibrary, LibraryState
from tests.courses.h5p.packages import library
from tests.courses.h5p.studio.uploads import approve, package, the_content, upload

pytestmark = pytest.mark.django_db


def approve_several(administrator: Client, *libraries: H5PLibrary) -> Any:
    ticked = {"library": [one.pk for one in libraries]}
    return administrator.post(reverse("h5p_approve_several"), ticked, follow=True)


def block(administrator: Client, one: H5PLibrary) -> Any:
    where = reverse("h5p_block", args=[one.pk])
    return administrator.post(where, {"reason": "Den läcker"})


def states() -> dict[str, str]:
    return {str(one): one.state for one in H5PLibrary.objects.exclude(brought_in_by=None)}


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
    assert "Test.Thing 1.0.0 måste bedömas för sig" in answer.text
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


def test_a_tree_that_calls_itself_a_blocked_version_is_told_of(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    block(administrator, H5PLibrary.objects.get())
    changed = [library("Test.Thing", (1, 0, 0), js="annat()")]
    upload(her, package(tmp_path, title="Ändrat", libraries=changed))
    other = H5PLibrary.objects.get(state=LibraryState.WAITING)
    page = administrator.get(reverse("h5p_library", args=[other.pk])).text
    assert "som du har spärrat" in page
    assert "<li>thing.js</li>" in page


def test_of_several_namesakes_the_approved_one_is_compared_with(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    for number, name in enumerate(("ett", "två", "tre")):
        files = {f"{name}.js": b"1"}
        brought = [library("Test.Thing", files=files)]
        upload(her, package(tmp_path, f"{number}.h5p", title=name, libraries=brought))
    first, second, third = H5PLibrary.objects.order_by("pk")
    where = reverse("h5p_library", args=[third.pk])
    assert "som båda väntar" in administrator.get(where).text
    approve(administrator, second)
    page = administrator.get(where).text
    assert "Någon har ändrat i det" in page
    assert reverse("h5p_library", args=[second.pk]) in page
    assert reverse("h5p_library", args=[first.pk]) not in page


def test_contents_are_counted_and_not_their_versions(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    content = the_content()
    replace = reverse("h5p_replace", args=[content.public_id])
    newer = [library("Test.New"), library("Test.Thing")]
    her.post(replace, {"file": package(tmp_path, "b.h5p", title="B")})
    her.post(replace, {"file": package(tmp_path, "c.h5p", main="Test.New 1.0", libraries=newer)})
    answer = approve(administrator, H5PLibrary.objects.get(machine_name="Test.New"))
    assert "1 innehåll kan nu spelas" in administrator.get(answer.headers["Location"]).text
    answer = approve(administrator, H5PLibrary.objects.get(machine_name="Test.Thing"))
    assert "1 innehåll kan nu spelas" in administrator.get(answer.headers["Location"]).text
    # The latest version plays without it; then nothing does.
    for name, count in (("Test.Thing", 0), ("Test.New", 1)):
        answer = block(administrator, H5PLibrary.objects.get(machine_name=name))
        said = administrator.get(answer.headers["Location"]).text
        assert f"{count} innehåll kan inte längre spelas" in said


def test_what_most_contents_wait_for_stands_first(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    for number, (name, times) in enumerate({"Test.A": 1, "Test.B": 2, "Test.C": 1}.items()):
        for time in range(times):
            made = {"main": f"{name} 1.0", "libraries": [library(name)]}
            upload(her, package(tmp_path, f"{number}{time}.h5p", title=f"{time}", **made))
    page = administrator.get(reverse("h5p_libraries")).text
    places = [page.index(f"{name} 1.0.0") for name in ("Test.B", "Test.A", "Test.C")]
    assert places == sorted(places)


def test_who_decided_is_not_guessed_when_nobody_is_known(
    her: Client, administrator: Client, tmp_path: Path
) -> None:
    upload(her, package(tmp_path))
    one = H5PLibrary.objects.get()
    approve(administrator, one)
    H5PLibrary.objects.update(decided_by=None)  # as when an account goes
    page = administrator.get(reverse("h5p_library", args=[one.pk])).text
    assert "Beslutat den" in page
    assert "kommandoraden" not in page
