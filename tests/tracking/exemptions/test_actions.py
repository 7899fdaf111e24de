"""Recording, ending and withdrawing exemptions: facts, once however often, refused with reasons."""

from datetime import date, timedelta

import pytest

from foundation.facts import FactBatch
from foundation.intervals import day_after
from tests.tracking.reports.conftest import TODAY
from tracking.audit.models import AuditEntry
from tracking.exemptions.actions import end_exemption, record_exemptions, withdraw_exemption
from tracking.exemptions.rules import (
    LONGEST_WORDS,
    Asked,
    ExemptionRefused,
    Reason,
    faults_of_words,
    reason_in_words,
)
from tracking.organisation.models import Person, User
from tracking.status.queries import status_table
from tracking.status.rules import Status
from tracking.targets.models import Exemption

City = dict[str, Person]
FIRST, LAST = date(2024, 5, 1), date(2024, 8, 31)
ASKED = Asked("T1", FIRST, LAST, "har andra arbetsuppgifter under en tid")


def boss(city: City) -> User:
    assert city["boss"].user is not None
    return city["boss"].user


def record(city: City, *keys: str, asked: Asked = ASKED) -> list[Exemption]:
    people = [city[key] for key in keys]
    made = record_exemptions(people=people, asked=asked, unit="A", actor=boss(city), on=TODAY)
    return made.brought


def refused(city: City, asked: Asked, *keys: str) -> list[tuple[str, str]]:
    with pytest.raises(ExemptionRefused) as found:
        record(city, *keys, asked=asked)
    return [(fault.column, fault.value) for fault in found.value.faults]


def statuses(city: City, key: str, on: date = TODAY) -> list[Status]:
    return [one.status for one in status_table(as_of=on, persons=[city[key].pk]).results]


def test_those_exempt_are_exempt_through_the_last_day(city: City) -> None:
    record(city, "anna", "hidden")
    assert statuses(city, "anna", LAST) == [Status.EXEMPT]
    assert statuses(city, "hidden", FIRST) == [Status.EXEMPT]
    assert statuses(city, "anna", day_after(LAST)) == [Status.OVERDUE]
    assert statuses(city, "anna", FIRST - timedelta(days=1)) == [Status.OVERDUE]


def test_the_same_twice_is_once(city: City) -> None:
    assert len(record(city, "anna")) == 1
    batches = FactBatch.objects.count()
    assert record(city, "anna") == []
    assert [one.person for one in record(city, "anna", "hidden")] == [city["hidden"]]
    assert FactBatch.objects.count() == batches + 1
    assert Exemption.objects.count() == 2


def test_one_batch_and_one_entry_of_the_log_however_many(city: City) -> None:
    batches = FactBatch.objects.count()
    record(city, "anna", "hidden")
    entry = AuditEntry.objects.latest("sequence")
    assert FactBatch.objects.count() == batches + 1
    assert (entry.event, entry.people, entry.unit) == ("undantag_registrerat", 2, "A")
    assert entry.detail == {"roll": "chef", "mal": "T1", "fran": "2024-05-01", "till": "2024-08-31"}


@pytest.mark.parametrize(
    ("first", "last"),
    [(LAST, LAST + timedelta(9)), (FIRST - timedelta(9), FIRST), (FIRST, LAST - timedelta(1))],
)
def test_days_that_are_covered_are_refused_for_everybody(
    city: City, first: date, last: date
) -> None:
    record(city, "anna")
    again = Asked("T1", first, last, "annat")
    named = "Anna Efternamnanna: 2024-05-01 – 2024-08-31"
    assert refused(city, again, "hidden", "anna") == [("fran", named)]
    assert Exemption.objects.known_now().count() == 1


def test_exemptions_that_follow_on_each_other_stand_side_by_side(city: City) -> None:
    record(city, "anna")
    record(city, "anna", asked=Asked("T1", day_after(LAST), date(2024, 12, 31), "annat"))
    assert Exemption.objects.known_now().count() == 2


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (LAST, FIRST, ("till", "2024-05-01")),
        (FIRST, date(2026, 5, 2), ("till", "2026-05-02")),
        (date(2023, 5, 14), LAST, ("fran", "2023-05-14")),
    ],
)
def test_impossible_days_are_refused(
    city: City, first: date, last: date, said: tuple[str, str]
) -> None:
    assert refused(city, Asked("T1", first, last, "annat"), "anna") == [said]


@pytest.mark.parametrize(
    ("first", "last"), [(FIRST, date(2026, 5, 1)), (date(2023, 5, 15), date(2023, 5, 15))]
)
def test_days_at_the_limits_are_taken(city: City, first: date, last: date) -> None:
    assert len(record(city, "anna", asked=Asked("T1", first, last, "annat"))) == 1


def test_nobody_exempts_themself_or_from_an_unknown_target(city: City) -> None:
    assert refused(city, ASKED, "anna", "boss") == [("person", "")]
    assert refused(city, Asked("T9", FIRST, LAST, "annat"), "anna") == [("mal", "T9")]


def test_it_is_ended_earlier_once_and_never_later(city: City) -> None:
    (made,) = record(city, "anna")

    def end(day: date) -> bool:
        return end_exemption(exemption=made, last_day=day, unit="A", actor=boss(city))

    assert (end(date(2024, 5, 20)), end(date(2024, 5, 20))) == (True, False)
    assert statuses(city, "anna", date(2024, 5, 20)) == [Status.EXEMPT]
    assert statuses(city, "anna", date(2024, 5, 21)) == [Status.OVERDUE]
    for day in (date(2024, 5, 21), FIRST - timedelta(days=1)):
        with pytest.raises(ExemptionRefused):
            end(day)


def test_a_withdrawn_one_has_never_held_but_is_still_known_of_then(city: City) -> None:
    (made,) = record(city, "anna")
    before = made.batch_in_id
    assert withdraw_exemption(exemption=made, unit="A", actor=boss(city))
    assert not withdraw_exemption(exemption=made, unit="A", actor=boss(city))
    assert statuses(city, "anna") == [Status.OVERDUE]
    assert Exemption.objects.known_by(before).count() == 1


@pytest.mark.parametrize(
    ("reason", "words", "column"),
    [
        (Reason.OTHER, "  ", "egna_ord"),
        (Reason.LEAVING, "har 19811218-9876 som nummer", "egna_ord"),
        (Reason.LEAVING, "x" * (LONGEST_WORDS + 1), "egna_ord"),
        (Reason.LEAVING, "i juni", None),
        (Reason.LEAVING, "", None),
    ],
)
def test_own_words_hold_no_personal_number(reason: Reason, words: str, column: str | None) -> None:
    assert [one.column for one in faults_of_words(reason, words)] == ([column] if column else [])


def test_the_reason_is_kept_in_words() -> None:
    assert reason_in_words(Reason.OTHER, " ett  skäl ") == "ett skäl"
    assert reason_in_words(Reason.LEAVING, "i juni") == "slutar snart: i juni"
    assert len(max((reason_in_words(one, "x" * LONGEST_WORDS) for one in Reason), key=len)) <= 300
