"""Uppföljning: counts for those who follow up, never people."""

from datetime import date

from django.db import transaction

from foundation.facts import FactBatch, open_batch
from tests.factories import completion, duty, employ, person, target, unit
from tests.tracking.reports.test_staff import City, SignIn, queries
from tracking.organisation.models import DutyRole, UnitKind
from tracking.targets.models import Exemption, Target

OVERVIEW = "/uppfoljning/"


def test_the_city_stands_first_then_its_districts(city: City, signed_in: SignIn) -> None:
    unit("NAMND", "STAD", UnitKind.COMMITTEE)
    unit("SDN2", "STAD", UnitKind.DISTRICT_COMMITTEE)
    for key, code in (("n1", "NAMND"), ("s1", "SDN2")):
        employ(person(key), code)
    completion(city["anna"], date(2024, 2, 1))
    table = signed_in(city["coordinator"]).get(OVERVIEW).context["table"]
    assert [column.code for column in table.columns] == ["STAD", "SDN", "SDN2", "NAMND"]
    cells = [cell.counts for cell in table.rows[0].cells]
    assert [(one.done, one.base, one.share) for one in cells] == [
        (1, 7, 14),
        (1, 5, 20),
        (0, 1, 0),
        (0, 1, 0),
    ]


def test_a_key_contact_sees_their_committee_and_no_further(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["contact"])
    table = client.get(OVERVIEW).context["table"]
    assert [column.code for column in table.columns] == ["SDN", "A", "B"]
    assert table.above == []
    assert client.get(f"{OVERVIEW}?enhet=STAD").status_code == 400


def test_no_page_of_figures_names_anybody(city: City, signed_in: SignIn) -> None:
    for reader in ("contact", "coordinator", "auditor"):
        page = signed_in(city[reader]).get(f"{OVERVIEW}?enhet=SDN").content.decode()
        own = f"Efternamn{reader}"
        assert [key for key in city if f"Efternamn{key}" in page.replace(own, "")] == []
        assert "/medarbetare/0" not in page


def test_others_are_refused(city: City, signed_in: SignIn) -> None:
    refused = [signed_in(city[key]).get(OVERVIEW).status_code for key in ("anna", "boss", "head")]
    assert refused == [403, 403, 403]


def test_everybody_exempt_is_said_in_words(city: City, signed_in: SignIn) -> None:
    unit("SDN2", "STAD", UnitKind.DISTRICT_COMMITTEE)
    only = person("only")
    employ(only, "SDN2")
    Exemption.objects.create(
        person=only,
        target_code="T1",
        valid_from=date(2024, 1, 1),
        batch_in=FactBatch.objects.latest("id"),
    )
    page = signed_in(city["auditor"]).get(OVERVIEW).content.decode()
    assert "alla undantagna" in page


def test_what_is_only_offered_comes_last_and_reaches_nothing(city: City, signed_in: SignIn) -> None:
    target("A0", level="erbjuden", share=0)
    table = signed_in(city["auditor"]).get(OVERVIEW).context["table"]
    assert [row.target.code for row in table.rows] == ["T1", "A0"]
    assert table.reached == 0


def test_paper_leaves_out_where_nothing_is_required(city: City, signed_in: SignIn) -> None:
    unit("NAMND", "STAD", UnitKind.COMMITTEE)
    employ(person("n1"), "NAMND", position="kock")
    client = signed_in(city["auditor"])
    assert client.get(OVERVIEW).context["table"].thin == set()
    with transaction.atomic():
        open_batch(origin="test")
    Target.objects.update(audience="befattning=handläggare")
    target("A0", level="erbjuden", share=0)
    with transaction.atomic():
        open_batch(origin="test")
    table = client.get(OVERVIEW).context["table"]
    assert [table.columns[at].code for at in table.thin] == ["NAMND"]


def test_a_new_batch_is_counted_at_once(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    client.get(OVERVIEW)
    with transaction.atomic():
        open_batch(origin="test")
    completion(city["anna"], date(2024, 2, 1))
    table = client.get(OVERVIEW).context["table"]
    assert table.rows[0].cells[0].counts.done == 1


def test_the_second_look_counts_nothing_anew(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    first, second = queries(client, OVERVIEW), queries(client, OVERVIEW)
    assert (first, second) == (15, 8)
    duty(city["anna"], DutyRole.KEY_CONTACT, "A")
    # A new batch: whatever it was about, what was counted before it is not taken for granted.
    assert (queries(client, OVERVIEW), queries(client, OVERVIEW)) == (15, 8)


def test_before_the_organisation_there_is_nothing(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["coordinator"]).get(f"{OVERVIEW}?datum=2019-01-01").content.decode()
    assert "Inga siffror för den dagen" in page


def test_a_day_that_cannot_be(city: City, signed_in: SignIn) -> None:
    assert signed_in(city["coordinator"]).get(f"{OVERVIEW}?datum=x").status_code == 400
