"""The page of deputies: what is found and what is not, what both see, and ending it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import duty, employ, person
from tests.tracking.delegation.test_actions import LAST, name, seen
from tests.tracking.reports.conftest import TODAY
from tracking.delegation.models import Delegation
from tracking.organisation.models import DutyRole, Person

SignIn = Callable[[Person], Client]
City = dict[str, Person]
PAGE = "/stallforetradare/"


def search(client: Client, words: str) -> list[str]:
    form = client.post(PAGE, {"sok": words, "gor": "sok"}).context["form"]
    return [label.split()[0] for _value, label in form.fields["person"].choices] if form else []


def propose(client: Client, words: str, who: Person, **said: str) -> HttpResponse:
    body = {
        "gor": "utse",
        "sok": words,
        "person": str(who.public_id),
        "enhet": "A",
        "fran": TODAY.isoformat(),
        "till": LAST.isoformat(),
    }
    return client.post(PAGE, body | said)


def with_address(who: Person, email: str) -> Person:
    who.email = email
    who.save()
    return who


def test_one_s_own_staff_are_found_by_name_and_others_are_not(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["boss"])
    assert search(client, "anna") == ["Anna"]
    assert search(client, "efternamn ann") == ["Anna"]
    assert search(client, "Bo Efternamnbo") == []
    assert search(client, "boss") == []  # oneself
    assert search(client, "a") == []
    assert search(signed_in(city["head"]), "efternamn") == ["Anna", "Bo", "Boss"]


def test_others_are_found_by_the_whole_address_or_hr_s_key(city: City, signed_in: SignIn) -> None:
    with_address(city["bo"], "bo@stad.se")
    client = signed_in(city["boss"])
    assert search(client, "bo") == ["Bo"]
    assert search(client, "BO@stad.se") == ["Bo"]
    assert search(client, "@stad.se") == []
    assert search(client, "b") == []


def test_nobody_is_told_who_is_protected_gone_or_not_there(city: City, signed_in: SignIn) -> None:
    with_address(city["hidden"], "hemlig@stad.se")
    employ(person("left"), "B", until=TODAY)
    client = signed_in(city["boss"])
    # The manager sees the protected one by name elsewhere; as a deputy they can't be found.
    pages = set()
    for words in ("hemlig@stad.se", "hidden", "left", "finns@inte.se", "contact"):
        page = client.post(PAGE, {"sok": words, "gor": "sok"})
        assert page.context["form"] is None
        pages.add(re.sub("<[^>]*>", "", page.content.decode()))
    assert len(pages) == 1


def test_a_manager_names_a_deputy_and_both_see_it(city: City, signed_in: SignIn) -> None:
    boss = signed_in(city["boss"])
    made = propose(boss, "bo", city["bo"])
    assert made.headers["Location"] == PAGE
    page = boss.get(PAGE)
    assert [one.deputy for one in page.context["given"]] == ["Bo Efternamnbo"]
    assert "Bo Efternamnbo är ställföreträdare" in page.content.decode()
    deputy = signed_in(city["bo"])
    (held,) = deputy.get(PAGE).context["held"]
    assert (held.manager, held.unit, held.last_day) == ("Boss Efternamnboss", "Enheten A", LAST)
    assert not deputy.get(PAGE).context["may_name"]
    for client, words in (
        (boss, "Bo Efternamnbo ser Enheten A som din ställföreträdare"),
        (deputy, "Du ser Enheten A som ställföreträdare för Boss Efternamnboss"),
    ):
        assert words in client.get("/medarbetare/").content.decode()


def test_only_whom_the_search_finds_can_be_named(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    assert propose(client, "anna", city["bo"]).status_code == 400
    assert propose(client, "hidden", city["hidden"]).status_code == 200
    assert not Delegation.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(city: City, signed_in: SignIn) -> None:
    answer = propose(
        signed_in(city["boss"]), "bo", city["bo"], till=(TODAY + timedelta(days=400)).isoformat()
    )
    assert answer.status_code == 400
    assert "högst ett år" in answer.content.decode()
    assert answer.context["form"]["person"].value() == str(city["bo"].public_id)


def test_a_deputy_names_nobody(city: City, signed_in: SignIn) -> None:
    name(city)
    client = signed_in(city["bo"])
    assert propose(client, "anna", city["anna"]).status_code == 403
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "contact", "auditor", "anna"])
def test_whoever_manages_nobody_is_refused(city: City, signed_in: SignIn, who: str) -> None:
    assert signed_in(city[who]).get(PAGE).status_code == 403


def test_each_of_the_two_may_end_it_and_nobody_else(city: City, signed_in: SignIn) -> None:
    made = name(city)
    address = f"{PAGE}{made.public_id}/avsluta/"
    assert signed_in(city["head"]).post(address).status_code == 404
    assert seen(city, "bo") == {"bo", "anna", "boss"}
    assert signed_in(city["bo"]).post(address).status_code == 302
    assert seen(city, "bo") == {"bo"}
    other = name(city, to="anna")
    signed_in(city["boss"]).post(f"{PAGE}{other.public_id}/avsluta/")
    assert seen(city, "anna") == {"anna"}


def test_a_protected_manager_stands_without_a_name(city: City, signed_in: SignIn) -> None:
    made = name(city)
    city["boss"].protected = True
    city["boss"].save()
    page = signed_in(city["bo"]).get(PAGE)
    assert [one.manager for one in page.context["held"]] == ["Skyddade uppgifter"]
    assert "Efternamnboss" not in page.content.decode()
    assert str(made.public_id) in page.content.decode()


def test_asking_one_address_after_the_other_is_braked(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    for number in range(20):
        assert "too_often" not in client.post(PAGE, {"sok": f"x{number}@stad.se"}).context
    assert client.post(PAGE, {"sok": "bo"}).context["too_often"]
    assert search(client, "anna") == ["Anna"]  # one's own staff are no secret


def test_a_deputy_of_hr_s_reads_why_there_is_nothing(city: City, signed_in: SignIn) -> None:
    duty(city["bo"], DutyRole.DEPUTY, "A")
    assert "HR har utsett dig" in signed_in(city["bo"]).get(PAGE).content.decode()
