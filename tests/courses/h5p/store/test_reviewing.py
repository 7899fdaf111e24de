"""What an approver is shown of a library, and what there is to decide on."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from pytest_django import DjangoAssertNumQueries

from courses.h5p.store.actions import approve_library, block_library, unblock_library
from courses.h5p.store.models import H5PLibrary
from courses.h5p.store.queries import libraries, waiting_libraries
from courses.h5p.store.reviewing import review_of
from courses.h5p.store.rules import may_approve, may_delete, may_upload
from foundation.storages import CHUNK
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import NOW, approved, bring, names, package_of, thing
from tracking.audit.models import AuditEntry
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


def test_a_review_tells_where_a_library_came_from_and_who_waits_for_it(tmp_path: Path) -> None:
    anna, bo = User.objects.create_user("anna"), User.objects.create_user("bo")
    later = NOW + timedelta(days=1)
    bring(package_of(tmp_path, thing(author="Cesar")), actor=anna, file_name="a.h5p")
    bring(package_of(tmp_path, thing(author="Cesar"), title="Bo"), actor=bo, now=later)
    bring(package_of(tmp_path, title="Utan"), actor=bo)
    review = review_of(H5PLibrary.objects.get())
    assert review.author == "Cesar"
    assert review.files == len(review.library.tree.files) == 5
    assert [(one.uploaded_by, one.file_name, one.uploaded_at) for one in review.uploads] == [
        (anna, "a.h5p", NOW),
        (bo, "", later),
    ]
    assert [one.title for one in review.waiting] == ["Bo", "Ett möte", "Utan"]
    assert review.playing == []


def test_it_tells_which_files_differ_from_another_tree_of_the_same_version(tmp_path: Path) -> None:
    approved(tmp_path, thing(files={"old.js": b"1"}))
    bring(package_of(tmp_path, thing(js="// annat", files={"new.js": b"2"}), title="Annan"))
    [difference] = review_of(H5PLibrary.objects.get(state="waiting")).others
    assert difference.other.state == "approved"
    assert (difference.added, difference.removed, difference.changed) == (
        ["new.js"],
        ["old.js"],
        ["thing.js"],
    )


def test_it_tells_of_other_patches_and_of_who_depends_on_it(tmp_path: Path) -> None:
    approved(tmp_path, thing(1))
    bring(
        package_of(
            tmp_path,
            thing(2, needs=["Test.Base 1.0"]),
            library("Test.User", needs=["Test.Thing 1.0"], editor=["Test.Editor 1.0"]),
            title="Ny",
        )
    )
    review = review_of(H5PLibrary.objects.get(machine_name="Test.Thing", patch=2))
    assert (names(review.patches), review.others) == (["Test.Thing 1.0.1"], [])
    assert (names(review.needed_by), review.needs) == (["Test.User 1.0.0"], ["Test.Base 1.0"])


def test_a_review_asks_as_often_however_much_there_is(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    files = {f"more/{number}.js": b"1" for number in range(40)}
    for number in range(4):
        bring(package_of(tmp_path, thing(files=files), title=f"Innehåll {number}"))
    bring(package_of(tmp_path, thing(js="// annat"), title="Ett till"))
    bring(package_of(tmp_path, thing(3), title="Ännu ett"))
    one = H5PLibrary.objects.filter(patch=0).first()
    with django_assert_num_queries(5):
        review_of(H5PLibrary.objects.select_related("tree").get(pk=one.pk))


def padding(length: int) -> str:
    """Text that packs no better than scripts do."""
    numbers = (f"{number * 2_654_435_761 % 2**32:08x}" for number in range(length // 9 + 1))
    return " ".join(numbers)[: length - 1] + " "


@pytest.mark.parametrize(
    ("script", "mentions"),
    [
        ("eval('1')", True),
        ("return new Function ('a', 'return a')", True),
        ("window.Function(text)", True),
        ("var medieval = evaluate(1); node.$eval(2); a.eval(3)", False),
        ("g = new Function('return this')()", False),
        ('g = Function("return this")() || eval(x)', True),
        (padding(CHUNK - 3) + "eval(x)" + padding(10), True),
        (padding(CHUNK - 10) + "Function('return this')()" + padding(500), False),
        (padding(2 * CHUNK - 8) + "eval(x)" + padding(10), True),
    ],
)
def test_scripts_that_seem_to_make_code_are_named(
    tmp_path: Path, script: str, mentions: bool
) -> None:
    bring(package_of(tmp_path, thing(js=script, files={"readme.md": b"eval(1)"})))
    assert H5PLibrary.objects.get().mentions_eval == (["thing.js"] if mentions else [])


def test_what_most_contents_wait_for_comes_first(tmp_path: Path) -> None:
    bring(package_of(tmp_path, library("Test.Rare"), main="Test.Rare 1.0"))
    for title in ("En", "Två"):
        bring(package_of(tmp_path, thing(), library("Test.Unused"), title=title))
    assert [(str(one), one.waited_for, one.played_by) for one in waiting_libraries()] == [
        ("Test.Thing 1.0.0", 2, 0),
        ("Test.Rare 1.0.0", 1, 0),
        ("Test.Unused 1.0.0", 0, 0),
    ]
    approve_library(library=H5PLibrary.objects.get(machine_name="Test.Thing"), actor=None, now=NOW)
    counted = libraries().get(machine_name="Test.Thing")
    assert (counted.waited_for, counted.played_by) == (0, 2)


def test_a_decision_is_written_down_once(tmp_path: Path) -> None:
    boss = User.objects.create_superuser("boss")
    one = bring(make_package(tmp_path)).brought[0]
    later = NOW + timedelta(hours=1)
    approve_library(library=one, actor=boss, now=NOW)
    approve_library(library=one, actor=None, now=later)
    one.refresh_from_db()
    assert (one.decided_by, one.decided_at, one.needs_eval) == (boss, NOW, False)
    approve_library(library=one, actor=boss, now=later, needs_eval=True)
    block_library(library=one, actor=boss, now=later)
    block_library(library=one, actor=boss, now=later)
    unblock_library(library=one, actor=boss, now=later)
    unblock_library(library=one, actor=boss, now=later)
    entries = AuditEntry.objects.order_by("sequence")
    about = {"library": "Test.Thing 1.0.0", "sha256": one.sha256}
    assert [(entry.event, entry.actor, entry.detail) for entry in entries] == [
        ("h5p_bibliotek_godkant", boss, about | {"needs_eval": 0}),
        ("h5p_bibliotek_godkant", boss, about | {"needs_eval": 1}),
        ("h5p_bibliotek_sparrat", boss, about | {"needs_eval": 0}),
        ("h5p_bibliotek_frislappt", boss, about | {"needs_eval": 0}),
    ]


def test_trainers_upload_and_nobody_but_the_administrator_approves() -> None:
    trainer, other = User.objects.create_user("tova"), User.objects.create_user("omar")
    mine = ("add_h5pcontent", "delete_h5pcontent", "change_h5plibrary")
    trainer.user_permissions.add(*Permission.objects.filter(codename__in=mine))
    boss, gone = User.objects.create_superuser("boss"), User.objects.create_superuser("borta")
    gone.is_active = False
    everybody = [trainer, other, boss, gone]
    assert [may_upload(user) for user in everybody] == [True, False, True, False]
    assert [may_delete(user) for user in everybody] == [True, False, True, False]
    assert [may_approve(user) for user in everybody] == [False, False, True, False]
