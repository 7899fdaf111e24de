"""`load_demo`: once, whole, and never over what people did."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.demo.city import write_city
from config.demo.writing import Kind
from foundation.facts import FactBatch
from tests.config.demo.conftest import TODAY
from tracking.organisation.models import Employment, Person, User
from tracking.status.queries import status_table, summary
from tracking.status.rules import Status


@pytest.fixture
def data_dir(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def load(day: date = TODAY) -> str:
    out = StringIO()
    call_command("load_demo", "--today", day.isoformat(), stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_it_is_refused_where_demo_is_off(settings, data_dir):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO är av"):
        load()
    assert not FactBatch.objects.exists()


@pytest.mark.django_db
def test_it_is_refused_over_somebody_elses_facts(data_dir, tmp_path):
    city = write_city(tmp_path / "other", today=TODAY)
    call_command("import_organisation", str(city.files[Kind.ORGANISATION]), stdout=StringIO())
    with pytest.raises(CommandError, match="inte är demons"):
        load()
    assert FactBatch.objects.count() == 1
    assert not User.objects.exists()


def cut_off_after_two_files(data_dir: Path) -> None:
    """A load that died when the third file was in, and before that was written down."""
    city = write_city(data_dir / "demo", today=TODAY)
    done = city.batches[:3]
    for batch in done:
        moment = batch.recorded_at.isoformat()
        call_command(
            f"import_{batch.kind}", str(batch.path), "--recorded-at", moment, stdout=StringIO()
        )
    said = {"today": TODAY.isoformat(), "done": [b.path.name for b in done[:2]], "finished": False}
    (data_dir / "demo" / "loaded.json").write_text(json.dumps(said), encoding="utf-8")


# A load from nothing is what every run's demo city comes of (tests/program.py).
@pytest.mark.slow
@pytest.mark.django_db
def test_a_load_that_was_cut_off_goes_on_to_the_whole_city_and_another_one_changes_nothing(
    data_dir, tmp_path
):
    cut_off_after_two_files(data_dir)
    first = load(date(2026, 5, 1))
    assert "Fortsätter" in first
    assert "[3/" in first
    assert "[2/" not in first
    assert json.loads((data_dir / "demo" / "loaded.json").read_text())["finished"]
    assert User.objects.filter(is_demo=True).count() == len(DEMO_ACCOUNTS)
    assert DEMO_PASSWORD in first
    # Whoever signs for another committee has an account that nobody can log in to.
    users = {user.username: user.has_usable_password() for user in User.objects.all()}
    assert {name for name, opens in users.items() if opens} == {
        account.username for account in DEMO_ACCOUNTS
    }
    worker = User.objects.get(username="medarbetare")
    assert worker.is_demo
    assert worker.check_password(DEMO_PASSWORD)
    assert worker.person.person_id == "D00001"
    today = Employment.objects.known_now().on(TODAY)
    assert today.values("person").distinct().count() == 3000

    worker.set_password("my own words now")
    worker.save()
    batches = FactBatch.objects.count()
    assert "redan inläst" in load()
    assert TODAY.isoformat() in load(date(2026, 5, 1))
    assert FactBatch.objects.count() == batches
    worker.refresh_from_db()
    assert worker.check_password("my own words now")

    # The whole files say what the dated slices have left.
    city = write_city(tmp_path / "whole", today=TODAY)
    for kind in Kind:
        out = StringIO()
        call_command(f"import_{kind}", str(city.files[kind]), stdout=out)
        assert "0 nya, 0 ändrade, 0 återkallade" in out.getvalue()

    districts_differ_and_the_medarbetare_has_her_course_before_her()


def districts_differ_and_the_medarbetare_has_her_course_before_her() -> None:
    table = status_table(as_of=TODAY)
    worker = Person.objects.get(person_id="D00001")
    hers = {one.target: one.status for one in table.results if one.person == worker.pk}
    assert hers["K05-FRAGA"] == Status.NOT_STARTED
    assert hers["K01-GRUND"] == hers["K02-HEDER"] == Status.DONE
    assert Status.OVERDUE not in hers.values()
    colleagues = {one.person: one for one in table.results if one.target == "K05-FRAGA"}
    begun, running_out, protected = Person.objects.filter(
        person_id__in=["D00007", "D00008", "D00009"]
    ).order_by("person_id")
    assert colleagues[begun.pk].status == Status.STARTED
    assert colleagues[running_out.pk].status == Status.DONE
    assert colleagues[running_out.pk].expires_soon(TODAY)
    assert colleagues[protected.pk].status == Status.OVERDUE
    assert protected.protected
    districts = {code for code, unit in table.units.units.items() if unit.kind == "stadsdelsnamnd"}
    shares = {
        one.unit: one.share
        for one in summary(table)
        if one.target == "K05-FRAGA" and one.unit in districts
    }
    assert len(shares) == 11
    assert max(shares.values()) >= 80
    assert min(shares.values()) <= 42
    counts = {one.status for one in table.results if one.target == "K05-FRAGA"}
    assert counts == set(Status)
