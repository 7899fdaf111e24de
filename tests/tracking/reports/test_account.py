"""A unit's account: every number is a list of exactly its people, and nobody is in two of them."""

from datetime import date
from html import unescape
from itertools import product

from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from foundation.facts import batch_at
from tests.factories import completion, employ, person, target
from tests.tracking.reports.test_staff import City, SignIn, queries
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.recording import record
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import Employment
from tracking.reports.account import Part, account, people_by_part
from tracking.status.explain import explain
from tracking.status.figures import Figures, figures
from tracking.status.known import Known
from tracking.status.reasons import Explanation
from tracking.targets.expressions import folded

ACCOUNT = "/uppfoljning/redovisning/"
SUM = (Part.COUNTED, Part.EXEMPT, Part.OUTSIDE)
COUNTED = (Part.DONE, Part.EXPIRED, Part.OVERDUE, Part.STARTED, Part.NOT_STARTED)


class TestAgainstTheReasons(TestCase):
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(scenarios())
    def test_the_lists_are_the_people_whose_reasons_say_so(self, scenario: Scenario) -> None:
        people = record(scenario.batches).values()
        for question in scenario.questions[:2]:
            found = figures(as_of=question.on, known_at=question.known_at)
            assert batch_at(question.known_at) in {None, found.stand.batch}
            known = Known.through(found.stand.batch)
            for code in found.targets:
                reasons = [explain(who, code, found.stand.as_of, known) for who in people]
                for at, area in product(found.tree.units, ("", *list(found.area_names)[:1])):
                    self._account(found, at, code, area, reasons)

    def _account(
        self, found: Figures, at: str, code: str, area: str, reasons: list[Explanation]
    ) -> None:
        expected: dict[Part, set[int]] = {part: set() for part in Part}
        for explained in reasons:
            there = [
                held
                for held in explained.placements
                if at in held.path and area in {"", folded(held.business_area)}
            ]
            if not there:
                continue
            expected[Part.EVERYBODY].add(explained.person)
            if explained.result and any(held.is_inside for held in there):
                expected[Part(explained.result.status)].add(explained.person)
            else:
                expected[Part.OUTSIDE].add(explained.person)
        expected[Part.COUNTED] = set[int]().union(*(expected[part] for part in COUNTED))
        shown = account(found, at, code, area=area)
        assert shown is not None
        assert people_by_part(found, shown, area=area) == expected
        assert {part: shown.number(part) for part in Part} == {
            part: len(people) for part, people in expected.items()
        }
        assert sum(shown.number(part) for part in SUM) == shown.headcount


def numbers(page: HttpResponse) -> dict[str, int]:
    return {row["label"]: row["number"] for row in page.context["rows"]}


def test_the_numbers_add_up_and_each_is_a_list(city: City, signed_in: SignIn) -> None:
    target("T2", audience="befattning=handläggare")
    completion(city["anna"], date(2024, 2, 1))
    client = signed_in(city["coordinator"])
    page = client.get(ACCOUNT, {"enhet": "A", "mal": "T2"})
    assert numbers(page) == {
        "Räknas": 2,
        "Klar": 1,
        "Utgången": 0,
        "Försenad": 0,
        "Pågående": 0,
        "Ej påbörjad": 1,
        "Undantagna": 0,
        "Målet gäller dem inte": 1,
        "Alla som arbetar här": 3,
    }
    links = {row["label"]: row["url"] for row in page.context["rows"]}
    assert [one.name for one in client.get(ACCOUNT + links["Klar"]).context["page"]] == [
        "Anna Efternamnanna"
    ]
    outside = client.get(ACCOUNT + links["Målet gäller dem inte"])
    assert [one.name for one in outside.context["page"]] == ["Boss Efternamnboss"]


def test_a_protected_person_is_one_of_those_outside_one_s_access(
    city: City, signed_in: SignIn
) -> None:
    for key in ("coordinator", "head"):
        page = signed_in(city[key]).get(ACCOUNT, {"enhet": "A", "mal": "T1", "del": "alla"})
        assert [one.name.split()[0] for one in page.context["page"]] == ["Anna", "Boss"]
        text = unescape(page.content.decode())
        assert "+1 person utanför din behörighet" in text
        assert "Hemlig" not in text
    mine = signed_in(city["boss"]).get(ACCOUNT, {"enhet": "A", "mal": "T1", "del": "alla"})
    assert [one.name.split()[0] for one in mine.context["page"]] == ["Anna", "Boss", "Hemlig"]


def test_who_follows_up_sees_numbers_and_nobody(city: City, signed_in: SignIn) -> None:
    for key in ("contact", "auditor"):
        page = signed_in(city[key]).get(ACCOUNT, {"enhet": "A", "mal": "T1", "del": "alla"})
        assert page.context["account"].headcount == 3
        assert page.context.get("list") is None
        assert {row["url"] for row in page.context["rows"]} == {""}
        assert "Efternamnanna" not in page.content.decode()


def test_a_manager_s_account_is_of_their_own_unit(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["boss"])
    assert client.get(ACCOUNT, {"mal": "T1"}).context["account"].unit == "A"
    assert client.get(ACCOUNT, {"mal": "T1", "enhet": "SDN"}).status_code == 400
    assert signed_in(city["anna"]).get(ACCOUNT, {"mal": "T1"}).status_code == 403


def test_that_people_were_shown_is_written_down(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    asked = {"enhet": "A", "mal": "T1"}
    client.get(ACCOUNT, asked)
    assert not AuditEntry.objects.filter(event=AuditEvent.STAFF_SEEN).exists()
    client.get(ACCOUNT, asked | {"del": "forsenad"})
    entry = AuditEntry.objects.get(event=AuditEvent.STAFF_SEEN)
    assert (entry.unit, entry.people, entry.detail["mal"], entry.detail["del"]) == (
        "A",
        2,
        "T1",
        "forsenad",
    )


def test_as_many_statements_however_many_people_are_listed(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    address = f"{ACCOUNT}?enhet=A&mal=T1&del=alla"
    asked = f"{ACCOUNT}?enhet=A&mal=T1"
    few = [(queries(client, one), queries(client, one))[1] for one in (asked, address)]
    for number in range(4):
        employ(person(f"more{number}"), "A")
    assert [(queries(client, one), queries(client, one))[1] for one in (asked, address)] == few


def test_only_those_who_work_in_the_business_area(city: City, signed_in: SignIn) -> None:
    Employment.objects.filter(person=city["anna"]).update(business_area="Ekonomiskt Bistånd")
    page = signed_in(city["coordinator"]).get(
        ACCOUNT, {"mal": "T1", "omrade": "ekonomiskt bistånd", "del": "alla"}
    )
    assert page.context["account"].headcount == 1
    assert [one.name.split()[0] for one in page.context["page"]] == ["Anna"]


def test_whoever_left_is_on_a_past_day_s_list_as_a_number(city: City, signed_in: SignIn) -> None:
    employ(person("left"), "A", until=date(2024, 1, 1))
    page = signed_in(city["boss"]).get(ACCOUNT, {"mal": "T1", "datum": "2023-06-30", "del": "alla"})
    assert page.context["account"].headcount == 4
    assert len(page.context["page"].object_list) == 3
    assert "+1 person utanför din behörighet" in unescape(page.content.decode())
