"""What lands in the audit log, about whom, and what does not."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import account
from tests.tracking.privacy.conftest import City, SignIn
from tracking.audit.actions import system_account
from tracking.audit.models import AuditEntry, AuditEvent, AuditSubject
from tracking.audit.queries import verify_chain

STAFF = "/medarbetare/?enhet=EB"


def entries(*events: AuditEvent) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(event__in=events))


def about(entry: AuditEntry) -> set[str]:
    found = AuditSubject.objects.filter(entry=entry)
    return set(found.values_list("person__person_id", flat=True))


def test_a_list_of_staff_is_one_entry_about_everybody_it_names(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["chef"])
    client.get(STAFF)
    client.get(STAFF)
    [seen] = entries(AuditEvent.STAFF_SEEN)
    assert (seen.actor, seen.unit, seen.detail["roll"]) == (account(city["chef"]), "EB", "chef")
    # Her own nearest manager sees the protected one by name; nobody is told of themself.
    assert about(seen) == {"anna", "bo", "hemlig"}


def test_who_stands_as_protected_was_not_seen(city: City, signed_in: SignIn) -> None:
    signed_in(city["samordnare"]).get("/medarbetare/?enhet=SDN")
    [seen] = entries(AuditEvent.STAFF_SEEN)
    assert about(seen) == {"anna", "bo", "chef"}
    assert seen.detail["roll"] == "samordnare"


def test_a_filtered_list_is_about_those_it_shows(city: City, signed_in: SignIn) -> None:
    signed_in(city["chef"]).get(f"{STAFF}&namn=anna")
    [seen] = entries(AuditEvent.STAFF_SEEN)
    assert about(seen) == {"anna"}
    assert "namn" not in seen.detail  # what was searched for is nobody's business


def test_each_file_is_an_entry(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["chef"])
    for form in ("csv", "xlsx", "csv"):
        client.get(f"/medarbetare/export/{form}/?enhet=EB")
    fetched = entries(AuditEvent.STAFF_EXPORTED)
    assert [one.detail["format"] for one in fetched] == ["csv", "xlsx", "csv"]
    assert [about(one) for one in fetched] == [{"anna", "bo", "hemlig"}] * 3


def test_a_persons_page_seen_by_somebody_else(city: City, signed_in: SignIn) -> None:
    page = f"/medarbetare/{city['anna'].public_id}/"
    for who in ("chef", "samordnare", "anna", "bo"):
        signed_in(city[who]).get(page)
    by = [
        (one.actor.username, one.unit, one.detail["roll"])
        for one in entries(AuditEvent.PERSON_SEEN)
    ]
    assert by == [("chef", "EB", "chef"), ("samordnare", "STAD", "samordnare")]


def test_figures_and_ones_own_learning_are_not_logged(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["samordnare"])
    before = AuditEntry.objects.count()
    client.get("/uppfoljning/")
    client.get("/min-utbildning/")
    assert AuditEntry.objects.count() == before


def test_log_ins_and_log_outs(city: City) -> None:
    user = account(city["anna"])
    user.set_password("rätt-lösenord-här")
    user.save()
    client = Client()
    for typed in ("fel", "fel igen", "rätt-lösenord-här"):
        client.post("/logga-in/", {"username": "anna", "password": typed})
    client.post("/logga-in/", {"username": "ingen alls", "password": "hemlighet"})
    client.post("/logga-ut/")
    said = list(AuditEntry.objects.values_list("event", "actor__username", "detail"))
    assert said == [
        ("inloggning_nekad", None, {"konto": user.pk}),
        ("inloggad", "anna", {}),
        ("utloggad", "anna", {}),
    ]
    assert [about(one) for one in AuditEntry.objects.all()] == [{"anna"}] * 3


def test_the_command_line_is_logged_by_its_account(city: City, tmp_path: Path) -> None:
    for what in ("status", "summary"):
        path = tmp_path / f"{what}.csv"
        call_command(f"export_{what}", "--as-of", "2024-05-01", "--output", str(path))
    [status, summary] = AuditEntry.objects.all()
    assert (status.event, status.account) == (AuditEvent.STATUS_EXPORTED, system_account())
    assert about(status) == {"anna", "bo", "chef"}
    assert (summary.event, about(summary)) == (AuditEvent.SUMMARY_EXPORTED, set())


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_import_is_about_those_it_changed(city: City, tmp_path: Path, dry_run: bool) -> None:
    path = tmp_path / "personal.csv"
    path.write_text(
        "person_id;fornamn;efternamn;epost;enhet;befattning;verksamhetsomrade;chef;fran;till;skyddad\n"
        "anna;Förnamnanna;Efternamnanna;;EB;handläggare;;nej;2020-01-01;;nej\n"
        "bo;Bo;Nyttnamn;;EB;handläggare;;nej;2020-01-01;;nej\n"
        "ny;Ny;Person;;EB;handläggare;;nej;2024-01-01;;nej\n"
    )
    call_command("import_staff", str(path), *(["--dry-run"] if dry_run else []))
    imports = entries(AuditEvent.FILE_IMPORTED)
    assert [about(one) for one in imports] == ([] if dry_run else [{"bo", "ny"}])
    assert verify_chain().broken_at is None
    call_command("import_staff", str(path), *(["--dry-run"] if dry_run else []))
    assert entries(AuditEvent.FILE_IMPORTED) == imports  # the same file again changes nothing
