"""An import undone: what it brought goes, what it took comes back, and history keeps both."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch, batch_at
from foundation.jobs.models import Job, JobState
from foundation.working import run_due
from tests.factories import duty, person
from tests.tracking.commands import run_import
from tests.tracking.imports.base_city import GOOD, picture, write
from tests.tracking.status.situations import completion, employment, unit
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.evidence.matching.actions import match_rows, undo_match
from tracking.imports.kinds.base import AT_ONCE
from tracking.imports.kinds.completions import employed_at
from tracking.imports.problems import ImportRefused
from tracking.imports.undoing import undo_import
from tracking.models import Absence, Completion, Employment, PendingCompletion, Person, UndoneImport
from tracking.organisation.models import DutyRole, User

pytestmark = pytest.mark.django_db
FACTS = ("Unit", "Employment", "Absence", "Course", "Target", "Start", "Completion", "Exemption")


@pytest.fixture
def city(base_city: None, tmp_path: Path) -> Path:
    return tmp_path


def known() -> dict[str, set[Any]]:
    """What is known now of every kind, without the numbers of rows and batches."""
    from django.apps import apps

    from foundation.facts import Fact

    kinds = [model for model in apps.get_models() if issubclass(model, Fact)]
    return {
        model.__name__: set(
            model.objects.known_now().values_list(*model.key_fields, *model.value_fields)
        )
        for model in kinds
    }


def bring(folder: Path, kind: str, *rows: Any, options: tuple[str, ...] = ()) -> FactBatch:
    run_import(kind, write(folder, kind, rows), *options)
    return FactBatch.objects.latest("id")


def reasons(batch: FactBatch) -> str:
    with pytest.raises(ImportRefused) as refused:
        undo_import(batch)
    return str(refused.value)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_what_is_known_is_as_before_the_import(city: Path, kind: str) -> None:
    before = known()
    batch = bring(city, kind, GOOD[kind])
    during = known()
    assert during != before
    result = undo_import(batch)
    assert known() == before
    assert (result.taken_away, result.brought_back) == (1, 0)
    # Undoing the undoing brings it back once more.
    undo_import(result.batch)
    assert known() == during


def test_a_correction_undone_brings_the_old_fact_back_and_keeps_the_new_ones_history(
    city: Path,
) -> None:
    before = known()
    row = completion("A", "GRUND", "2022-05-01", resultat="väl godkänd")
    batch = bring(city, "completions", row)
    result = undo_import(batch)
    assert known() == before
    found = Completion.objects.filter(course_code="GRUND").order_by("pk")
    old, new, again = found
    assert (old.batch_out, new.batch_in, new.batch_out, again.batch_in) == (
        batch,
        batch,
        result.batch,
        result.batch,
    )
    assert Completion.objects.known_by(batch.pk).get(course_code="GRUND").result == "väl godkänd"


def test_a_full_file_undone_brings_back_everybody_it_ended(city: Path) -> None:
    crowd = [employment(f"P{number:02}", "SDN-FARSTA", "2020-01-01") for number in range(20)]
    bring(city, "staff", *crowd)
    before = known()
    options = ("--full", "--as-of", "2024-03-01", "--force")
    batch = bring(city, "staff", *crowd[:3], options=options)
    assert known() != before
    undo_import(batch)
    assert known() == before


def test_it_may_be_undone_once(city: Path) -> None:
    batch = bring(city, "absence", GOOD["absence"])
    undo_import(batch)
    before = picture()
    assert "redan är ångrad" in reasons(batch)
    assert picture() == before
    assert UndoneImport.objects.count() == 1


def test_what_no_file_brought_is_not_undone(city: Path) -> None:
    from tracking.ledger.actions import register_course

    register_course(code="MOD-X", name="Modulen", minutes=60, actor=None)
    assert "som en fil lästes in som" in reasons(FactBatch.objects.latest("id"))


def test_a_fact_replaced_since_stands_in_the_way(city: Path) -> None:
    batch = bring(city, "absence", GOOD["absence"])
    bring(city, "absence", {**GOOD["absence"], "typ": "annat"})
    before = picture()
    assert "inget har ersatt sedan dess" in reasons(batch)
    assert picture() == before


def test_a_later_fact_in_the_place_of_one_withdrawn_stands_in_the_way(city: Path) -> None:
    row = completion("A", "GRUND", "2022-05-01")
    batch = bring(city, "completions", {**row, "aterkallad": "ja"})
    bring(city, "completions", {**row, "resultat": "ny"})
    assert "ingen senare uppgift" in reasons(batch)


def test_what_rests_on_an_employment_stands_in_the_way(city: Path) -> None:
    batch = bring(city, "staff", GOOD["staff"])
    bring(city, "completions", completion("C", "HEDER", "2023-05-01"))
    before = picture()
    said = reasons(batch)
    assert "C" in said
    assert "genomföranden" in said
    assert picture() == before


def test_what_rests_on_a_unit_stands_in_the_way(city: Path) -> None:
    batch = bring(city, "organisation", unit("E-NY", "2020-01-01", typ="enhet"))
    bring(city, "staff", employment("A", "E-NY", "2023-01-01"))
    assert "E-NY" in reasons(batch)


def test_what_a_target_names_stands_in_the_way_of_its_course(city: Path) -> None:
    batch = bring(city, "courses", GOOD["courses"])
    bring(city, "targets", {**GOOD["targets"], "kurser": "NY"})
    assert "NY" in reasons(batch)


def test_a_row_that_waits_and_one_that_found_its_person_are_as_before(city: Path) -> None:
    path = city / "leverantor.csv"
    path.write_text("epost;kurs;datum\nc@exempel.se;HEDER;2023-05-01\n", encoding="utf-8")
    run_import("completions", path)
    waited = FactBatch.objects.latest("id")
    bring(city, "staff", GOOD["staff"])
    run_import("completions", path)
    found = FactBatch.objects.latest("id")
    assert not PendingCompletion.objects.filter(matched_in=None).exists()
    undo_import(found)
    assert PendingCompletion.objects.filter(matched_in=None).count() == 1
    assert not Completion.objects.known_now().filter(course_code="HEDER").exists()
    assert waited.pk < found.pk


def test_where_the_same_row_has_come_to_wait_since_one_waits(city: Path) -> None:
    path = city / "leverantor.csv"
    path.write_text("epost;kurs;datum\nc@exempel.se;HEDER;2023-05-01\n", encoding="utf-8")
    run_import("completions", path)
    bring(city, "staff", GOOD["staff"])
    run_import("completions", path)
    found = FactBatch.objects.latest("id")
    Person.objects.filter(person_id="C").update(email="annan@exempel.se")
    path.write_text("epost;kurs;datum\nc@exempel.se;HEDER;2023-05-01\n", encoding="utf-8")
    run_import("completions", path)
    [row] = PendingCompletion.objects.filter(matched_in=None)
    undo_import(found)
    assert list(PendingCompletion.objects.filter(matched_in=None)) == [row]
    assert not Completion.objects.known_now().filter(course_code="HEDER").exists()


def test_a_row_that_somebody_said_whose_it_is_stands_in_the_way(city: Path) -> None:
    path = city / "leverantor.csv"
    path.write_text("epost;kurs;datum\nc@exempel.se;HEDER;2023-05-01\n", encoding="utf-8")
    run_import("completions", path)
    waited = FactBatch.objects.latest("id")
    row = PendingCompletion.objects.get(matched_in=None)
    actor = User.objects.create_user("samordnaren")
    match_rows(rows=[row.pk], person=Person.objects.get(person_id="A"), actor=actor)
    assert "sagt vems den är" in reasons(waited)
    matched = FactBatch.objects.latest("id")
    undo_match(batch=matched, actor=actor)
    undo_import(waited)
    assert not PendingCompletion.objects.filter(matched_in=None).exists()


def test_addresses_are_looked_up_a_part_at_a_time(city: Path) -> None:
    bring(city, "staff", GOOD["staff"])
    with CaptureQueriesContext(connection) as counted:
        found = employed_at({f"x{number}@exempel.se" for number in range(1_200)} | {"C@exempel.se"})
    assert set(found) == {"c@exempel.se"}
    assert len(counted) == 1_201 // AT_ONCE + 2


def test_undoing_uncovers_nobody_and_covers_again(city: Path) -> None:
    hidden = employment("A", "SDN-FARSTA", "2022-01-10", skyddad="ja")
    bring(city, "staff", {**hidden, "befattning": "Annan"})
    batch = bring(city, "staff", {**hidden, "befattning": "Tredje", "skyddad": "nej"})
    assert not Person.objects.get(person_id="A").protected
    undo_import(batch)
    assert Person.objects.get(person_id="A").protected


def test_the_log_says_who_undid_what(city: Path) -> None:
    batch = bring(city, "absence", GOOD["absence"])
    undo_import(batch)
    entry = AuditEntry.objects.get(event=AuditEvent.IMPORT_UNDONE)
    assert entry.detail == {
        "slag": "absence",
        "sats": batch.pk,
        "aterkallade": 1,
        "aterforda": 0,
    }
    assert entry.people == 1


def test_the_command_tries_and_undoes(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = bring(city, "absence", GOOD["absence"])
    before = picture()
    call_command("undo_import", str(batch.pk), "--dry-run")
    assert "1 bort, 0 tillbaka (provkörning" in capsys.readouterr().out
    assert picture() == before
    call_command("undo_import", str(batch.pk))
    assert Absence.objects.known_now().count() == 1
    with pytest.raises(CommandError, match="redan är ångrad"):
        call_command("undo_import", str(batch.pk))
    with pytest.raises(CommandError, match="ingen inläsning 999999"):
        call_command("undo_import", "999999")


@pytest.fixture
def coordinator() -> Client:
    who = person("samordnare")
    duty(who, DutyRole.COORDINATOR, "STAD")
    client = Client()
    client.force_login(who.user)
    return client


def test_from_its_page_it_is_tried_and_then_undone(city: Path, coordinator: Client) -> None:
    before = known()
    batch = bring(city, "absence", GOOD["absence"])
    page = f"/inlasning/gjorda/{batch.pk}/"
    text = coordinator.get(page).content.decode()
    assert "vård" in text
    assert coordinator.post(f"{page}prova-angra/").status_code == 302
    run_due()
    tried = Job.objects.latest("pk")
    assert (tried.state, tried.outcome) == (
        JobState.DONE,
        "1 bort, 0 tillbaka (provkörning: inget ändrades).",
    )
    assert known() != before
    assert "Ångra inläsningen" in coordinator.get(f"/jobb/{tried.public_id}/").content.decode()
    for _twice in range(2):
        coordinator.post(f"{page}angra/")
        run_due()
    assert known() == before
    assert UndoneImport.objects.count() == 1
    assert "prova-angra" not in coordinator.get(page).content.decode()


def test_a_protected_person_is_not_named_on_the_page(city: Path, coordinator: Client) -> None:
    batch = bring(
        city, "staff", employment("HEMLIG", "E-BARN", "2022-01-10", skyddad="ja", fornamn="Hemma")
    )
    text = coordinator.get(f"/inlasning/gjorda/{batch.pk}/").content.decode()
    assert "Skyddade uppgifter" in text
    for secret in ("HEMLIG", "Hemma", "E-BARN"):
        assert secret not in text


def test_employments_known_then_are_known_then_for_ever(city: Path) -> None:
    batch = bring(city, "staff", GOOD["staff"])
    undo_import(batch)
    moment: datetime = batch.recorded_at
    then = Employment.objects.known_by(batch_at(moment)).filter(person__person_id="C")
    assert then.count() == 1
    assert not Employment.objects.known_now().filter(person__person_id="C").exists()
    assert date.today() + timedelta(days=1) > moment.date()
