"""The pages of exemptions: from those chosen to the list, and back out."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import duty, employ, person
from tests.tracking.exemptions.test_actions import ASKED, record
from tracking.audit.models import AuditEntry
from tracking.organisation.models import DutyRole, Person
from tracking.targets.models import Exemption

SignIn = Callable[[Person], Client]
City = dict[str, Person]
LIST, RECORD = "/medarbetare/undantag/", "/medarbetare/undantag/nytt/"
SAID = {"mal": "T1", "fran": "2024-05-01", "till": "2024-08-31", "skal": "slutar"}


def post(client: Client, *people: Person, **said: str) -> HttpResponse:
    ids = [str(one.public_id) for one in people]
    return client.post(RECORD, SAID | {"enhet": "A", "egna_ord": "", "person": ids} | said)


def exempt() -> set[str]:
    return set(Exemption.objects.known_now().values_list("person__person_id", flat=True))


def test_from_the_matrix_to_the_list(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    ids = [str(city[key].public_id) for key in ("anna", "hidden")]
    to = client.post(
        "/medarbetare/valda/", {"enhet": "A", "person": ids, "gor": "undantag"}
    ).headers["Location"]
    page = client.get(to)
    assert [one.person_id for one in page.context["people"]] == ["anna", "hidden"]
    made = post(client, city["anna"], city["hidden"])
    assert made.headers["Location"] == f"{LIST}?enhet=A"
    page = client.get(made.headers["Location"])
    assert [(one.exemption.person, one.exemption.reason) for one in page.context["held"]] == [
        (city["anna"], "slutar snart"),
        (city["hidden"], "slutar snart"),
    ]
    assert "Undantaget är registrerat för 2 personer." in page.content.decode()
    assert client.get("/medarbetare/").context["chosen"] == 0


def test_only_one_s_own_staff_and_never_oneself(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    post(client, city["anna"], city["bo"], city["boss"], city["head"])
    assert exempt() == {"anna"}
    assert post(client, city["boss"]).status_code == 200
    assert exempt() == {"anna"}


@pytest.mark.parametrize("who", ["coordinator", "contact", "auditor", "anna"])
def test_it_is_the_manager_s_to_do(city: City, signed_in: SignIn, who: str) -> None:
    client = signed_in(city[who])
    assert [client.get(page).status_code for page in (LIST, f"{LIST}?enhet=A", RECORD)] == [403] * 3
    assert post(client, city["anna"]).status_code == 403
    assert exempt() == set()


def test_a_deputy_may_but_not_for_protected_people(city: City, signed_in: SignIn) -> None:
    duty(city["bo"], DutyRole.DEPUTY, "A")
    post(signed_in(city["bo"]), city["anna"], city["hidden"])
    assert exempt() == {"anna"}


def test_what_is_wrong_is_said_with_everything_kept(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    answer = post(client, city["anna"], till="2024-04-01", egna_ord="ring 811218-9876")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "inget personnummer" in page
    assert str(city["anna"].public_id) in page
    answer = post(client, city["anna"], till="2024-04-01")
    assert "2024-04-01: väntade" in answer.content.decode()
    assert exempt() == set()


def test_ending_and_withdrawing(city: City, signed_in: SignIn) -> None:
    (made,) = record(city, "anna")
    client = signed_in(city["boss"])
    address = f"{LIST}{made.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"till": "2024-09-01"}).status_code == 400
    assert client.post(address, {"till": "2024-05-20"}).headers["Location"] == f"{LIST}?enhet=A"
    assert client.get(address).status_code == 404  # another fact has taken its place
    (now,) = Exemption.objects.known_now()
    assert now.interval.last_day is not None
    assert now.interval.last_day.isoformat() == "2024-05-20"
    client.post(f"{LIST}{now.pk}/", {"gor": "aterkalla"})
    assert exempt() == set()


@pytest.mark.parametrize("who", ["bo", "coordinator", "anna"])
def test_another_s_exemption_is_not_there(city: City, signed_in: SignIn, who: str) -> None:
    (made,) = record(city, "anna")
    duty(city["bo"], DutyRole.MANAGER, "B")
    client = signed_in(city[who])
    answers = {
        client.get(f"{LIST}{made.pk}/").status_code,
        client.post(f"{LIST}{made.pk}/", {"gor": "aterkalla"}).status_code,
    }
    assert answers == ({404} if who == "bo" else {403})
    assert exempt() == {"anna"}


def test_protected_people_stand_in_nobody_else_s_list(city: City, signed_in: SignIn) -> None:
    (made,) = record(city, "hidden")
    page = signed_in(city["head"]).get(f"{LIST}?enhet=SDN")
    assert page.context["held"] == []
    assert "Hemlig" not in page.content.decode()
    assert signed_in(city["head"]).get(f"{LIST}{made.pk}/").status_code == 404


def test_who_is_listed_is_written_down(city: City, signed_in: SignIn) -> None:
    record(city, "anna")
    signed_in(city["boss"]).get(f"{LIST}?enhet=A")
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.event, entry.people) == ("medarbetare_sedda", 1)


def test_the_person_sees_how_long_and_why(city: City, signed_in: SignIn) -> None:
    record(city, "anna", asked=ASKED)
    page = signed_in(city["anna"]).get("/min-utbildning/").content.decode()
    assert "t.o.m. 31 augusti 2024" in page
    assert ASKED.reason in page
    log = signed_in(city["anna"]).get("/mina-uppgifter/vem-har-sett/").content.decode()
    assert "Registrerade att du är undantagen från ett mål under en tid" in log


def test_as_many_queries_for_three_exemptions_as_for_one(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])

    def asked() -> int:
        client.get(f"{LIST}?enhet=A")
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{LIST}?enhet=A").status_code == 200
        return len(found)

    record(city, "anna")
    one = asked()
    for key in ("x", "y"):
        employ(who := person(key), "A")
        record(city | {key: who}, key)
    assert (one, asked()) == (one, one)
    assert one <= 20
