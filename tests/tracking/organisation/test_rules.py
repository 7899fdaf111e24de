"""Who may see whom (STATUS.md 6), in examples and against an obvious slow reading."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import account, duty, employ, person, unit
from tracking.organisation.models import DutyRole, Person, UnitKind
from tracking.organisation.roles import roles_of
from tracking.organisation.rules import Action, may, shown_person, visible_to

TODAY = date(2024, 5, 15)
YESTERDAY = date(2024, 5, 14)


def city() -> None:
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("A", "SDN")
    unit("A1", "A")
    unit("B", "SDN")


def seen(who: Person) -> set[str]:
    keys = visible_to(account(who), TODAY).by_name
    return set(Person.objects.filter(pk__in=keys).values_list("person_id", flat=True))


@pytest.mark.django_db
class TestPeople:
    def test_a_manager_sees_their_unit_and_below(self) -> None:
        city()
        boss, below, beside = person("boss"), person("below"), person("beside")
        employ(boss, "A", is_manager=True)
        employ(below, "A1")
        employ(beside, "B")
        assert seen(boss) == {"boss", "below"}

    def test_a_deputy_sees_as_the_manager_does(self) -> None:
        city()
        deputy, below = person("deputy"), person("below")
        employ(below, "A1")
        duty(deputy, DutyRole.DEPUTY, "A")
        assert seen(deputy) == {"deputy", "below"}

    def test_whoever_has_left_is_seen_no_more(self) -> None:
        city()
        boss, gone = person("boss"), person("gone")
        employ(boss, "A", is_manager=True)
        employ(gone, "A", until=TODAY)
        assert seen(boss) == {"boss"}

    def test_a_duty_that_has_ended_opens_nothing(self) -> None:
        city()
        former, below = person("former"), person("below")
        employ(below, "A")
        duty(former, DutyRole.MANAGER, "A", until=TODAY)
        assert seen(former) == {"former"}

    def test_everybody_else_sees_themself(self) -> None:
        city()
        people = {key: person(key) for key in ("staff", "key", "auditor")}
        employ(people["staff"], "A")
        duty(people["key"], DutyRole.KEY_CONTACT, "SDN")
        duty(people["auditor"], DutyRole.AUDITOR, "STAD")
        assert {key: seen(who) for key, who in people.items()} == {key: {key} for key in people}

    def test_a_coordinator_sees_everyone(self) -> None:
        city()
        coordinator = person("coordinator")
        duty(coordinator, DutyRole.COORDINATOR, "STAD")
        person("unemployed")
        employ(person("staff"), "A")
        assert seen(coordinator) == {"coordinator", "unemployed", "staff"}

    def test_a_manager_follows_the_unit_that_took_over(self) -> None:
        city()
        unit("OLD", "SDN", until=TODAY, replaced_by="A")
        boss, staff = person("boss"), person("staff")
        employ(boss, "OLD", is_manager=True)
        employ(staff, "OLD")
        assert seen(boss) == {"boss", "staff"}

    def test_a_manager_of_a_unit_nobody_knows_does_not_manage_the_city(self) -> None:
        city()
        boss = person("boss")
        employ(boss, "UNKNOWN", is_manager=True)
        employ(person("staff"), "A")
        assert seen(boss) == {"boss"}

    def test_nobody_sees_anybody_without_a_log_in(self) -> None:
        city()
        employ(person("staff"), "A")
        assert visible_to(AnonymousUser(), TODAY).by_name == frozenset()

    def test_a_closed_account_has_no_roles(self) -> None:
        city()
        boss = person("boss")
        employ(boss, "A", is_manager=True)
        user = account(boss)
        user.is_active = False
        assert roles_of(user, TODAY).sees_staff is False


@pytest.mark.django_db
class TestProtected:
    def test_only_the_nearest_manager_and_oneself(self) -> None:
        city()
        near, far, staff = person("near"), person("far"), person("staff", protected=True)
        employ(near, "A", is_manager=True)
        employ(far, "SDN", is_manager=True)
        employ(staff, "A1")
        assert [seen(who) for who in (near, far, staff)] == [
            {"near", "staff"},
            {"far", "near"},
            {"staff"},
        ]

    def test_a_protected_manager_is_seen_by_the_next_above(self) -> None:
        city()
        near, far = person("near", protected=True), person("far")
        employ(near, "A", is_manager=True)
        employ(far, "SDN", is_manager=True)
        assert seen(far) == {"far", "near"}

    def test_a_deputy_is_not_the_nearest_manager(self) -> None:
        city()
        deputy = person("deputy")
        duty(deputy, DutyRole.DEPUTY, "A")
        employ(person("staff", protected=True), "A")
        assert seen(deputy) == {"deputy"}

    def test_a_coordinator_sees_a_row_without_a_name(self) -> None:
        city()
        coordinator, staff = person("coordinator"), person("staff", protected=True)
        duty(coordinator, DutyRole.COORDINATOR, "STAD")
        employ(staff, "A")
        scope = visible_to(account(coordinator), TODAY)
        shown = shown_person(staff, scope)
        assert shown is not None
        assert (shown.name, shown.public_id) == ("Skyddade uppgifter", None)
        assert not may(account(coordinator), Action.SEE_PERSON, staff, on=TODAY)

    def test_outside_ones_reach_there_is_no_row_at_all(self) -> None:
        city()
        boss, staff = person("boss"), person("staff", protected=True)
        employ(boss, "A", is_manager=True)
        employ(staff, "B")
        assert shown_person(staff, visible_to(account(boss), TODAY)) is None


@pytest.mark.django_db
class TestFigures:
    def test_a_key_contact_sees_their_committee_and_below(self) -> None:
        city()
        unit("OLD", "STAD", until=TODAY, replaced_by="A")
        contact = person("contact")
        duty(contact, DutyRole.KEY_CONTACT, "SDN")
        user = account(contact)
        codes = ["STAD", "SDN", "A", "A1", "B", "OLD", "UNKNOWN"]
        assert [may(user, Action.SEE_FIGURES, code, on=TODAY) for code in codes] == [
            False,
            True,
            True,
            True,
            True,
            True,
            False,
        ]
        assert may(user, Action.OPEN_OVERVIEW, on=TODAY)
        assert not may(user, Action.OPEN_STAFF, on=TODAY)

    def test_an_auditor_sees_every_figure_and_nobody(self) -> None:
        city()
        auditor = person("auditor")
        duty(auditor, DutyRole.AUDITOR, "STAD")
        user = account(auditor)
        assert may(user, Action.SEE_FIGURES, "A1", on=TODAY)
        assert not may(user, Action.OPEN_STAFF, on=TODAY)

    def test_a_rule_is_asked_of_the_right_thing(self) -> None:
        city()
        with pytest.raises(TypeError):
            may(account(person("staff")), Action.SEE_PERSON, "A", on=TODAY)


PARENTS = st.lists(st.integers(0, 10), min_size=1, max_size=5)
WORK = st.tuples(st.integers(0, 5), st.booleans())
STAFF = st.lists(
    st.tuples(
        st.lists(WORK, max_size=2, unique_by=lambda work: work[0]),
        st.booleans(),
        st.sampled_from([None, None, None, *DutyRole]),
        st.integers(0, 5),
    ),
    min_size=2,
    max_size=6,
)


class TestAgainstASlowReading(TestCase):
    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(parents=PARENTS, staff=STAFF)
    def test_visible_people_are_those_of_the_rule(
        self, parents: list[int], staff: list[tuple[list[tuple[int, bool]], bool, str | None, int]]
    ) -> None:
        above = [None, *(parent % (number + 1) for number, parent in enumerate(parents))]
        for number, parent in enumerate(above):
            unit(f"U{number}", "" if parent is None else f"U{parent}")
        size = len(above)
        people = []
        for number, (works, protected, role, over) in enumerate(staff):
            who = person(f"P{number}", protected=protected)
            held = {(where % size): manages for where, manages in works}
            for where, manages in held.items():
                employ(who, f"U{where}", is_manager=manages)
            if role:
                duty(who, DutyRole(role), f"U{over % size}")
            people.append((who, held, protected, role, over % size))
        for reader in people:
            expected = {
                who[0].person_id for who in people if self._slowly(reader, who, people, above)
            }
            assert seen(reader[0]) == expected

    def _slowly(self, reader, who, people, above) -> bool:  # type: ignore[no-untyped-def]
        def path(unit_number):  # type: ignore[no-untyped-def]
            while unit_number is not None:
                yield unit_number
                unit_number = above[unit_number]

        def manages(one, unit_number, *, deputies):  # type: ignore[no-untyped-def]
            _, held, _, role, over = one
            roles = {DutyRole.MANAGER, DutyRole.DEPUTY} if deputies else {DutyRole.MANAGER}
            return held.get(unit_number, False) or (role in roles and over == unit_number)

        if reader is who:
            return True
        if who[2]:
            for home in who[1]:
                for step in path(home):
                    there = [one for one in people if manages(one, step, deputies=False)]
                    if there and who not in there:
                        if reader in there:
                            return True
                        break
            return False
        if reader[3] == DutyRole.COORDINATOR:
            return True
        return any(manages(reader, step, deputies=True) for home in who[1] for step in path(home))
