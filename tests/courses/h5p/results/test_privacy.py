"""What is kept of playing is told to whoever played, and goes when they or the rules say so."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState, H5PStatement
from courses.h5p.store.models import H5PVersion
from tests.courses.h5p.results.browsing import Browser
from tests.courses.h5p.results.conftest import Place
from tests.courses.h5p.results.said import entry, statement
from tests.courses.makers import make_person, make_user
from tracking.organisation.models import Person, User
from tracking.privacy.own_data import as_pdf, own_data
from tracking.privacy.sections import Owner
from tracking.retention.people import pseudonymise
from tracking.retention.rules import RULES

TODAY = date(2026, 11, 22)
Played = Callable[[User], Browser]


@pytest.fixture
def played(version: H5PVersion, place: Place) -> Played:
    """Somebody opens the content, answers, and leaves half-way through another try."""

    def play(user: User) -> Browser:
        browser = Browser(user)
        launch = browser.launch(version)
        browser.say(launch, entry(statement(raw=8, of=10, duration="PT90S")))
        browser.save(launch, '{"answers":[1]}')
        return browser

    return play


def kept_of(user: User) -> list[int]:
    of = {"user": user}
    counts = [model.objects.filter(**of).count() for model in (H5PLaunch, H5PResult, H5PState)]
    return [*counts, H5PStatement.objects.filter(launch__user=user).count()]


def test_everything_is_told_to_whoever_played_and_to_nobody_else(
    anna: User, played: Played
) -> None:
    browser, other = played(anna), played(make_user("bo"))
    told: dict[str, Any] = json.loads(browser.client.post("/mina-uppgifter/fil/json/").content)
    assert [one["innehall"] for one in told["h5p_oppnat"]] == ["Ett samtal"]
    (result,) = told["h5p_resultat"]
    assert {
        name: result[name]
        for name in ("plats", "ganger", "poang", "max_poang", "procent", "sekunder")
    } == {
        "plats": "Stället här/1",
        "ganger": 1,
        "poang": "8",
        "max_poang": "10",
        "procent": 80,
        "sekunder": 90,
    }
    (said,) = told["h5p_utsagor"]
    assert json.loads(said["utsaga"])["result"]["score"]["raw"] == 8
    assert [one["lage"] for one in told["h5p_lagen"]] == ['"{\\"answers\\":[1]}"']
    keys = {one["nyckel"] for one in told["h5p_oppnat"]}
    others = json.loads(other.client.post("/mina-uppgifter/fil/json/").content)
    assert keys.isdisjoint(one["nyckel"] for one in others["h5p_oppnat"])


def test_a_long_state_does_not_fill_the_pdf(anna: User, played: Played) -> None:
    browser = played(anna)
    long = "å" * 200_000
    browser.save(str(H5PLaunch.objects.get().public_id), long)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    data = own_data(Owner(anna, None, TODAY), now=now)
    assert len(as_pdf(data)) < 200_000


def test_one_deletes_ones_own_answers_and_nobody_elses(anna: User, played: Played) -> None:
    bo = make_user("bo")
    browser, _other = played(anna), played(bo)
    url = reverse("privacy:erase", args=["interaktivt-innehall"])
    assert url in browser.client.get(reverse("privacy:mine")).content.decode()
    assert "Det går inte att ångra" in browser.client.get(url).content.decode()
    assert kept_of(anna) == [1, 1, 1, 1]
    answer = browser.client.post(url, follow=True)
    assert "Borttaget." in answer.content.decode()
    assert (kept_of(anna), kept_of(bo)) == ([0, 0, 0, 0], [1, 1, 1, 1])
    assert "Det finns inget att ta bort" in browser.client.get(url).content.decode()


def test_what_is_still_open_in_a_tab_can_bring_nothing_back(anna: User, played: Played) -> None:
    browser = played(anna)
    launch = str(H5PLaunch.objects.get().public_id)
    browser.client.post(reverse("privacy:erase", args=["interaktivt-innehall"]))
    assert browser.say(launch, entry()).status_code == 404
    assert browser.save(launch, "x").status_code == 404
    assert kept_of(anna) == [0, 0, 0, 0]


def test_nobody_else_reaches_what_somebody_has_answered(anna: User, played: Played) -> None:
    played(anna)
    client = Client()
    url = reverse("privacy:erase", args=["interaktivt-innehall"])
    assert client.post(url).status_code == 302
    assert Client().get(reverse("privacy:erase", args=["nagot-annat"])).status_code == 302
    assert kept_of(anna) == [1, 1, 1, 1]


def test_all_of_it_goes_with_who_the_person_was(played: Played) -> None:
    person: Person = make_person("cilla")
    assert person.user is not None
    played(person.user)
    with transaction.atomic():
        pseudonymise([person], on=TODAY)
    assert kept_of(person.user) == [0, 0, 0, 0]


def test_what_was_reported_goes_after_a_while_and_where_one_stands_stays(
    anna: User, played: Played
) -> None:
    played(anna)
    rule, day = RULES["h5p-utsagor"], date(2025, 11, 22)
    assert rule.count(day) == 0
    old = datetime(2025, 11, 20, tzinfo=UTC)
    H5PLaunch.objects.update(opened_at=old)
    H5PState.objects.update(made_at=old)
    played(anna)
    assert rule.count(day) == 1
    with transaction.atomic():
        assert rule.dispose(day, 10).rows == 1
        assert rule.dispose(day, 10).rows == 0
    assert (H5PLaunch.objects.count(), H5PStatement.objects.count()) == (1, 1)
    assert H5PResult.objects.get().share == 8000


def test_a_place_saved_long_ago_goes_by_a_rule_of_its_own(anna: User, played: Played) -> None:
    person = make_person("cilla")
    assert person.user is not None
    played(anna)
    played(person.user)
    mine = H5PState.objects.filter(user=person.user)
    mine.update(made_at=datetime(2025, 11, 20, tzinfo=UTC))
    rule, day = RULES["h5p-lagen"], date(2025, 11, 22)
    with transaction.atomic():
        gone = rule.dispose(day, 10)
    assert (gone.rows, gone.people) == (1, frozenset({person.pk}))
    assert H5PState.objects.get().user == anna
