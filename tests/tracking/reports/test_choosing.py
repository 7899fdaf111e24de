"""Choosing people among one's staff: kept over order, filters and pages, then given to an act."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import batch, employ, person
from tests.hostile import ELSEWHERE
from tests.tracking.reports.conftest import TODAY
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import Person
from tracking.organisation.rules import visible_to
from tracking.reports.choosing import MOST, MOST_IN_AN_ADDRESS, staff_among

SignIn = Callable[[Person], Client]
City = dict[str, Person]
STAFF, CHOOSE = "/medarbetare/", "/medarbetare/valda/"


def choose(
    client: Client, *people: Person, shown: tuple[Person, ...] = (), **said: str
) -> HttpResponse:
    body = {
        "enhet": "A",
        "visade": ",".join(str(one.public_id) for one in (*people, *shown)),
        "person": [str(one.public_id) for one in people],
        "gor": "behall",
    }
    return client.post(CHOOSE, body | said)


def ticked(response: HttpResponse) -> list[str]:
    lines = [line for block in response.context["blocks"] for line in block.lines]
    return [line.row.name.split()[0] for line in lines if line.chosen]


def test_a_choice_survives_another_order_and_filter(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    back = choose(client, city["anna"], fraga="sortera=-namn&enhet=A")
    assert back.headers["Location"] == "/medarbetare/?enhet=A&sortera=-namn#people"
    assert ticked(client.get(f"{STAFF}?sortera=-namn")) == ["Anna"]
    elsewhere = client.get(f"{STAFF}?namn=hemlig")
    assert (ticked(elsewhere), elsewhere.context["chosen"], elsewhere.context["elsewhere"]) == (
        [],
        1,
        1,
    )
    choose(client, city["hidden"])
    assert ticked(client.get(STAFF)) == ["Anna", "Hemlig"]
    choose(client, city["hidden"], shown=(city["anna"],))
    assert ticked(client.get(STAFF)) == ["Hemlig"]


def test_everybody_of_the_list_and_nobody(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["head"])
    choose(client, enhet="SDN", gor="alla", fraga="underenhet=A")
    assert ticked(client.get(f"{STAFF}?enhet=SDN")) == ["Anna", "Boss"]
    choose(client, enhet="SDN", gor="ingen")
    assert ticked(client.get(f"{STAFF}?enhet=SDN")) == []


def test_nobody_chooses_themself(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    choose(client, gor="alla")
    assert ticked(client.get(STAFF)) == ["Anna", "Hemlig"]


def test_an_act_is_given_the_unit_and_the_people(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    to = choose(client, city["anna"], city["hidden"], gor="narvaro").headers["Location"]
    assert urlsplit(to).path == "/medarbetare/narvaro/"
    assert parse_qs(urlsplit(to).query) == {
        "enhet": ["A"],
        "person": [str(city["anna"].public_id), str(city["hidden"].public_id)],
    }


def test_an_act_without_anybody_says_so(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    back = choose(client, gor="narvaro")
    assert back.headers["Location"] == "/medarbetare/?enhet=A#people"
    assert "Välj någon först" in client.get(STAFF).content.decode()


def test_no_more_than_can_be_chosen(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    strangers = ",".join(str(uuid4()) for _ in range(MOST + 2)).split(",")
    back = client.post(CHOOSE, {"enhet": "A", "person": strangers, "gor": "narvaro"})
    assert back.headers["Location"] == "/medarbetare/narvaro/?enhet=A&valda=ja"  # too many
    page = client.get(f"{STAFF}?namn=ingen")
    assert f"Högst {MOST} personer" in page.content.decode()
    assert MOST_IN_AN_ADDRESS * 44 < 4_094


def test_attendance_lists_those_kept_where_an_address_holds_too_few(
    city: City, signed_in: SignIn
) -> None:
    Course.objects.create(
        code="FORELASNING", name="Föreläsning", form=CourseForm.INSTRUCTOR, batch_in=batch()
    )
    client = signed_in(city["boss"])
    choose(client, city["hidden"])
    asked = "enhet=A&valda=ja&kurs=FORELASNING&datum=2024-05-01"
    page = client.get(f"/medarbetare/narvaro/?{asked}")
    assert [one.person for one in page.context["list"]["people"]] == [city["hidden"]]
    page = client.get(f"/medarbetare/narvaro/?{asked.replace('&valda=ja', '')}")
    assert [one.person for one in page.context["list"]["people"]] == [
        city["anna"],
        city["hidden"],
    ]


def test_another_s_unit_has_nobody_to_choose(city: City, signed_in: SignIn) -> None:
    assert choose(signed_in(city["boss"]), enhet="B").status_code == 403
    assert choose(signed_in(city["coordinator"])).status_code == 403
    page = signed_in(city["coordinator"]).get(f"{STAFF}?enhet=A")
    assert 'name="person"' not in page.content.decode()


@pytest.mark.parametrize("onwards", ELSEWHERE)
def test_a_choice_leads_nowhere_else(city: City, signed_in: SignIn, onwards: str) -> None:
    back = choose(signed_in(city["boss"]), city["anna"], vidare=onwards)
    assert back.headers["Location"] == "/medarbetare/?enhet=A#people"


def test_a_choice_goes_on_to_the_next_page_of_the_list(city: City, signed_in: SignIn) -> None:
    back = choose(signed_in(city["boss"]), city["anna"], vidare="/medarbetare/?sida=2")
    assert back.headers["Location"] == "/medarbetare/?sida=2"


def test_only_one_s_own_staff_are_among_those_chosen(city: City) -> None:
    employ(left := person("left"), "A", until=TODAY)
    assert city["boss"].user is not None
    scope = visible_to(city["boss"].user, TODAY)
    asked = [*(one.public_id for one in city.values()), left.public_id, uuid4()]
    assert [one.person_id for one in staff_among(scope, asked)] == ["anna", "hidden"]


def test_what_is_no_key_is_passed_over(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    client.post(CHOOSE, {"enhet": "A", "person": ["x", "1", str(UUID(int=1))], "visade": "y,"})
    assert client.get(STAFF).context["chosen"] == 1
