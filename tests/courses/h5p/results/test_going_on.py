"""How far somebody had come: what is saved of it, and which version goes on from there."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courses.h5p.results.limits import (
    BIGGEST_STATE,
    MOST_OF_STATES,
    MOST_STATES,
)
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState
from courses.h5p.store.models import H5PVersion, VersionState
from tests.courses.h5p.results.browsing import Browser
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_version


def test_a_new_version_takes_nothing_from_who_has_finished_the_old_one(
    browser: Browser, version: H5PVersion
) -> None:
    browser.say(browser.launch(version), entry(statement(raw=9, of=10)))
    newer = replaced(version)
    again = browser.open(newer).json()
    assert H5PLaunch.objects.get(public_id=again["launch"]).version == newer
    assert again["state"] == {}
    assert again["shown"]["percent"] == 90
    assert H5PLaunch.objects.filter(version=version).count() == 1
    answer = browser.say(again["launch"], entry(statement(raw=1, of=10))).json()
    assert (answer["met"], H5PResult.objects.get().number) == (True, 1)


def replaced(version: H5PVersion) -> H5PVersion:
    """A newer version of the same content."""
    newer = store_version([version.libraries.get()], {"question": "Ny?"})
    H5PVersion.objects.filter(pk=newer.pk).update(content=version.content, number=2)
    newer.refresh_from_db()
    return newer


def test_who_is_in_the_midst_of_the_old_version_goes_on_with_it_until_it_is_done(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    browser.save(launch, "halvvägs")
    newer = replaced(version)
    again = browser.open(newer).json()
    assert H5PLaunch.objects.get(public_id=again["launch"]).version == version
    assert again["state"] == {"0": {"state": "halvvägs"}}
    browser.say(again["launch"], entry(statement(raw=9, of=10)))
    assert H5PLaunch.objects.get(public_id=browser.launch(newer)).version == newer


def test_who_begins_afresh_or_had_not_begun_meets_the_newest_version(
    browser: Browser, version: H5PVersion
) -> None:
    looked = H5PLaunch.objects.get(public_id=browser.launch(version))
    newer = replaced(version)
    assert H5PLaunch.objects.get(public_id=browser.launch(newer)).version == newer
    browser.save(str(looked.public_id), "halvvägs")
    afresh = browser.open(newer, afresh="1").json()
    assert H5PLaunch.objects.get(public_id=afresh["launch"]).version == newer
    assert H5PLaunch.objects.get(public_id=browser.launch(newer)).version == newer


def test_who_is_in_the_midst_of_a_version_that_plays_no_more_meets_the_newest(
    browser: Browser, version: H5PVersion
) -> None:
    browser.save(browser.launch(version), "halvvägs")
    newer = replaced(version)
    H5PVersion.objects.filter(pk=version.pk).update(state=VersionState.WAITING)
    again = browser.open(newer).json()
    assert H5PLaunch.objects.get(public_id=again["launch"]).version == newer
    assert again["state"] == {}


def test_states_of_another_place_or_version_are_others(
    browser: Browser, version: H5PVersion
) -> None:
    browser.save(browser.launch(version), "här")
    assert browser.open(version, "prov:där/2").json()["state"] == {}


def test_to_begin_afresh_forgets_how_far_one_had_come_and_a_late_resend_brings_nothing_back(
    browser: Browser, version: H5PVersion
) -> None:
    old = browser.launch(version)
    browser.save(old, "gammalt", counter=7)
    browser.save(old, "gammalt", sub="a", counter=8)
    fresh = browser.open(version, afresh="1").json()
    assert fresh["state"] == {}
    late = {"counter": 9, "age": 3_600_000}
    assert browser.save(old, "gammalt", **late).json() == {"stored": False}
    assert browser.open(version).json()["state"] == {}
    assert browser.save(fresh["launch"], "nytt", counter=1).json() == {"stored": True}
    assert browser.open(version).json()["state"] == {"0": {"state": "nytt"}}


def test_the_newer_of_two_states_stays_whichever_arrives_last(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    assert browser.save(launch, "andra", counter=2).json() == {"stored": True}
    assert browser.save(launch, "första", counter=1).json() == {"stored": False}
    assert browser.save(launch, "andra igen", counter=2).json() == {"stored": False}
    assert H5PState.objects.get().data == '"andra"'


def test_a_resend_of_yesterday_does_not_undo_what_was_done_on_another_device_since(
    browser: Browser, version: H5PVersion
) -> None:
    phone = browser.launch(version)
    H5PLaunch.objects.update(opened_at=timezone.now() - timedelta(days=1))
    browser.save(browser.launch(version), "på datorn", counter=1)
    day = 86_000_000
    assert browser.save(phone, "på mobilen", counter=99, age=day).json() == {"stored": False}
    assert browser.save(phone, "på mobilen, nu", counter=100).json() == {"stored": True}


def test_a_deleted_state_is_not_restored_by_a_late_one(
    browser: Browser, version: H5PVersion
) -> None:
    launch = browser.launch(version)
    browser.save(launch, "x", counter=1)
    browser.save(launch, None, counter=3)
    browser.save(launch, "x", counter=2)
    assert browser.open(version).json()["state"] == {}


def test_states_are_limited_in_number_and_size(browser: Browser, version: H5PVersion) -> None:
    launch = browser.launch(version)
    assert browser.save(launch, "å" * BIGGEST_STATE).status_code == 200
    assert browser.save(launch, "å" * (BIGGEST_STATE + 1)).status_code == 400
    for number in range(1, MOST_STATES):
        assert browser.save(launch, "x", sub=f"del-{number}").status_code == 200
    assert browser.save(launch, "x", sub="en-till").status_code == 400
    assert browser.save(launch, "y", sub="del-1").status_code == 200
    assert H5PState.objects.count() == MOST_STATES


def test_all_states_together_are_limited_in_size(browser: Browser, version: H5PVersion) -> None:
    launch = browser.launch(version)
    fit, rest = divmod(MOST_OF_STATES, BIGGEST_STATE + 2)
    for number in range(fit):
        assert browser.save(launch, "x" * BIGGEST_STATE, sub=f"del-{number}").status_code == 200
    assert browser.save(launch, "x" * (rest - 1), sub="sist").status_code == 400
    assert browser.save(launch, "x" * (rest - 2), sub="sist").status_code == 200
    assert browser.save(launch, "x" * BIGGEST_STATE, sub="del-0").status_code == 200
    assert browser.save(launch, None, sub="del-0").status_code == 200


@pytest.mark.parametrize(
    "more", [{"sub": "a b"}, {"sub": True}, {"type": []}, {"counter": -1}, {"age": "x"}]
)
def test_a_state_that_makes_no_sense_is_refused(
    browser: Browser, version: H5PVersion, more: dict[str, Any]
) -> None:
    answer = browser.save(browser.launch(version), "x", **more)
    assert answer.status_code == 400
    assert next(iter(more)) in answer.json()["error"]


def test_a_state_may_hold_what_databases_do_not(browser: Browser, version: H5PVersion) -> None:
    odd = "\x00 \ud800 😀"
    browser.save(browser.launch(version), odd)
    assert browser.open(version).json()["state"]["0"]["state"] == odd
