"""Signed is frozen: figures, text and day stay what they were, whatever comes to be known later."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from tests.databases import needs_several_writers
from tests.factories import account, completion
from tests.tracking.commands import exported
from tests.tracking.scorecards.making import DONE, NOW, TODAY, committee, report, sign
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import Person
from tracking.scorecards.card import CardState, Gap, card_of
from tracking.scorecards.committees import committees_of
from tracking.scorecards.frozen import MEASURES, closing_hash, figures_to_freeze, sign_off_hash
from tracking.scorecards.models import PeriodClosing, ReportingPeriod, SignOff, Undertaking
from tracking.scorecards.signing import (
    NotReady,
    NotYet,
    PeriodClosed,
    close_period,
    reopen,
    sign_off,
)
from tracking.scorecards.writing import AlreadySigned

pytestmark = pytest.mark.django_db
City = dict[str, Person]


def _as_exported(rows: list[dict[str, object]]) -> list[dict[str, str]]:
    """Frozen figures as export_summary writes them."""
    words = {True: "ja", False: "nej", None: ""}

    def said(name: str, value: object) -> str:
        if name == "uppfyllt":
            return words[value]  # type: ignore[index]
        return "" if value is None else str(value)

    return [{name: said(name, row[name]) for name in ("enhet", "mal", *MEASURES)} for row in rows]


@pytest.fixture
def ready(city: City, period: ReportingPeriod, undertakings: list[Undertaking]) -> ReportingPeriod:
    """SDN-1 has said what is needed of both its undertakings."""
    for one in undertakings[:2]:
        report(city["contact"], period, one)
    return period


def test_what_is_missing_stands_in_the_way(
    city: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    first, second, _third = undertakings
    report(city["contact"], period, first, replace(DONE, evidence="", reference=" "))
    report(city["contact"], period, second, replace(DONE, status="avviker"))
    with pytest.raises(NotReady) as refused:
        sign(city["contact"], period)
    assert [(line.undertaking.code, gap) for line, gap in refused.value.gaps] == [
        ("U1", Gap.EVIDENCE),
        ("U2", Gap.COMMENT),
    ]
    assert SignOff.objects.count() == 0


def test_nothing_undertaken_is_nothing_to_sign(city: City, period: ReportingPeriod) -> None:
    with pytest.raises(NotReady):
        sign(city["contact"], period)


def test_signed_figures_are_those_of_the_export_also_when_more_is_known_later(
    city: City, ready: ReportingPeriod, tmp_path: Path
) -> None:
    signed = sign(city["contact"], ready)
    assert signed.as_of == date(2026, 8, 31)
    with time_machine.travel("2026-09-20 11:00:00+02:00", tick=False):
        completion(city["hidden"], date(2026, 5, 1))
    signed.refresh_from_db()
    asked = {"known_at": signed.known_at, "unit": "SDN-1"}
    then = exported("export_summary", tmp_path, signed.as_of, **asked)
    of_the_committee = [row for row in then if row["enhet"] == "SDN-1"]
    assert _as_exported(signed.figures) == of_the_committee
    assert [row["klara"] for row in of_the_committee] == ["1"]
    now = exported("export_summary", tmp_path, signed.as_of, unit="SDN-1")
    assert [row["klara"] for row in now if row["enhet"] == "SDN-1"] == ["2"]


def test_the_text_is_kept_word_for_word(
    city: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    said = replace(
        DONE,
        comment='Rad ett\r\n  rad "två"\t<b>åäö</b> 💬',
        links="https://exempel.se/a\nhttp://exempel.se/b",
        responsible_role="Enhetschef",
        responsible=city["staff"],
    )
    for one in undertakings[:2]:
        report(city["contact"], period, one, said)
    sign(city["contact"], period)
    [kept, _other] = SignOff.objects.get().text["ataganden"]
    assert kept["kommentar"] == said.comment
    assert kept["lankar"] == ["https://exempel.se/a", "http://exempel.se/b"]
    assert (kept["underlag"], kept["diarienummer"]) == (said.evidence, said.reference)
    assert kept["ansvarig"] == "Enhetschef"
    assert "Staff" not in str(SignOff.objects.get().text)


def test_signed_twice_is_signed_once(city: City, ready: ReportingPeriod) -> None:
    first, second = sign(city["contact"], ready), sign(city["contact"], ready)
    assert (first.pk, SignOff.objects.count()) == (second.pk, 1)
    assert AuditEntry.objects.filter(event=AuditEvent.SCORECARD_SIGNED).count() == 1


def test_nothing_is_written_in_what_is_signed(
    city: City, ready: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    sign(city["contact"], ready)
    with pytest.raises(AlreadySigned):
        report(city["contact"], ready, undertakings[0], replace(DONE, comment="nytt"), seen=1)


def test_a_period_is_not_signed_before_its_last_day(city: City, ready: ReportingPeriod) -> None:
    with pytest.raises(NotYet):
        sign_off(
            period=ready,
            committee=committee("SDN-1", ready),
            frozen=figures_to_freeze(ready, ["SDN-1"], now=NOW),
            actor=account(city["contact"]),
            now=NOW,
            on=date(2026, 8, 30),
        )


def test_opened_again_the_old_version_stays_and_a_new_one_follows(
    city: City, ready: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    first = sign(city["contact"], ready)
    reopen(sign_off=first, reason="Fel siffra i texten", actor=account(city["contact"]), now=NOW)
    assert card_of(ready, committee("SDN-1", ready)).state == CardState.REOPENED
    report(city["contact"], ready, undertakings[0], replace(DONE, comment="rättat"), seen=1)
    second = sign(city["contact"], ready)
    assert (first.version, second.version) == (1, 2)
    texts = [one.text["ataganden"][0]["kommentar"] for one in SignOff.objects.all()]
    assert texts == ["", "rättat"]
    assert card_of(ready, committee("SDN-1", ready)).signed == second


def _close(city: City, period: ReportingPeriod) -> PeriodClosing:
    committees = committees_of(period, TODAY)
    units = ["STAD", *(one.code for one in committees)]
    return close_period(
        period=period,
        committees=committees,
        frozen=figures_to_freeze(period, units, now=NOW),
        actor=account(city["coordinator"]),
        now=NOW,
        on=TODAY,
    )


def test_closing_keeps_who_had_signed_and_who_was_missing(
    city: City, ready: ReportingPeriod
) -> None:
    signed = sign(city["contact"], ready)
    closing = _close(city, ready)
    assert _close(city, ready).pk == closing.pk
    assert {row["kod"]: row["version"] for row in closing.text["namnder"]} == {
        "SN": None,
        "SDN-1": 1,
        "SDN-2": None,
        "BF": None,
    }
    assert {row["enhet"] for row in closing.figures} == {"STAD", "SDN-1"}
    with pytest.raises(PeriodClosed):
        reopen(sign_off=signed, reason="För sent", actor=account(city["contact"]), now=NOW)


def test_after_the_closing_nothing_is_signed_or_written(
    city: City, ready: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    _close(city, ready)
    with pytest.raises(PeriodClosed):
        sign(city["contact"], ready)
    with pytest.raises(AlreadySigned):
        report(city["contact"], ready, undertakings[0], replace(DONE, comment="nytt"), seen=1)


def test_the_hash_tells_that_nothing_has_been_changed(city: City, ready: ReportingPeriod) -> None:
    sign(city["contact"], ready)
    _close(city, ready)
    signed, closed = SignOff.objects.get(), PeriodClosing.objects.get()
    assert (signed.hash, closed.hash) == (sign_off_hash(signed), closing_hash(closed))
    signed.text["kommentar"] = "något annat"
    closed.as_of = date(2026, 8, 30)
    assert signed.hash != sign_off_hash(signed)
    assert closed.hash != closing_hash(closed)


@needs_several_writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_sign_in_the_same_moment_sign_once(city: City, ready: ReportingPeriod) -> None:
    frozen = figures_to_freeze(ready, ["SDN-1"], now=NOW)

    def write(_number: int) -> int:
        try:
            made = sign_off(
                period=ready,
                committee=committee("SDN-1", ready),
                frozen=frozen,
                actor=account(city["contact"]),
                now=NOW,
                on=TODAY,
            )
            return made.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        made = set(writers.map(write, range(4)))
    assert (len(made), SignOff.objects.count()) == (1, 1)
