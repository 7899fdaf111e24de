"""Datakvalitet: who opens what, what is logged, and what a page costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch, close_batch, open_batch
from foundation.outbox import OutboxRow
from tests.factories import account, employ, person, target, unit
from tests.tracking.quality.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import Person, User
from tracking.quality.actions import take_reading
from tracking.quality.kinds import FINDINGS
from tracking.quality.models import QualityReading
from tracking.quality.tasks import read_quality
from tracking.status.models import Verification

City = dict[str, Person]
SignIn = Callable[[Person], Client]
PAGE = "/datakvalitet/"
NAMING = [f"{PAGE}{one.key}/" for one in FINDINGS if one.names_people]
NOW = datetime(2024, 5, 15, 10, 0, tzinfo=UTC)


@pytest.fixture
def wrong(city: City) -> City:
    """Something of everything."""
    employ(city["anna"], "FEL")
    target("T2", audience="enhet=FEL")
    return city


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_coordinators_auditors_and_administrators_open_it(wrong: City, signed_in: SignIn) -> None:
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("administrator"))
    clients = {key: signed_in(who) for key, who in wrong.items()} | {"admin": administrator}
    opened = {key for key, one in clients.items() if one.get(PAGE).status_code == 200}
    assert opened == {"coordinator", "auditor", "admin"}


@pytest.mark.parametrize("address", [*NAMING, f"{PAGE}okanda-enheter/?enhet=FEL"])
def test_an_auditor_and_an_administrator_see_how_many_and_nobody(
    wrong: City, signed_in: SignIn, address: str
) -> None:
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("administrator"))
    for client in (signed_in(wrong["auditor"]), administrator):
        page = client.get(address)
        assert page.context["is_closed"]
        assert "lines" not in page.context
        assert "Efternamnanna" not in page.content.decode()


def test_an_auditor_is_led_to_no_list_of_people(wrong: City, signed_in: SignIn) -> None:
    addresses = [f"{PAGE}okanda-enheter/", f"{PAGE}utan-chef/"]
    auditor = "".join(signed_in(wrong["auditor"]).get(one).content.decode() for one in addresses)
    coordinator = "".join(
        signed_in(wrong["coordinator"]).get(one).content.decode() for one in addresses
    )
    for link in ("?enhet=FEL", "/medarbetare/?enhet=B"):
        assert link in coordinator
        assert link not in auditor


def test_a_list_that_names_people_is_written_to_the_log_once(
    wrong: City, signed_in: SignIn
) -> None:
    client = signed_in(wrong["coordinator"])
    before = AuditEntry.objects.count()
    client.get(PAGE)
    client.get(f"{PAGE}okanda-enheter/")
    assert AuditEntry.objects.count() == before
    for _twice in range(2):
        client.get(f"{PAGE}okanda-enheter/?enhet=FEL")
    [entry] = AuditEntry.objects.filter(event=AuditEvent.QUALITY_SEEN)
    assert entry.actor == account(wrong["coordinator"])
    assert [one.person_id for one in entry.subjects.all()] == [wrong["anna"].pk]
    assert entry.detail == {"roll": "samordnare", "dag": "2024-05-15", "lista": "okanda-enheter"}


def test_protected_people_are_named_on_no_page(wrong: City, signed_in: SignIn) -> None:
    hidden = wrong["hidden"]
    hidden.employments.all().delete()
    Person.objects.filter(pk__in=[hidden.pk, wrong["bo"].pk]).update(email="hemlig@stad.example")
    client = signed_in(wrong["coordinator"])
    for one in FINDINGS:
        page = client.get(f"{PAGE}{one.key}/").content.decode()
        assert "Efternamnhidden" not in page
        assert "hemlig@stad.example" not in page


def test_a_list_says_that_somebody_protected_is_left_out(wrong: City, signed_in: SignIn) -> None:
    client, address = signed_in(wrong["coordinator"]), f"{PAGE}okanda-enheter/?enhet=FEL"
    assert not client.get(address).context["hides"]
    employ(wrong["hidden"], "FEL")
    assert client.get(address).context["hides"]
    assert not client.get(f"{address}&sok=anna").context["hides"]


def test_a_list_that_is_not_there_is_not_found(wrong: City, signed_in: SignIn) -> None:
    client = signed_in(wrong["coordinator"])
    for address in ("finns-inte/", "utan-chef/?enhet=A", "inlasningar/999999/"):
        assert client.get(f"{PAGE}{address}").status_code == 404


def test_the_pages_cost_the_same_however_much_is_wrong(wrong: City, signed_in: SignIn) -> None:
    client = signed_in(wrong["coordinator"])
    addresses = [PAGE, *(f"{PAGE}{one.key}/" for one in FINDINGS)]
    addresses.append(f"{PAGE}okanda-enheter/?enhet=FEL")
    client.get(PAGE)
    Person.objects.filter(pk=wrong["anna"].pk).update(email="delad@stad.example")
    Person.objects.filter(pk=wrong["bo"].pk).update(email="delad@stad.example")
    for address in addresses:  # what is looked at is in the log already
        client.get(address)
    few = [queries(client, address) for address in addresses]
    for number in range(4):
        unit(f"C{number}", "SDN")
        for code in (f"FEL{number}", f"C{number}", "FEL"):
            employ(person(f"{code}-{number}"), code)
        target(f"T3{number}", audience=f"enhet=FEL{number}")
        person(f"utan{number}")
    Person.objects.filter(person_id__startswith="C").update(email="c@stad.example")
    for address in addresses:
        client.get(address)
    assert [queries(client, address) for address in addresses] == few
    assert max(few) <= 20


def brought_in(origin: str = "import staff", **more: object) -> FactBatch:
    with transaction.atomic():
        one = open_batch(origin=origin, file_name="personal.csv")
        close_batch(one, brought=3, taken_away=1, **more)  # type: ignore[arg-type]
    return one


def test_imports_are_listed_and_each_says_what_it_changed(wrong: City, signed_in: SignIn) -> None:
    one = brought_in()
    known = wrong["anna"].employments.order_by("pk")[0]
    wrong["anna"].employments.filter(pk=known.pk).update(batch_out=one)
    wrong["bo"].employments.update(batch_out=one)
    for unit_code in (known.unit_code, "SDN"):
        known.__class__.objects.create(
            person=wrong["anna"],
            unit_code=unit_code,
            valid_from=known.valid_from,
            position="ny",
            batch_in=one,
        )
    brought_in("course started", people=[wrong["anna"].pk])
    client = signed_in(wrong["coordinator"])
    [listed] = client.get(f"{PAGE}inlasningar/").context["imports"]
    assert (listed.kind, listed.file, listed.brought, listed.taken_away) == (
        "Personal och var de arbetar (personal.csv)",
        "personal.csv",
        3,
        1,
    )
    assert [it.batch for it in client.get(PAGE).context["imports"]] == [one.pk]
    did = client.get(f"{PAGE}inlasningar/{one.pk}/").context["did"]
    assert (did.new, did.replaced, did.gone) == (1, 1, 1)


def test_pages_of_figures_say_that_there_is_something_to_look_at(
    wrong: City, signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    said = "Det finns saker att se över i det siffrorna bygger på."
    overview = "/uppfoljning/"
    coordinator, contact = signed_in(wrong["coordinator"]), signed_in(wrong["contact"])
    assert said not in coordinator.get(overview).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        take_reading(on=TODAY, now=NOW)
    assert f'href="{PAGE}"' in coordinator.get(overview).content.decode()
    page = contact.get(overview).content.decode()
    assert said in page
    assert PAGE not in page


def test_a_reading_takes_the_last_one_s_place(wrong: City) -> None:
    take_reading(on=TODAY, now=NOW)
    wrong["anna"].employments.filter(unit_code="FEL").delete()
    read_quality()
    [kept] = QualityReading.objects.all()
    assert kept.counts["okanda-enheter"] == 0
    assert kept.counts["villkor"] == 1
    assert set(kept.counts) == {one.key for one in FINDINGS}


def test_an_import_has_it_read_again_and_one_person_s_fact_does_not(wrong: City) -> None:
    waiting = OutboxRow.objects.filter(task="tracking.read_quality")
    brought_in("course completed", people=[wrong["anna"].pk])
    assert not waiting.exists()
    brought_in(people=[wrong["anna"].pk])
    brought_in("unit moved")
    assert waiting.count() == 1


@pytest.mark.parametrize(
    ("wrong_statuses", "repaired", "said"),
    [
        (0, False, "Inget skilde sig."),
        (2, False, "be den som driver plattformen rätta"),
        (2, True, "Det som skilde sig är rättat."),
    ],
)
def test_the_last_comparison_of_kept_figures_is_shown(
    wrong: City, signed_in: SignIn, wrong_statuses: int, repaired: bool, said: str
) -> None:
    client = signed_in(wrong["coordinator"])
    assert "Ingen jämförelse har gjorts än." in client.get(PAGE).content.decode()
    for number in (0, wrong_statuses):
        Verification.objects.create(
            ran_at=NOW + timedelta(seconds=number),
            seconds=1,
            as_of=TODAY,
            batch=1,
            people=8,
            wrong_statuses=number,
            wrong_counts=0,
            repaired=repaired,
        )
    page = client.get(PAGE).content.decode()
    assert said.lower() in page.lower()
    assert "8 personer jämfördes." in page
