"""`manage.py h5p_import`: several packages, each taken or refused by itself."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion
from courses.h5p.store.queries import libraries_of, ready_version
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import names, package_of, thing
from tracking.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("h5p_import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_says_what_each_package_is_how_it_stands_and_where_to_see_it(tmp_path: Path) -> None:
    waits = package_of(tmp_path, thing(needs=["Test.Base 1.2"]), name="a.h5p", title="Första")
    said = run(waits)
    address = reverse("h5p:preview", args=[H5PContent.objects.get().public_id])
    assert said.splitlines() == [
        f"{waits}: Första",
        "  typ: Test.Thing 1.0, version 1",
        "  väntar på godkännande: Test.Thing 1.0.0",
        "  saknas: Test.Base 1.2",
        f"  http://127.0.0.1:8000{address}",
    ]


def test_approve_lets_in_what_each_package_brings_and_pins_each_content_to_its_own(
    tmp_path: Path,
) -> None:
    one = package_of(tmp_path, thing(js="// en"), name="a.h5p")
    other = package_of(tmp_path, thing(js="// en annan"), name="b.h5p")
    said = run("--approve", one, other)
    assert said.count("klart att spelas") == 2
    first, second = H5PVersion.objects.order_by("pk")
    assert names(libraries_of(first)) == names(libraries_of(second)) == ["Test.Thing 1.0.0"]
    assert libraries_of(first) != libraries_of(second)
    entries = AuditEntry.objects.filter(event="h5p_bibliotek_godkant")
    assert [entry.detail["library"] for entry in entries] == ["Test.Thing 1.0.0"] * 2
    assert all(entry.account and entry.actor is None for entry in entries)


def test_an_incomplete_package_plays_with_what_an_earlier_one_brought(tmp_path: Path) -> None:
    whole = package_of(tmp_path, thing(), name="a.h5p")
    bare = package_of(tmp_path, name="b.h5p", title="Utan")
    run("--approve", bare, whole)
    assert ready_version(H5PContent.objects.get(title="Utan")) is not None


def test_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = make_package(tmp_path)
    run("--approve", path)
    before = list(H5PVersion.objects.values()), list(H5PLibrary.objects.values())
    assert "oförändrat: det fanns redan" in run("--approve", path)
    assert (list(H5PVersion.objects.values()), list(H5PLibrary.objects.values())) == before
    assert AuditEntry.objects.filter(event="h5p_bibliotek_godkant").count() == 1


def test_a_refused_one_is_named_with_place_value_and_expectation_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = make_package(tmp_path, name="a.h5p", coreApi={"majorVersion": 9, "minorVersion": 3})
    absent = tmp_path / "finns-inte.h5p"
    good = make_package(tmp_path, name="c.h5p")
    errors = StringIO()
    with pytest.raises(CommandError, match="2 paket nekades") as failed:
        call_command("h5p_import", str(bad), str(absent), str(good), stderr=errors)
    assert failed.value.returncode == 1
    said = errors.getvalue()
    assert f"{bad}: nekat" in said
    assert "[core-api]" in said
    assert (
        "  skäl: ”h5p.json” behöver version 9.3 av H5P:s spelare. Den som finns här är 1.28."
        " [core-api]\n  plats: h5p.json\n  värde: 9.3\n  förväntat: 1.28\n"
    ) in said
    assert f"{absent}: nekat\n  No such file or directory" in said
    assert H5PContent.objects.count() == 1


def test_of_a_file_it_says_which_types_are_let_in(tmp_path: Path) -> None:
    errors = StringIO()
    bad = make_package(tmp_path, {"content/evil.exe": b"MZ", "content/b.exe": b"MZ"})
    with pytest.raises(CommandError):
        call_command("h5p_import", str(bad), stderr=errors)
    assert errors.getvalue().splitlines()[2:] == [
        "  plats: content/evil.exe",
        "  förväntat: bilder (men inte SVG), ljud, film, text eller kontorsdokument",
    ]


def test_a_blocked_library_stays_blocked_whatever_approve_says(tmp_path: Path) -> None:
    path = make_package(tmp_path)
    run("--approve", path)
    H5PLibrary.objects.update(state="blocked")
    assert "spärrat: Test.Thing 1.0.0" in run("--approve", make_package(tmp_path, title="Ny"))
    assert H5PLibrary.objects.get().state == "blocked"


def test_eval_is_a_hint_until_somebody_says_which_library(tmp_path: Path) -> None:
    path = package_of(tmp_path, thing(js="x = eval('1')"))
    said = run("--approve", path)
    assert "tycks göra kod av text, och får inte: Test.Thing 1.0.0 (thing.js)" in said
    assert not H5PLibrary.objects.get().needs_eval
    assert "tycks" not in run("--approve", "--eval", "Test.Thing", path)
    assert H5PLibrary.objects.get().needs_eval


def test_eval_needs_an_approval_and_a_library_that_came(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--approve"):
        run("--eval", "Test.Thing", package_of(tmp_path, thing()))
    assert not H5PLibrary.objects.exists()
    path, told = str(package_of(tmp_path, thing())), StringIO()
    arguments = ("--approve", "--eval", "Test.Absent", path)
    call_command("h5p_import", *arguments, stdout=StringIO(), stderr=told)
    assert "--eval Test.Absent" in told.getvalue()


def test_what_was_approved_without_eval_stays_so_until_it_is_named(tmp_path: Path) -> None:
    old = library("EmbeddedJS", (1, 0, 4), js="eval(template)")
    path = package_of(tmp_path, thing(needs=["EmbeddedJS 1.0"]), old)
    run("--approve", path)
    H5PLibrary.objects.update(needs_eval=False)  # as an administrator decides
    run("--approve", package_of(tmp_path, thing(needs=["EmbeddedJS 1.0"]), old, title="Ny"))
    assert not H5PLibrary.objects.filter(needs_eval=True).exists()
    run("--approve", "--eval", "EmbeddedJS", path)
    assert H5PLibrary.objects.get(needs_eval=True).machine_name == "EmbeddedJS"


def test_a_key_is_for_one_package(tmp_path: Path) -> None:
    first, second = make_package(tmp_path, name="a.h5p"), make_package(tmp_path, name="b.h5p")
    with pytest.raises(CommandError, match="--key"):
        run("--key", "motet", first, second)
    with pytest.raises(CommandError, match="ett möte"):
        run("--key", "ett möte", first)
    run("--key", "motet", first)
    assert H5PContent.objects.get().key == "motet"


def test_it_names_every_library_that_it_approves(
    tmp_path: Path,
) -> None:
    said = run("--approve", package_of(tmp_path, thing(needs=["Test.B 1.0"]), library("Test.B")))
    assert "godkända: Test.B 1.0.0, Test.Thing 1.0.0" in said


def test_what_is_known_to_play_only_with_eval_gets_it_with_the_approval_and_is_named(
    tmp_path: Path,
) -> None:
    old = library("EmbeddedJS", (1, 0, 4), js="eval(template)")
    other = library("Test.Other", (1, 0, 0), js="eval(template)")
    main = thing(needs=["EmbeddedJS 1.0", "Test.Other 1.0"])
    said = run("--approve", package_of(tmp_path, main, old, other)).splitlines()
    assert "  får göra kod av text: EmbeddedJS 1.0.4" in said
    assert "  tycks göra kod av text, och får inte: Test.Other 1.0.0 (thing.js)" in said
    allowed = H5PLibrary.objects.filter(needs_eval=True)
    assert [one.machine_name for one in allowed] == ["EmbeddedJS"]


def test_a_name_alone_gets_nobody_eval(tmp_path: Path) -> None:
    run("--approve", package_of(tmp_path, thing(needs=["EmbeddedJS 1.0"]), library("EmbeddedJS")))
    assert not H5PLibrary.objects.filter(needs_eval=True).exists()


def test_no_name_of_a_file_and_no_title_stops_the_import_or_moves_the_terminal(
    tmp_path: Path,
) -> None:
    made = package_of(tmp_path, thing(), title="Titel\x1b[2J")
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/namn\xff\x1b[31m.h5p")
    made.rename(odd)
    said = run(odd)
    assert said.splitlines()[0] == f"{tmp_path}/namn\ufffd\ufffd[31m.h5p: Titel\ufffd[2J"
    assert H5PVersion.objects.get().file_name == "namn\ufffd\ufffd[31m.h5p"
