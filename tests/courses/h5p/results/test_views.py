"""Opening, reporting and saving, as a lesson's page does it."""

import json
from uuid import uuid4

import pytest
import time_machine
from django.db.models import Sum
from django.db.models.functions import Length
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from courses.h5p.results import views
from courses.h5p.results.limits import (
    MOST_AT_ONCE,
    MOST_SAID,
    MOST_STATEMENTS,
    OPENING,
    OPENING_FOR_DAYS,
)
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState, H5PStatement
from courses.h5p.results.requirements import Kind, Requirement
from courses.h5p.store.models import H5PVersion, VersionState
from foundation.brake import Limit
from tests.courses.h5p.results.browsing import WHERE, Browser
from tests.courses.h5p.results.conftest import Place
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.results.test_statements import ANYTHING
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user
from tracking.organisation.models import User


def test_opening_says_where_the_frame_is_and_how_far_one_had_come(
    browser: Browser, version: H5PVersion, anna: User
) -> None:
    first = browser.open(version).json()
    launch = H5PLaunch.objects.get()
    assert (launch.user, launch.version, launch.place) == (anna, version, WHERE)
    assert first["launch"] == str(launch.public_id)
    assert first["frame"].startswith("/h5p/spel/")
    assert first["state"] == {}
    browser.save(first["launch"], '{"answers":[1]}')
    browser.save(first["launch"], '{"page":2}', sub="a-1", type="place")
    again = browser.open(version).json()
    assert again["state"] == {
        "0": {"state": '{"answers":[1]}'},
        "a-1": {"place": '{"page":2}'},
    }
    assert again["nonce"] != first["nonce"]


def test_content_that_waits_for_approval_says_so(browser: Browser) -> None:
    waiting = store_version([store_library("Test.New")], state=VersionState.WAITING)
    answer = browser.open(waiting)
    assert answer.status_code == 409
    assert "väntar på att godkännas" in answer.json()["error"]
    assert not H5PLaunch.objects.exists()


def test_nothing_is_opened_where_one_may_not_or_where_there_is_nothing(
    browser: Browser, version: H5PVersion, place: Place, anna: User
) -> None:
    assert browser.open(version, "nowhere:1").status_code == 404
    assert browser.open(version, "lesson:x/y").status_code == 404
    asked = {"content": str(uuid4()), "place": WHERE}
    assert browser.client.post(reverse("h5p:open"), asked).status_code == 404
    place.closed_to = {anna.pk}
    assert browser.open(version).status_code == 404
    assert browser.post(reverse("h5p:open"), {"place": WHERE}).status_code == 400
    assert not H5PLaunch.objects.exists()


@pytest.mark.parametrize("rest", ["halv\ud800", "esc\x1b[2J", "rad\nrad", "sist\uffff"])
def test_a_place_that_can_not_be_kept_is_refused(
    browser: Browser, version: H5PVersion, rest: str
) -> None:
    asked = {"content": str(version.content.public_id), "place": f"prov:{rest}"}
    assert browser.post(reverse("h5p:open"), asked).status_code == 400
    assert not H5PLaunch.objects.exists()


def test_a_result_is_kept_once_however_often_it_is_sent(
    browser: Browser, version: H5PVersion, place: Place
) -> None:
    launch = browser.launch(version)
    said = entry(statement(raw=8, of=10, success=True, duration="PT61S"))
    first, second = browser.say(launch, said), browser.say(launch, said, said)
    assert first.json() == {
        "stored": [said["id"]],
        "refused": [],
        "met": True,
        "shown": {
            "finished": True,
            "percent": 80,
            "words": "8 av 10 poäng (80 %), rapporterat av innehållet",
        },
    }
    assert second.json()["shown"] == first.json()["shown"]
    assert H5PStatement.objects.count() == 1
    result = H5PResult.objects.get()
    assert (result.times, result.share, result.success, result.seconds) == (1, 8000, True, 61)
    assert [rest for _name, rest, _now in place.heard] == ["här/1", "här/1"]  # opened, finished


def test_the_best_try_counts_and_the_later_of_equal_ones(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    for raw, seconds in ((5, 1), (9, 2), (9, 3), (7, 4)):
        browser.say(launch, entry(statement(raw=raw, of=10, duration=f"PT{seconds}S")))
    browser.say(launch, entry(statement("answered")))  # without points
    result = H5PResult.objects.get()
    assert (result.raw, result.seconds, result.times) == (9, 2, 1)


def test_a_launch_is_finished_once_however_often_its_end_is_shown(
    browser: Browser, version: H5PVersion
) -> None:
    first = browser.launch(version)
    browser.say(first, entry(statement(raw=1, of=1, parent=True)))  # no end
    browser.say(first, *[entry(statement(raw=9, of=10, duration=f"PT{n}S")) for n in (1, 2)])
    browser.say(first, entry(statement(raw=9, of=10, duration="PT3S")))
    assert H5PResult.objects.values_list("times", "seconds").get() == (1, 1)
    browser.say(browser.launch(version), entry(statement(raw=9, of=10, duration="PT4S")))
    assert H5PResult.objects.values_list("times", "seconds").get() == (2, 4)
    browser.say(first, entry(statement(raw=10, of=10, duration="PT5S")))
    assert H5PResult.objects.values_list("times", "seconds").get() == (2, 5)


def test_what_is_said_of_a_part_or_on_the_way_finishes_nothing(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    browser.say(
        launch,
        entry(statement(raw=1, of=1, sub="a-1")),
        entry(statement(raw=1, of=1, parent=True)),
        entry(statement("completed", 1, 1)),  # MultiChoice ends with `answered`
        entry(statement("progressed")),
    )
    assert H5PStatement.objects.count() == 4
    assert H5PResult.objects.get().finished_at is None


def test_nonsense_is_refused_and_costs_nothing_else(browser: Browser, version: H5PVersion) -> None:
    launch = browser.launch(version)
    good, bad = entry(statement(raw=8, of=10)), entry(statement("a b"))
    answer = browser.say(launch, bad, good, "nothing")
    assert answer.status_code == 400
    assert answer.json()["stored"] == [good["id"]]
    assert [(one["at"], one["id"]) for one in answer.json()["refused"]] == [
        (0, bad["id"]),
        (2, None),
    ]
    assert H5PResult.objects.get().share == 8000


@pytest.mark.parametrize("sent", [{}, {"statements": {}}, {"statements": "x"}, [], 7])
def test_what_is_no_batch_is_refused(browser: Browser, version: H5PVersion, sent: object) -> None:
    url = reverse("h5p:statements", args=[browser.launch(version)])
    assert browser.post(url, sent).status_code == 400


def test_more_at_once_than_a_page_sends_is_refused(browser: Browser, version: H5PVersion) -> None:
    launch = browser.launch(version)
    assert browser.say(launch, *[entry()] * (MOST_AT_ONCE + 1)).status_code == 400
    assert not H5PStatement.objects.exists()


def test_a_content_that_never_stops_talking_still_finishes(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    kept = H5PLaunch.objects.get()
    H5PStatement.objects.bulk_create(
        H5PStatement(launch=kept, key=uuid4(), received_at=kept.opened_at, verb="a", raw="{}")
        for _number in range(MOST_STATEMENTS)
    )
    said = entry(statement("interacted")), entry(statement(raw=10, of=10))
    assert browser.say(launch, *said).json()["stored"] == [one["id"] for one in said]
    assert H5PStatement.objects.count() == MOST_STATEMENTS + 1
    assert H5PResult.objects.get().share == 10_000


def test_a_content_fills_no_disk_with_what_it_says_and_still_finishes(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    long = {"context": {"x": "x" * 60_000}}
    for _batch in range(MOST_SAID // 60_000 // 50 + 1):
        said = [entry(statement("interacted") | long) for _number in range(50)]
        assert browser.say(launch, *said).json()["stored"] == [one["id"] for one in said]
    size = H5PStatement.objects.aggregate(n=Sum(Length("raw")))["n"]
    assert MOST_SAID - 61_000 < size <= MOST_SAID
    assert browser.say(launch, entry(statement(raw=7, of=10) | long)).status_code == 200
    assert browser.say(launch, entry(statement(raw=9, of=10))).status_code == 200
    assert H5PResult.objects.get().share == 9000
    # The end is there, as short as it can be; one of the common length whole.
    first, second = H5PStatement.objects.exclude(share=None).order_by("pk")
    assert (first.raw, first.share) == ("{}", 7000)
    assert json.loads(second.raw)["result"]["score"]["raw"] == 9


def test_who_opens_more_than_anybody_reads_is_slowed_down_for_days(
    browser: Browser, version: H5PVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit(OPENING_FOR_DAYS.name, burst=3, every=OPENING_FOR_DAYS.every)
    monkeypatch.setattr(views, "OPENING_FOR_DAYS", few)
    assert [browser.open(version).status_code for _try in range(4)] == [200, 200, 200, 429]
    assert int(browser.open(version)["Retry-After"]) > OPENING.every.total_seconds()


def test_nobody_reports_or_saves_for_somebody_else(browser: Browser, version: H5PVersion) -> None:
    launch = browser.launch(version)
    other = Browser(make_user("bo"))
    assert other.say(launch, entry(statement(raw=1, of=1))).status_code == 404
    assert other.save(launch, "x").status_code == 404
    assert browser.say(str(uuid4()), entry()).status_code == 404
    assert not H5PStatement.objects.exists()
    assert not H5PState.objects.exists()


def test_a_forged_request_without_the_token_is_refused(anna: User, version: H5PVersion) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    for url in (
        reverse("h5p:open"),
        reverse("h5p:statements", args=[uuid4()]),
        reverse("h5p:state", args=[uuid4()]),
    ):
        assert client.post(url, {}).status_code == 403


def test_a_flood_is_slowed_down(browser: Browser, version: H5PVersion) -> None:
    with time_machine.travel(timezone.now(), tick=False):  # a slow machine makes no flood
        statuses = [browser.open(version).status_code for _try in range(OPENING.burst + 1)]
        assert statuses == [200] * OPENING.burst + [429]
        answer = browser.open(version)
    assert int(answer["Retry-After"]) >= 1
    assert H5PLaunch.objects.count() == OPENING.burst


def test_what_is_tried_out_by_a_trainer_leaves_nothing(
    browser: Browser, version: H5PVersion, place: Place
) -> None:
    place.counts = False
    launch = browser.launch(version)
    said = entry(statement(raw=10, of=10))
    assert browser.say(launch, said).json()["stored"] == [said["id"]]
    assert browser.save(launch, "x").json() == {"stored": False}
    assert (H5PStatement.objects.count(), H5PResult.objects.count()) == (0, 0)
    assert H5PState.objects.count() == 0
    assert place.heard == []


def test_what_says_nothing_of_its_end_is_finished_by_being_opened(
    browser: Browser, place: Place
) -> None:
    place.asked = Requirement(Kind.FINISHED)
    silent = store_version([store_library("H5P.Dialogcards")])
    answer = browser.open(silent).json()
    assert answer["met"]
    assert answer["shown"] == {"finished": True, "percent": None, "words": "Klart"}
    first = H5PResult.objects.get().finished_at
    browser.open(silent)
    result = H5PResult.objects.get()
    assert (result.finished_at, result.times) == (first, 0)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=ANYTHING, inner=ANYTHING)
def test_whatever_is_sent_is_stored_or_refused(
    browser: Browser, version: H5PVersion, sent: object, inner: object
) -> None:
    kept = H5PLaunch.objects.first()
    launch = str(kept.public_id) if kept else browser.launch(version)
    key = str(uuid4())
    for data in (sent, {"statements": sent}, {"statements": [{"id": key, "statement": inner}]}):
        answer = browser.post(reverse("h5p:statements", args=[launch]), data)
        assert answer.status_code in (200, 400, 429)
    for data in (sent, {"data": sent}, {"sub": sent, "data": inner, "counter": sent}):
        answer = browser.post(reverse("h5p:state", args=[launch]), data)
        assert answer.status_code in (200, 400, 429)
    assert browser.post(reverse("h5p:open"), sent).status_code in (400, 404, 429)


def test_an_author_demands_and_the_answer_says_whether_it_is_met(
    browser: Browser, version: H5PVersion, place: Place
) -> None:
    opened = browser.open(version).json()
    assert not opened["met"]
    launch = opened["launch"]
    said = entry(statement(raw=79, of=100))
    met, again = {}, {}
    for asked in (
        Requirement(Kind.SHOWN),
        Requirement(Kind.OPENED),
        Requirement(Kind.FINISHED),
        Requirement(Kind.SCORE, 80),
        Requirement(Kind.SCORE, 79),
    ):
        place.asked = asked
        met[asked.kind, asked.percent] = browser.say(launch, said).json()["met"]
        again[asked.kind, asked.percent] = browser.open(version).json()["met"]
    assert met == {
        (Kind.SHOWN, None): True,
        (Kind.OPENED, None): True,
        (Kind.FINISHED, None): True,
        (Kind.SCORE, 80): False,
        (Kind.SCORE, 79): True,
    }
    assert again == met
