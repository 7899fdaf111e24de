"""Naming a deputy, ending it, and what it comes to when the manager's own right ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import open_batch
from tests.factories import duty, employ, unit
from tests.tracking.organisation.random_organisations import TODAY as RANDOM_DAY
from tests.tracking.organisation.random_organisations import lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation
from tests.tracking.reports.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditSubject
from tracking.delegation.actions import end_delegation, end_outlived, name_deputy
from tracking.delegation.models import Delegation
from tracking.delegation.rules import DelegationRefused, own_units
from tracking.organisation.models import Duty, DutyRole, Employment, Person
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import visible_to

City = dict[str, Person]
LAST = TODAY + timedelta(days=60)


def name(
    city: City,
    *,
    by: str = "boss",
    to: str = "bo",
    unit: str = "A",
    first: date = TODAY,
    last: date = LAST,
) -> Delegation:
    actor = city[by].user
    assert actor is not None
    return name_deputy(
        manager=city[by],
        deputy=city[to],
        unit=unit,
        first=first,
        last=last,
        actor=actor,
        on=TODAY,
        now=timezone.now(),
    )


def refused(city: City, **given: object) -> list[str]:
    with pytest.raises(DelegationRefused) as found:
        name(city, **given)  # type: ignore[arg-type]
    return [fault.column for fault in found.value.faults]


def seen(city: City, key: str, on: date = TODAY) -> set[str]:
    user = city[key].user
    assert user is not None
    scope = visible_to(user, on)
    return {other for other, one in city.items() if scope.sees(one.pk)}


def end(city: City, delegation: Delegation, by: str = "boss") -> bool:
    return end_delegation(delegation=delegation, actor=city[by].user, on=TODAY, now=timezone.now())


def test_a_deputy_sees_the_unit_through_the_last_day_but_nobody_protected(city: City) -> None:
    assert seen(city, "bo") == {"bo"}
    name(city)
    assert seen(city, "bo") == {"bo", "anna", "boss"}
    assert seen(city, "bo", LAST) == {"bo", "anna", "boss"}
    assert seen(city, "bo", LAST + timedelta(days=1)) == {"bo"}


def test_the_same_twice_is_once_and_other_days_that_meet_are_refused(city: City) -> None:
    assert name(city) == name(city)
    assert Duty.objects.filter(role=DutyRole.DEPUTY).count() == 1
    assert refused(city, last=LAST + timedelta(days=1)) == ["fran"]
    assert refused(city, by="head") == ["fran"]
    name(city, first=LAST + timedelta(days=1), last=LAST + timedelta(days=9))
    assert Delegation.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"unit": "B"}, "enhet"),
        ({"unit": "SDN"}, "enhet"),
        ({"unit": "finns-inte"}, "enhet"),
        ({"to": "boss"}, "person"),
        ({"to": "hidden"}, "person"),
        ({"to": "contact"}, "person"),  # not employed
        ({"first": TODAY - timedelta(days=1)}, "fran"),
        ({"last": TODAY - timedelta(days=1)}, "till"),
        ({"last": date(2025, 5, 16)}, "till"),
        ({"by": "coordinator"}, "enhet"),
    ],
)
def test_what_may_not_be_is_refused(city: City, given: dict[str, object], column: str) -> None:
    assert refused(city, **given) == [column]
    assert not Duty.objects.filter(role=DutyRole.DEPUTY).exists()


def test_a_year_is_allowed(city: City) -> None:
    name(city, last=date(2025, 5, 15))
    assert seen(city, "bo", date(2025, 5, 15)) == {"bo", "anna", "boss"}


def test_a_deputy_passes_nothing_on(city: City) -> None:
    name(city)
    assert refused(city, by="bo", to="anna") == ["enhet"]


def test_a_manager_above_may_name_for_a_unit_below(city: City) -> None:
    name(city, by="head", to="anna", unit="B")
    assert seen(city, "anna") == {"anna", "bo"}


def test_it_is_ended_at_once_and_once(city: City) -> None:
    started = name(city, to="anna", unit="A")
    assert (end(city, started), end(city, started)) == (True, False)
    assert seen(city, "anna") == {"anna"}
    later = name(city, first=TODAY + timedelta(days=5))
    assert end(city, later)
    assert seen(city, "bo", TODAY + timedelta(days=6)) == {"bo"}


def test_both_are_in_the_log(city: City) -> None:
    made = name(city)
    end(city, made)
    for event in ("stallforetradare_utsedd", "stallforetradare_avslutad"):
        entry = AuditEntry.objects.get(event=event)
        about = AuditSubject.objects.filter(entry=entry).values_list("person", flat=True)
        assert set(about) == {city["boss"].pk, city["bo"].pk}
        assert (entry.unit, entry.actor) == ("A", city["boss"].user)


def _leave(city: City, key: str, last: date | None = None) -> None:
    batch = open_batch(origin="test")
    (work,) = Employment.objects.known_now().filter(person=city[key])
    Employment.objects.filter(pk=work.pk).update(batch_out=batch)
    if last:
        work.pk, work.valid_to, work.batch_in, work.batch_out = None, last, batch, None
        work.save()


def test_it_ends_with_the_manager_s_own_right(city: City) -> None:
    name(city)
    assert end_outlived(on=TODAY, now=timezone.now()) == 0
    _leave(city, "boss", TODAY)
    assert end_outlived(on=TODAY, now=timezone.now()) == 1
    assert end_outlived(on=TODAY, now=timezone.now()) == 0
    assert seen(city, "bo") == {"bo"}
    entry = AuditEntry.objects.get(event="stallforetradare_avslutad")
    assert (entry.actor, entry.detail["hur"]) == (None, "chefens uppdrag upphorde")
    assert entry.account != ""


def test_it_goes_on_while_the_manager_has_the_power_from_above(city: City) -> None:
    name(city)
    duty(city["boss"], DutyRole.MANAGER, "SDN")
    _leave(city, "boss")
    assert end_outlived(on=TODAY, now=timezone.now()) == 0


def test_it_ends_where_a_reorganisation_would_make_it_reach_further(city: City) -> None:
    name(city)
    unit("C", "SDN", since=TODAY)
    batch = open_batch(origin="test")
    from tracking.organisation.models import Unit

    row = Unit.objects.known_now().get(code="A")
    Unit.objects.filter(pk=row.pk).update(batch_out=batch)
    row.pk, row.valid_to, row.replaced_by_code = None, TODAY, "SDN"
    row.batch_in, row.batch_out = batch, None
    row.save()
    _leave(city, "boss")
    employ(city["boss"], "C", is_manager=True, since=TODAY)
    assert end_outlived(on=TODAY, now=timezone.now()) == 1
    assert seen(city, "bo") == {"bo"}


def test_a_duty_of_hr_s_own_is_left_alone(city: City) -> None:
    duty(city["bo"], DutyRole.DEPUTY, "A")
    assert end_outlived(on=TODAY, now=timezone.now()) == 0
    assert seen(city, "bo") == {"bo", "anna", "boss"}


class TestAnywhere(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(organisations(), st.data())
    def test_nobody_protected_is_seen_by_it_and_it_reaches_no_further(
        self, organisation: Organisation, data: st.DataObject
    ) -> None:
        people = lay(organisation)
        tree = organisation_on(RANDOM_DAY)
        oracle = Oracle(organisation)
        somebody = data.draw(st.sampled_from(organisation.people))
        reach = own_units(people[somebody.key].pk, RANDOM_DAY, tree)
        leads = oracle.leads(somebody, "chef")
        assert reach == {code for code in tree.units if leads.intersection(oracle.upwards(code))}
        deputy = data.draw(st.sampled_from(organisation.people))
        code = data.draw(st.sampled_from(sorted(tree.units)))
        deputy_user, actor = people[deputy.key].user, people[somebody.key].user
        assert deputy_user is not None
        assert actor is not None
        before = visible_to(deputy_user, RANDOM_DAY)
        try:
            made = name_deputy(
                manager=people[somebody.key],
                deputy=people[deputy.key],
                unit=code,
                first=RANDOM_DAY,
                last=RANDOM_DAY,
                actor=actor,
                on=RANDOM_DAY,
                now=timezone.now(),
            )
        except DelegationRefused:
            held = Duty.objects.known_now().filter(
                person=people[deputy.key], role=DutyRole.DEPUTY, unit_code=code
            )
            may = code in reach and somebody != deputy and not deputy.protected
            assert not (may and oracle.works(deputy) and not held.exists())
            return
        after = visible_to(deputy_user, RANDOM_DAY)
        gained = after.by_name - before.by_name
        lent = {
            one.key
            for one in organisation.people
            if any(code in oracle.upwards(home) for home in oracle.works(one))
        }
        protected = {people[one.key].pk for one in organisation.people if one.protected}
        assert gained.isdisjoint(protected)
        assert gained <= {people[key].pk for key in lent}
        assert after.staffed - before.staffed <= tree.subtree(code) <= reach
        end_delegation(delegation=made, actor=actor, on=RANDOM_DAY, now=timezone.now())
        # The tree is read anew where the units are those of another test.
        assert replace(visible_to(deputy_user, RANDOM_DAY), tree=before.tree) == before
