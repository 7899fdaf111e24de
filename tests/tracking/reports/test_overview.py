"""Uppföljning: counts for those who follow up, never people."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from foundation.facts import FactBatch, open_batch
from tests.factories import batch, completion, employ, person, target, unit
from tests.tracking.reports.test_staff import City, SignIn, queries
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import UnitKind
from tracking.targets.models import Exemption, Target

OVERVIEW = "/uppfoljning/"
TARGET = "/uppfoljning/mal/"
# Three more are asked inside a transaction, as here: a process remembers what has been committed.
MOST_STATEMENTS = 12 + 3
THEN = "datum=2024-04-30&kand=2024-04-30"


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


def test_as_many_statements_for_many_units_and_targets_as_for_few(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["coordinator"])
    addresses = (OVERVIEW, f"{OVERVIEW}?enhet=SDN", f"{TARGET}?mal=T1", f"{OVERVIEW}?{THEN}")
    few = _warm(client, *addresses)
    for number in range(5):
        unit(f"SDN{number}", "STAD", UnitKind.DISTRICT_COMMITTEE)
        unit(f"E{number}", f"SDN{number}")
        employ(person(f"p{number}"), f"E{number}")
        target(f"M{number}", programme_goal=str(number))
    with transaction.atomic():
        open_batch(origin="test")
    assert _warm(client, *addresses) == few
    assert max(few) <= MOST_STATEMENTS


def _warm(client: Client, *addresses: str) -> list[int]:
    """How many each sends, once what is kept of the figures has followed the facts."""
    return [(queries(client, address), queries(client, address))[1] for address in addresses]


def test_only_the_business_area_that_was_chosen_is_counted(city: City, signed_in: SignIn) -> None:
    assist = person("assist")
    employ(assist, "A", business_area="Ekonomiskt bistånd")
    employ(assist, "B", business_area="familjerätt")
    completion(assist, date(2024, 2, 1))
    client = signed_in(city["coordinator"])
    for area in ("ekonomiskt bistånd", "EKONOMISKT BISTÅND"):
        page = client.get(OVERVIEW, {"enhet": "SDN", "omrade": area})
        table = page.context["table"]
        assert [column.code for column in table.columns] == ["SDN", "A"]
        assert [(one.counts.done, one.counts.base) for one in table.rows[0].cells] == [(1, 1)] * 2
        assert "Ekonomiskt bistånd: 1 av 1 kunskapsmål" in without_tags(page)
    page = client.get(OVERVIEW, {"omrade": "finns inte"})
    assert "Inga siffror" in without_tags(page)


def test_only_the_goal_of_the_programme_that_was_chosen(city: City, signed_in: SignIn) -> None:
    target("T2", programme_goal="4")
    client = signed_in(city["auditor"])
    page = client.get(OVERVIEW)
    assert [row.target.code for row in page.context["table"].rows] == ["T1", "T2"]
    assert [choice.label for choice in page.context["goals"]] == ["Alla", "Mål 4"]
    chosen = client.get(OVERVIEW + page.context["goals"][1].url)
    assert [row.target.code for row in chosen.context["table"].rows] == ["T2"]


def test_a_past_day_as_it_was_known_then_and_with_what_is_known_today(
    city: City, signed_in: SignIn
) -> None:
    _known_since(datetime(2024, 1, 1, 12, tzinfo=UTC))
    completion(city["anna"], date(2024, 4, 20), brought=later(datetime(2024, 5, 10, tzinfo=UTC)))
    client = signed_in(city["coordinator"])
    offered = {choice.label: choice.url for choice in client.get(OVERVIEW).context["days"]}
    assert list(offered) == ["I dag", "30 april 2024", "31 december 2023", "31 augusti 2023"]
    then = client.get(OVERVIEW + offered["30 april 2024"])
    assert then.context["table"].rows[0].cells[0].counts.done == 0
    assert "Läget den 30 april 2024, så som det var känt då." in without_tags(then)
    choices = {choice.label: choice for choice in then.context["knowledge"]}
    assert choices["Som det rapporterades då"].current
    now = client.get(OVERVIEW + choices["Med dagens kunskap"].url)
    assert now.context["table"].rows[0].cells[0].counts.done == 1
    assert "med dagens kunskap (registrerat till och med 10 maj 2024" in without_tags(now)


def test_a_moment_of_knowledge_to_the_second(city: City, signed_in: SignIn) -> None:
    moment = datetime(2024, 5, 10, 8, tzinfo=UTC)
    _known_since(datetime(2024, 1, 1, 12, tzinfo=UTC))
    completion(city["anna"], date(2024, 4, 20), brought=later(moment))
    client = signed_in(city["coordinator"])

    def done(kand: str) -> int:
        page = client.get(OVERVIEW, {"datum": "2024-04-30", "kand": kand})
        return int(page.context["table"].rows[0].cells[0].counts.done)

    asked = ("2024-05-10T09:59:59+02:00", "2024-05-10T10:00:00+02:00", "2024-05-10")
    assert [done(kand) for kand in asked] == [0, 1, 1]
    # An address in which nobody wrote %2B.
    page = client.get(f"{OVERVIEW}?kand=2024-05-10T09:59:59+02:00")
    assert "så som det var känt den 10 maj 2024 kl. 09:59" in without_tags(page)


@pytest.mark.parametrize("kand", ["2024-05-16", "i våras", "2024-05-10T25:00:00", "2024-05-10T10"])
def test_a_moment_that_cannot_be(city: City, signed_in: SignIn, kand: str) -> None:
    client = signed_in(city["coordinator"])
    for address in (OVERVIEW, TARGET):
        assert client.get(address, {"kand": kand}).status_code == 400


def test_one_target_in_every_part(city: City, signed_in: SignIn) -> None:
    unit("SDN2", "STAD", UnitKind.DISTRICT_COMMITTEE)
    employ(person("s1"), "SDN2")
    Course.objects.create(code="KURS", name="Kursen", form=CourseForm.WEB, batch_in=batch())
    completion(city["anna"], date(2024, 2, 1))
    page = signed_in(city["auditor"]).get(f"{TARGET}?mal=T1")
    report = page.context["report"]
    assert [(line.unit.code, line.figure.counts.done) for line in report.lines] == [
        ("SDN", 1),
        ("SDN2", 0),
    ]
    assert report.whole.figure.counts.base == 6
    assert report.ways == ["Kursen"]
    assert "Uppnått i 0 av 2 enheter" in without_tags(page)


@pytest.mark.parametrize("asked", ["mal=X", "", "mal=T1&datum=2019-01-01"])
def test_a_target_that_was_not_in_force_says_so(city: City, signed_in: SignIn, asked: str) -> None:
    page = signed_in(city["auditor"]).get(f"{TARGET}?{asked}")
    assert page.status_code == 200
    assert "Målet gällde inte den dagen" in without_tags(page)


def test_a_target_s_page_is_for_those_who_follow_up(city: City, signed_in: SignIn) -> None:
    asked = f"{TARGET}?mal=T1"
    found = {key: signed_in(city[key]).get(asked).status_code for key in ("anna", "boss")}
    assert found == {"anna": 403, "boss": 403}
    contact = signed_in(city["contact"])
    assert contact.get(f"{asked}&enhet=A").status_code == 200
    assert contact.get(f"{asked}&enhet=STAD").status_code == 400


def later(moment: datetime) -> FactBatch:
    """A batch recorded at this moment."""
    with transaction.atomic():
        return open_batch(origin="test", recorded_at=moment)


def _known_since(moment: datetime) -> None:
    """Everything so far is as if it had been recorded then."""
    FactBatch.objects.update(recorded_at=moment)


def without_tags(page: HttpResponse) -> str:
    """What the page says, in one line."""
    return " ".join(unescape(strip_tags(page.content.decode())).split())


def test_before_the_organisation_there_is_nothing(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["coordinator"]).get(f"{OVERVIEW}?datum=2019-01-01").content.decode()
    assert "Inga siffror för den dagen" in page


def test_a_day_that_cannot_be(city: City, signed_in: SignIn) -> None:
    assert signed_in(city["coordinator"]).get(f"{OVERVIEW}?datum=x").status_code == 400
