"""Each finding: there when it should be, and only then."""

from datetime import date
from typing import Any

import pytest

from foundation.facts import open_batch
from tests.factories import batch, duty, employ, person, target, unit
from tests.tracking.quality.conftest import TODAY
from tracking.ledger.models import CompletionSource, PendingCompletion
from tracking.organisation.models import DutyRole, Person, UnitKind, User
from tracking.quality.finding import Finding, Line
from tracking.quality.kinds import BY_KEY, FINDINGS
from tracking.quality.look import Look

City = dict[str, Person]
YESTERDAY, TOMORROW = date(2024, 5, 14), date(2024, 5, 16)


def count(key: str) -> int:
    return BY_KEY[key].count(Look(TODAY))


def lines(key: str, words: str = "", *, inside: str = "") -> list[Line]:
    finding: Finding | None = BY_KEY[key]
    if finding and inside:
        finding = finding.inside(inside)
    assert finding
    look = Look(TODAY)
    return finding.lines(look, list(finding.found(look, words)), opens_people=True)


def texts(found: list[Line]) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in found]


@pytest.fixture
def sound(city: City) -> City:
    """The city with nothing to look at: everybody is employed, every unit has its manager."""
    employ(city["contact"], "SDN")
    employ(city["coordinator"], "STAD", is_manager=True)
    employ(city["auditor"], "STAD")
    duty(city["head"], DutyRole.MANAGER, "B")
    return city


def test_where_all_is_as_it_should_be_nothing_is_found(sound: City) -> None:
    look = Look(TODAY)
    assert {one.key: one.count(look) for one in FINDINGS} == dict.fromkeys(BY_KEY, 0)
    assert [list(one.found(look, "")) for one in FINDINGS] == [[]] * len(FINDINGS)


def test_nobody_stands_anywhere_before_there_is_an_organisation(db: None) -> None:
    employ(person("lisa"), "X")
    look = Look(TODAY)
    assert [one.count(look) for one in FINDINGS] == [1, 0, 0, 0, 0, 0, 0]


def test_staff_of_a_unit_nobody_knows_are_counted_once_each(sound: City) -> None:
    employ(sound["anna"], "FEL")
    employ(sound["anna"], "FEL2")
    employ(sound["bo"], "FEL")
    assert count("okanda-enheter") == 2
    assert [[row[0], row[2]] for row in texts(lines("okanda-enheter"))] == [
        ["FEL", "2"],
        ["FEL2", "1"],
    ]


def test_staff_of_an_ended_unit_are_found_unless_another_took_over(sound: City) -> None:
    unit("GONE", "SDN", until=TODAY)
    unit("MOVED", "SDN", until=TODAY, replaced_by="A")
    unit("LOST", "SDN", until=TODAY, replaced_by="GONE")
    unit("SOON", "SDN", since=TOMORROW)
    for code in ("GONE", "MOVED", "LOST", "SOON"):
        employ(sound["bo"], code)
    assert texts(lines("okanda-enheter")) == [
        ["GONE", "Enheten upphörde 14 maj 2024 och ingen tog över", "1"],
        [
            "LOST",
            "Enheten upphörde 14 maj 2024, och Enheten GONE som tog över finns inte heller",
            "1",
        ],
        ["SOON", "Enheten finns först från 16 maj 2024", "1"],
    ]


def test_a_unit_that_became_part_of_the_whole_is_not_unknown(sound: City) -> None:
    unit("UP", "STAD", until=TODAY, replaced_by="STAD")
    employ(sound["bo"], "UP")
    assert count("okanda-enheter") == 0


def test_an_employment_that_has_ended_or_not_begun_is_not_looked_at(sound: City) -> None:
    employ(sound["bo"], "FEL", until=TODAY)
    employ(sound["bo"], "FEL2", since=TOMORROW)
    assert count("okanda-enheter") == 0


def test_the_people_behind_an_unknown_unit_are_listed_without_the_protected(sound: City) -> None:
    employ(sound["anna"], "FEL")
    employ(sound["hidden"], "FEL")
    assert count("okanda-enheter") == 2
    found = lines("okanda-enheter", inside="FEL")
    assert [row[0] for row in texts(found)] == ["Anna Efternamnanna"]
    assert [line.people for line in found] == [(sound["anna"].pk,)]
    assert lines("okanda-enheter", inside="A") == []  # a unit that stands is for the reports


def test_the_manager_may_be_employed_there_or_have_the_duty(sound: City) -> None:
    unit("C", "SDN")
    employ(sound["bo"], "C")
    assert texts(lines("utan-chef")) == [["Enheten C", "Enheten SDN", "Enheten SDN", "–"]]
    duty(sound["boss"], DutyRole.DEPUTY, "C")
    assert texts(lines("utan-chef")) == [["Enheten C", "Enheten SDN", "Enheten SDN", "Ja"]]
    duty(sound["boss"], DutyRole.MANAGER, "C", until=TODAY)
    assert count("utan-chef") == 1
    employ(sound["boss"], "C", is_manager=True)
    assert count("utan-chef") == 0


def test_a_unit_with_no_manager_above_either_stands_first(sound: City) -> None:
    for code, parent in (("N", "STAD"), ("C", "SDN")):
        unit(code, parent, UnitKind.COMMITTEE)
        employ(sound["bo"], code)
    sound["coordinator"].employments.all().delete()
    assert [row[2] for row in texts(lines("utan-chef"))] == [
        "Ingen alls",
        "Ingen alls",
        "Enheten SDN",
    ]


def test_a_unit_where_nobody_works_needs_no_manager(sound: City) -> None:
    unit("TOM", "SDN")
    assert count("utan-chef") == 0


def test_a_manager_of_an_ended_unit_manages_the_one_that_took_over(sound: City) -> None:
    unit("NEW", "SDN")
    unit("OLD", "SDN", until=TODAY, replaced_by="NEW")
    employ(sound["bo"], "NEW")
    assert count("utan-chef") == 1
    employ(sound["boss"], "OLD", is_manager=True)
    assert count("utan-chef") == 0


def test_an_account_without_an_employment_today_says_why(sound: City) -> None:
    left, soon, never, off = (person(key) for key in ("left", "soon", "never", "off"))
    employ(left, "A", until=TODAY)
    employ(soon, "A", since=TOMORROW)
    User.objects.filter(pk=off.user_id).update(is_active=False)
    duty(never, DutyRole.KEY_CONTACT, "SDN")
    assert texts(lines("utan-anstallning")) == [
        ["Förnamnleft Efternamnleft", "Slutade 14 maj 2024", "–"],
        ["Förnamnnever Efternamnnever", "Har aldrig haft någon", "nyckelperson (Enheten SDN)"],
        ["Förnamnsoon Efternamnsoon", "Börjar 16 maj 2024", "–"],
    ]
    assert count("utan-anstallning") == 3


def test_a_protected_person_without_an_employment_is_counted_and_not_listed(sound: City) -> None:
    person("gone", protected=True)
    assert count("utan-anstallning") == 1
    assert lines("utan-anstallning") == []


def test_one_address_of_two_people_is_found_whatever_its_case(sound: City) -> None:
    Person.objects.filter(pk=sound["anna"].pk).update(email="Anna@stad.example")
    assert count("dubbletter") == 0
    Person.objects.filter(pk=sound["bo"].pk).update(email="anna@STAD.example")
    assert texts(lines("dubbletter")) == [
        ["anna@stad.example", "Anna Efternamnanna (anna), Bo Efternamnbo (bo)", "–"]
    ]
    assert count("dubbletter") == 1


def test_one_address_of_two_accounts_is_found_once_they_are_both_open(sound: City) -> None:
    for name in ("anna", "bo"):
        User.objects.filter(username=name).update(email=f"{name.upper()[:0]}delad@stad.example")
    assert texts(lines("dubbletter")) == [["delad@stad.example", "–", "anna, bo"]]
    User.objects.filter(username="bo").update(is_active=False)
    assert count("dubbletter") == 0


def test_an_address_of_a_protected_person_is_counted_and_not_listed(sound: City) -> None:
    keys = [sound["hidden"].pk, sound["bo"].pk]
    Person.objects.filter(pk__in=keys).update(email="delad@stad.example")
    assert count("dubbletter") == 1
    assert lines("dubbletter") == lines("dubbletter", "delad") == []


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        ("enhet=A", []),
        ("enhet=X", ["Organisationen har ingen enhet med den koden"]),
        ("enhet=A,X | enhet=B", ["Organisationen har ingen enhet med den koden"]),
        ("enhet!=X", ["Organisationen har ingen enhet med den koden"]),
        ("enhet=OLD", ["Enheten upphörde 14 maj 2024, och ersattes av Enheten A"]),
        ("enhetstyp=stadsdelsnamnd", []),
        ("enhetstyp=bolag", ["Ingen enhet är av den typen i dag"]),
        ("enhetstyp=kyrka", ["Det finns ingen sådan typ av enhet"]),
        ("befattning=HANDLÄGGARE", []),
        ("befattning=handläggre", ["Ingen har den befattningen i dag"]),
        ("verksamhetsomrade=x", ["Ingen arbetar inom det verksamhetsområdet i dag"]),
        ("chef=ja", []),
    ],
)
def test_a_condition_that_matches_nothing(sound: City, audience: str, found: list[str]) -> None:
    unit("OLD", "SDN", until=TODAY, replaced_by="A")
    target("T2", audience=audience)
    assert [row[2] for row in texts(lines("villkor"))] == found
    assert count("villkor") == len(found)


def test_what_follows_from_a_dead_condition_is_said(sound: City) -> None:
    target("T2", audience="enhet=X")
    target("T3", audience="enhet=A,X")
    target("T4", audience="enhet!=X")
    assert [line.cells[2].second for line in lines("villkor")] == [
        "Ingen kommer in i målgruppen den vägen.",
        "Villkorets andra värden träffar fortfarande.",
        "Det undantar ingen.",
    ]


def test_a_target_that_has_ended_is_left_out(sound: City) -> None:
    target("T2", audience="enhet=X", valid_to=TODAY)
    assert count("villkor") == 0
    target("T3", audience="enhet=X", valid_from=TOMORROW)
    assert count("villkor") == 1


def waits(email: str, **more: Any) -> None:
    PendingCompletion.objects.create(
        email=email,
        course_code="KURS",
        on=YESTERDAY,
        source=CompletionSource.IMPORT,
        batch_in=batch(),
        **more,
    )


def test_rows_that_wait_say_whom_they_match_today(sound: City) -> None:
    keys = [sound["anna"].pk, sound["bo"].pk]
    Person.objects.filter(pk__in=keys).update(email="delad@stad.example")
    Person.objects.filter(pk=sound["boss"].pk).update(email="Boss@stad.example")
    for email in ("okand@stad.example", "DELAD@stad.example", "boss@stad.example"):
        waits(email)
    waits("klar@stad.example", matched_in=open_batch(origin="test"))
    assert [[row[0], row[3]] for row in texts(lines("vantande"))] == [
        ["boss@stad.example", "En person: läs in listan igen"],
        ["DELAD@stad.example", "2 personer"],
        ["okand@stad.example", "Ingen"],
    ]
    assert count("vantande") == 3


def test_a_row_with_a_protected_person_s_address_is_counted_and_not_listed(sound: City) -> None:
    Person.objects.filter(pk=sound["hidden"].pk).update(email="hemlig@stad.example")
    waits("Hemlig@stad.example")
    assert count("vantande") == 1
    assert lines("vantande") == lines("vantande", "hemlig") == []


@pytest.mark.parametrize(
    ("key", "words", "left"),
    [
        ("okanda-enheter", "fel", ["FEL"]),
        ("utan-chef", "enheten c", ["Enheten C"]),
        ("utan-chef", "finns inte", []),
        ("utan-anstallning", "ÅSA efter", ["Åsa Efternamnasa"]),
        ("utan-anstallning", "åsa", ["Åsa Efternamnasa"]),
        ("utan-anstallning", "asa", ["Åsa Efternamnasa"]),
        ("villkor", "t2", ["Mål T2"]),
        ("vantande", "OKAND", ["okand@stad.example"]),
    ],
)
def test_words_narrow_a_list(sound: City, key: str, words: str, left: list[str]) -> None:
    unit("C", "SDN")
    for code in ("FEL", "ANNAN", "C"):
        employ(sound["bo"], code)
    person("asa", "Åsa")
    person("eva", "Eva")
    target("T2", audience="enhet=X")
    target("T3", audience="enhet=X")
    waits("okand@stad.example")
    waits("annan@stad.example")
    assert [row[0] for row in texts(lines(key, words))] == left
