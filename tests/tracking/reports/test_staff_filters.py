"""The people behind a status on a target, whichever way the matrix is asked, are the rule's own."""

from datetime import date, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import batch_at
from tests.factories import completion, duty, employ, person, target
from tests.tracking.reports.conftest import TODAY
from tests.tracking.reports.test_staff import City, SignIn, lines, names
from tests.tracking.status.cities import Question, Scenario, scenarios
from tests.tracking.status.recording import record
from tracking.forecast.models import TrendCount
from tracking.organisation.models import DutyRole
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.roles import Roles
from tracking.organisation.rules import PersonScope
from tracking.reports.staff import StaffFilters, grouped, selected, staff_report
from tracking.status.explain import explain
from tracking.status.known import Known
from tracking.status.models import COUNTED
from tracking.status.queries import status_table, summary
from tracking.status.reasons import Explanation
from tracking.status.rules import Status
from tracking.targets.expressions import folded

STAFF = "/medarbetare/"


class TestAgainstTheReasons(TestCase):
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(scenarios(), st.data())
    def test_a_filter_finds_exactly_those_whose_reasons_say_so(
        self, scenario: Scenario, data: st.DataObject
    ) -> None:
        people = sorted(record(scenario.batches).values())
        seen = frozenset(data.draw(st.sets(st.sampled_from(people), min_size=1)))
        for question in scenario.questions[:2]:
            batch = batch_at(question.known_at)
            tree = organisation_on(question.on, batch)
            scope = PersonScope(question.on, Roles(is_coordinator=True), tree, named=seen)
            codes = status_table(as_of=question.on, known_at=question.known_at).targets
            known = Known.through(batch)
            told = {
                code: [explain(who, code, question.on, known) for who in people] for code in codes
            }
            areas = {
                folded(one.business_area)
                for reasons in told.values()
                for each in reasons
                for one in each.placements
            }
            for at, area in product(tree.units, ("", *sorted(areas - {""})[:1])):
                self._matrix(scope, question, tree, at, area, told)

    def _matrix(
        self,
        scope: PersonScope,
        question: Question,
        tree: OrganisationDay,
        at: str,
        area: str,
        told: dict[str, list[Explanation]],
    ) -> None:
        report = staff_report(scope, at, question.on, known_at=question.known_at, area=area)
        below = sorted(tree.subtree(at))[:2]
        for code, status, part in product(told, ("", *Status), below):
            through = "" if part == at else part
            rows = selected(report, StaffFilters(target=code, status=status, unit=through))
            expected = {
                explained.person
                for explained in told[code]
                if explained.result
                and status in {"", explained.result.status}
                and scope.sees(explained.person)
                and any(
                    held.is_inside
                    and part in held.path
                    and area in {"", folded(held.business_area)}
                    for held in explained.placements
                )
            }
            assert {row.person for row in rows} == expected
        table = status_table(as_of=question.on, known_at=question.known_at)
        counted = {(one.unit, one.target): one for one in summary(table, area=area or None)}
        for group in grouped(report, selected(report, StaffFilters())):
            for line, shown in zip(report.figures, group.figures, strict=bool(group.figures)):
                key = (group.unit, line.target.code)
                assert (shown and shown.counts) == counted.get(key)


def test_a_status_is_asked_of_one_target(city: City, signed_in: SignIn) -> None:
    target("T2", audience="befattning=handläggare", due_on=date(2024, 12, 31))
    completion(city["anna"], date(2024, 2, 1))
    client = signed_in(city["head"])
    assert names(client.get(f"{STAFF}?mal=T1&status=klar")) == ["Anna"]
    assert names(client.get(f"{STAFF}?mal=T1&status=forsenad")) == ["Bo", "Boss", "Head"]
    assert names(client.get(f"{STAFF}?mal=T2")) == ["Anna"]
    assert names(client.get(f"{STAFF}?mal=T2&status=forsenad")) == []
    assert client.get(f"{STAFF}?mal=T9").status_code == 200  # said to be wrong, beside the filter


def test_a_filter_on_a_target_goes_along_to_a_person_and_why_and_back(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["head"])
    page = client.get(f"{STAFF}?enhet=SDN&mal=T1&status=forsenad").content.decode()
    person_page = f"{STAFF}{city['bo'].public_id}/"
    passed = "enhet=SDN&listans_mal=T1&status=forsenad"
    assert "listans_mal=T1" in page
    at = client.get(f"{person_page}?{passed}")
    assert at.context["back"][0] == f"{STAFF}?enhet=SDN&status=forsenad&mal=T1"
    why = client.get(f"{person_page}varfor/?mal=T1&{passed}")
    assert why.context["why"].name == "Mål T1"
    assert "listans_mal=T1" in why.context["back"][0]


def test_groups_stand_by_unit_with_each_unit_s_own_figures(city: City, signed_in: SignIn) -> None:
    completion(city["anna"], date(2024, 2, 1))
    employ(city["bo"], "A")  # of two units: in both
    page = signed_in(city["head"]).get(f"{STAFF}?grupp=on")
    blocks = [
        (block.group.name, [line.row.name.split()[0] for line in block.lines])
        for block in page.context["blocks"]
    ]
    assert blocks == [
        ("Enheten A", ["Anna", "Bo", "Boss"]),
        ("Enheten B", ["Bo"]),
        ("Direkt i Enheten SDN", ["Head"]),
        ("Utan angiven enhet", ["Skyddade"]),
    ]
    text = page.content.decode()
    assert 'data-unit="A" data-target="T1" data-measure="klara">1<' in text
    assert 'data-unit="A" data-target="T1" data-measure="bas">4<' in text
    assert (page.context["people"], len(lines(page))) == (5, 6)


def test_a_page_is_as_long_as_asked_for(city: City, signed_in: SignIn) -> None:
    for number in range(101):
        employ(person(f"n{number:03}"), "B")
    client = signed_in(city["head"])
    page = client.get(f"{STAFF}?enhet=B")
    assert (len(lines(page)), page.context["many"]) == (100, 500)
    page = client.get(f"{STAFF}?enhet=B&antal=500")
    assert (len(lines(page)), page.context["many"]) == (102, 0)
    assert len(lines(client.get(f"{STAFF}?enhet=B&antal=100000"))) == 100


def test_a_line_says_how_fast_and_whether_it_will_do(city: City, signed_in: SignIn) -> None:
    target("T2", due_on=date(2024, 6, 12))  # in four weeks
    for week in range(1, 9):
        TrendCount.objects.create(
            day=TODAY - timedelta(weeks=week),
            unit_code="A",
            target_code="T2",
            target_share=100,
            **dict.fromkeys(COUNTED, 0) | {"not_started": 3},
        )
    page = signed_in(city["boss"]).get(STAFF).content.decode()
    assert "når inte målet" in page
    assert "nu 0 i veckan, 0,8 behövs" in page


def test_a_deputy_of_another_unit_chooses_the_unit_by_address(
    city: City, signed_in: SignIn
) -> None:
    duty(city["anna"], DutyRole.DEPUTY, "B")
    client = signed_in(city["anna"])
    assert names(client.get(f"{STAFF}?enhet=B")) == ["Bo"]
