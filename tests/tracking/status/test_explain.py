"""Each reason an explanation can give, from facts small enough to see through."""

from datetime import date

import pytest

from foundation.facts import open_batch
from foundation.intervals import FOREVER, Interval
from tests.factories import batch, completion, employ, person, target, unit
from tracking.ledger.models import Start
from tracking.organisation.models import Absence, Person, UnitKind
from tracking.status.explain import explain
from tracking.status.known import Known
from tracking.status.reasons import Explanation, Outside, StretchPart, Way
from tracking.status.rules import DueBasis, DueStep, Reached, Rule, Status
from tracking.targets.models import Exemption

pytestmark = pytest.mark.django_db
TODAY = date(2024, 5, 1)
NOW = Known.through(None)


@pytest.fixture
def anna() -> Person:
    """Employed in a district since 2022, which is in the city since 2020."""
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    who = person("A")
    employ(who, "SDN", since=date(2022, 1, 10))
    return who


def explained(who: Person, code: str = "T1", on: date = TODAY, known: Known = NOW) -> Explanation:
    return explain(who.pk, code, on, known)


def absent(who: Person, first: date, end: date | None) -> None:
    Absence.objects.create(person=who, valid_from=first, valid_to=end, batch_in=batch())


class TestOutside:
    def test_a_target_nobody_knows(self, anna):
        found = explained(anna)
        assert (found.rule, found.result, found.target) == (Outside.UNKNOWN_TARGET, None, None)

    def test_a_target_known_only_later(self, anna):
        before = batch().pk
        target(batch_in=open_batch(origin="test"))
        assert explained(anna, known=Known.through(before)).rule is Outside.UNKNOWN_TARGET
        assert explained(anna).rule is Rule.NOT_BEGUN

    def test_a_target_not_in_force_that_day(self, anna):
        target(valid_from=date(2024, 5, 2))
        assert explained(anna).rule is Outside.NOT_IN_FORCE

    def test_somebody_not_employed_that_day(self, anna):
        target()
        found = explained(anna, on=date(2022, 1, 9))
        assert (found.rule, found.placements) == (Outside.NOT_EMPLOYED, ())

    def test_a_day_before_the_organisation(self, anna):
        target()
        employ(anna, "SDN", since=date(2000, 1, 1), until=date(2001, 1, 1))
        found = explained(anna, on=date(2000, 6, 1))
        assert found.rule is Outside.NO_ORGANISATION
        assert [(each.way, each.unit) for each in found.placements] == [(Way.NOWHERE, None)]

    def test_no_clause_holds_and_each_condition_says_whether_it_does(self, anna):
        target(audience="enhet=SDN; chef=ja | befattning=rektor")
        found = explained(anna)
        (placement,) = found.placements
        assert found.rule is Outside.NO_CLAUSE
        assert not placement.is_inside
        assert [[each.holds for each in clause.conditions] for clause in placement.clauses] == [
            [True, False],
            [False],
        ]


class TestPlacements:
    def test_in_the_unit_itself_by_the_first_clause_that_holds(self, anna):
        target(audience="chef=ja | enhetstyp=stadsdelsnamnd | enhet=STAD")
        (placement,) = explained(anna).placements
        assert (placement.way, placement.chain, placement.unit) == (Way.ITSELF, ("SDN",), "SDN")
        assert placement.path == ("SDN", "STAD")
        assert (placement.clause, placement.is_inside) == (1, True)

    def test_in_the_one_that_took_over_along_the_chain(self, anna):
        target()
        unit("OLD", "STAD", until=date(2023, 1, 1), replaced_by="MID")
        unit("MID", "STAD", since=date(2023, 1, 1), until=date(2024, 1, 1), replaced_by="NEW")
        unit("NEW", "STAD", since=date(2024, 1, 1))
        employ(anna, "OLD")
        placement = explained(anna).placements[0]
        assert (placement.way, placement.chain) == (Way.SUCCESSOR, ("OLD", "MID", "NEW"))
        assert (placement.unit_code, placement.unit) == ("OLD", "NEW")

    @pytest.mark.parametrize(("code", "way"), [("GONE", Way.ENDED), ("NOBODYS", Way.UNKNOWN)])
    def test_at_the_root_when_the_unit_has_ended_or_is_unknown(self, anna, code, way):
        target()
        unit("GONE", "STAD", until=date(2023, 1, 1))
        employ(anna, code)
        placement = explained(anna).placements[0]
        assert (placement.way, placement.chain, placement.unit) == (way, (code,), "STAD")

    def test_every_employment_of_the_day_and_no_other(self, anna):
        target()
        employ(anna, "STAD", since=date(2023, 1, 1))
        employ(anna, "STAD", since=date(2021, 1, 1), until=date(2021, 6, 1))
        assert [each.unit for each in explained(anna).placements] == ["SDN", "STAD"]


class TestStretch:
    def test_it_is_made_of_employments_and_of_units_that_took_over(self, anna):
        target(audience="chef=ja | enhetstyp=stadsdelsnamnd")
        kind = UnitKind.DISTRICT_COMMITTEE
        unit("RK", "STAD", kind, until=date(2023, 7, 1), replaced_by="JARVA")
        unit("JARVA", "STAD", kind, since=date(2023, 7, 1))
        who = person("B")
        employ(who, "SDN", since=date(2022, 1, 1), until=date(2023, 1, 1))
        employ(who, "RK", since=date(2023, 1, 1))
        stretch = explained(who).stretch
        assert stretch.start == date(2022, 1, 1)
        assert stretch.parts == (
            StretchPart(Interval(date(2022, 1, 1), date(2023, 1, 1)), "SDN", "SDN", 1),
            StretchPart(Interval(date(2023, 1, 1), date(2023, 7, 1)), "RK", "RK", 1),
            StretchPart(Interval(date(2023, 7, 1), date(2024, 5, 2)), "RK", "JARVA", 1),
        )
        assert not stretch.from_target

    def test_it_begins_anew_after_a_gap(self, anna):
        target()
        who = person("B")
        employ(who, "SDN", since=date(2022, 1, 1), until=date(2023, 1, 1))
        employ(who, "SDN", since=date(2023, 1, 2))
        assert explained(who).stretch.start == date(2023, 1, 2)

    def test_it_begins_no_earlier_than_the_target(self, anna):
        target(valid_from=date(2023, 3, 1))
        stretch = explained(anna).stretch
        assert (stretch.start, stretch.from_target) == (date(2023, 3, 1), True)
        assert stretch.parts[0].clause is None  # everyone is in


class TestDueDate:
    def due(self, who: Person) -> tuple[list[DueStep], DueBasis | None]:
        found = explained(who)
        return list(found.due_steps), found.due_step.basis if found.due_step else None

    def test_none_for_what_is_only_offered_nor_without_a_deadline(self, anna):
        target(level="erbjuden", due_on=date(2023, 1, 1))
        assert self.due(anna) == ([], None)
        target("T2")
        assert explained(anna, "T2").due_steps == ()

    def test_the_later_of_the_target_s_day_and_the_days_of_a_new_employee(self, anna):
        target(due_on=date(2022, 12, 31), days_new_employee=90)
        fixed = DueStep(DueBasis.FIXED, date(2022, 12, 31), 0, date(2022, 12, 31))
        new = DueStep(DueBasis.STRETCH, date(2022, 1, 10), 90, date(2022, 4, 10))
        assert self.due(anna) == ([fixed, new], DueBasis.FIXED)

    def test_the_first_day_when_the_target_s_day_had_passed(self, anna):
        target(due_on=date(2021, 12, 31))
        assert self.due(anna)[1] is DueBasis.STRETCH
        assert explained(anna).result.due_on == date(2022, 1, 10)

    def test_no_earlier_than_thirty_days_after_a_leave_that_ended(self, anna):
        target(due_on=date(2022, 12, 31))
        absent(anna, date(2024, 1, 1), date(2024, 4, 16))
        steps, basis = self.due(anna)
        assert steps[-1] == DueStep(DueBasis.LEAVE, date(2024, 4, 15), 30, date(2024, 5, 15))
        assert basis is DueBasis.LEAVE

    def test_a_leave_without_end_has_not_ended_on_the_calendar_s_last_day(self, anna):
        target(due_on=date(2022, 12, 31))
        absent(anna, date(2024, 1, 1), None)
        assert len(explained(anna, on=FOREVER).due_steps) == 2


class TestRules:
    def test_on_leave(self, anna):
        target()
        absent(anna, date(2024, 4, 20), date(2024, 4, 30))
        absent(anna, date(2024, 4, 30), date(2024, 5, 20))
        found = explained(anna)
        (leave,) = found.leaves
        assert (found.rule, found.result.status) == (Rule.ON_LEAVE, Status.EXEMPT)
        assert leave.interval == Interval(date(2024, 4, 20), date(2024, 5, 20))
        assert (len(leave.absences), leave.counts, leave.covers) == (2, True, True)

    def test_a_short_leave_is_said_and_does_not_count(self, anna):
        target()
        absent(anna, date(2024, 4, 20), date(2024, 5, 19))
        found = explained(anna)
        assert found.rule is Rule.NOT_BEGUN
        assert [(leave.counts, leave.covers) for leave in found.leaves] == [(False, True)]

    def test_exempted_with_the_reason(self, anna):
        target()
        for code in ("T1", "T2"):
            Exemption.objects.create(
                person=anna,
                target_code=code,
                valid_from=date(2024, 1, 1),
                reason=f"för {code}",
                batch_in=batch(),
            )
        found = explained(anna)
        assert (found.rule, found.result.status) == (Rule.EXEMPTED, Status.EXEMPT)
        assert [each.reason for each in found.exemptions] == ["för T1"]

    def test_valid_by_the_best_alternative(self, anna):
        target(courses="HEDER|GRUND+FORDJUP", validity_months=24)
        for course, on in (
            ("GRUND", date(2022, 3, 1)),
            ("GRUND", date(2022, 6, 1)),
            ("FORDJUP", date(2022, 9, 1)),
            ("FORDJUP", date(2024, 5, 2)),  # after the day
        ):
            completion(anna, on, course)
        found = explained(anna)
        heder, both = found.alternatives
        assert (found.rule, found.result.status) == (Rule.VALID, Status.DONE)
        assert (heder.reached, heder.is_best) == (None, False)
        assert both.reached == Reached(date(2022, 9, 1), date(2024, 6, 1))
        assert found.best is both
        assert [(each.code, each.latest, each.valid_through) for each in both.courses] == [
            ("GRUND", date(2022, 6, 1), date(2024, 6, 1)),
            ("FORDJUP", date(2022, 9, 1), date(2024, 9, 1)),
        ]
        assert [each.on for each in both.courses[0].completions] == [
            date(2022, 6, 1),
            date(2022, 3, 1),
        ]

    def test_no_longer_valid(self, anna):
        target(validity_months=12)
        completion(anna, date(2023, 4, 30))
        found = explained(anna)
        assert (found.rule, found.result.status) == (Rule.NO_LONGER_VALID, Status.EXPIRED)

    def test_past_due_though_begun(self, anna):
        target(courses="KURS+MER", due_on=date(2024, 4, 30))
        completion(anna, date(2024, 1, 1))
        found = explained(anna)
        assert (found.rule, found.result.status) == (Rule.PAST_DUE, Status.OVERDUE)

    def test_begun_by_a_start(self, anna):
        target(courses="KURS|MER", due_on=TODAY)
        Start.objects.create(person=anna, course_code="MER", on=TODAY, batch_in=batch())
        found = explained(anna)
        assert (found.rule, found.result.status) == (Rule.BEGUN, Status.STARTED)
        assert [each.courses[0].begun_on for each in found.alternatives] == [None, TODAY]

    def test_not_begun(self, anna):
        target()
        found = explained(anna)
        assert (found.rule, found.result.status) == (Rule.NOT_BEGUN, Status.NOT_STARTED)


def test_queries_do_not_grow_with_what_is_explained(anna, django_assert_num_queries):
    target(courses="KURS|A+B|C")
    with django_assert_num_queries(8):
        explained(anna)
    for day in (2, 3, 4):
        completion(anna, date(2024, 1, day))
        employ(anna, f"U{day}", since=date(2024, 2, day))
        absent(anna, date(2024, 3, day), None)
    with django_assert_num_queries(8):
        explained(anna)
