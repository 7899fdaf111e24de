"""A person's page: for themself and those above them, nobody for anybody else."""

import re
from datetime import date

from django.http import HttpResponse

from tests.factories import completion
from tests.tracking.reports.test_staff import City, SignIn
from tracking.organisation.models import Person


def address(who: Person) -> str:
    return f"/medarbetare/{who.public_id}/"


def without_tokens(response: HttpResponse) -> str:
    """The page, apart from what each page has of its own: its token, nonce and address."""
    own = r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"'
    page = re.sub(own, "", response.content.decode())
    return page.replace(response.wsgi_request.path, "…")


def test_who_reaches_whom(city: City, signed_in: SignIn) -> None:
    reached = {
        (reader, who)
        for reader in city
        for who in ("anna", "bo", "hidden")
        if signed_in(city[reader]).get(address(city[who])).status_code == 200
    }
    assert reached == {
        ("anna", "anna"),
        ("bo", "bo"),
        ("hidden", "hidden"),
        ("boss", "anna"),
        ("boss", "hidden"),
        ("head", "anna"),
        ("head", "bo"),
        ("coordinator", "anna"),
        ("coordinator", "bo"),
    }


def test_nobody_and_somebody_out_of_reach_look_the_same(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    nobody = client.get("/medarbetare/00000000-0000-4000-8000-000000000000/")
    somebody = client.get(address(city["bo"]))
    assert (nobody.status_code, somebody.status_code) == (404, 404)
    assert without_tokens(nobody) == without_tokens(somebody)


def test_targets_with_their_days(city: City, signed_in: SignIn) -> None:
    completion(city["anna"], date(2024, 2, 1))
    page = signed_in(city["boss"]).get(address(city["anna"])).content.decode()
    for text in ("Mål T1", "Nått 1 februari 2024", "Gäller sedan 1 januari 2020", "31 mars 2024"):
        assert text in page


def test_a_past_day(city: City, signed_in: SignIn) -> None:
    completion(city["anna"], date(2024, 2, 1))
    response = signed_in(city["boss"]).get(f"{address(city['anna'])}?datum=2024-01-31")
    assert [one.result.status for one in response.context["report"].targets] == ["ej_paborjad"]
    assert response.context["report"].completions == []


def test_a_day_that_cannot_be(city: City, signed_in: SignIn) -> None:
    response = signed_in(city["boss"]).get(f"{address(city['anna'])}?datum=nej")
    assert response.status_code == 400
