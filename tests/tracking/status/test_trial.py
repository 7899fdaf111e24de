"""What a draft is said to change is what the reports say once it has been published."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import FactBatch
from tests.tracking.rows import Row
from tests.tracking.status.cities import COURSES, Scenario, scenarios, target_row
from tests.tracking.status.organisations import ANCHORS
from tests.tracking.status.recording import record
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import User
from tracking.organisation.queries import organisation_on
from tracking.status.queries import StatusTable, UnitSummary, status_table, summary
from tracking.status.target_rows import target_row as as_row
from tracking.status.trial import Side, Trial, day_of, trial
from tracking.targets.actions import publish_target
from tracking.targets.models import Target
from tracking.targets.rows import read_row

CODES = ["T1", "T2", "T-NY"]


def reported(code: str, on: date) -> tuple[dict[str, UnitSummary], dict[str, set[int]]]:
    """By unit, the counts and the people of the reports: the plain reading of the facts."""
    table: StatusTable = status_table(as_of=on, targets=[code])
    people: dict[str, set[int]] = {}
    for result in table.results:
        for unit in {above for at in result.units for above in table.units.path(at)}:
            people.setdefault(unit, set()).add(result.person)
    return {one.unit: one for one in summary(table)}, people


def tried(side: Side) -> tuple[dict[str, UnitSummary], dict[str, set[int]]]:
    return side.counts, {unit: people for unit, people in side.people.items() if people}


def try_out(row: Row, base: Target | None, on: date) -> Trial:
    code, fields, faults = read_row(row)
    assert faults == []
    tree = organisation_on(on)
    return trial(
        draft=as_row(Target(code=code, **fields)),
        present=as_row(base) if base else None,
        as_of=on,
        units=list(tree.units),
        tree=tree,
    )


class TestTrial(TestCase):
    """Each random city is written into an empty database and rolled back."""

    @settings(
        max_examples=12,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(scenario=scenarios(), data=st.data())
    def test_what_is_tried_is_what_is_reported_once_published(
        self, scenario: Scenario, data: Any
    ) -> None:
        record(scenario.batches)
        actor = User.objects.create(username="samordnare")
        last = FactBatch.objects.latest("id")
        Course.objects.bulk_create(
            Course(code=code, name=code, form=CourseForm.WEB, batch_in=last) for code in COURSES
        )
        for question in scenario.questions[:4]:
            code = data.draw(st.sampled_from(CODES))
            units = sorted(organisation_on(question.on).units) or ["U1"]
            row = target_row(data.draw, ANCHORS, code, units)
            note(f"{question.on}: {row}")
            base = Target.objects.known_now().filter(code=code).first()
            before = reported(code, question.on)
            found = try_out(row, base, question.on)
            publish_target(cells=row, base=base, actor=actor)
            after = reported(code, question.on)
            assert tried(found.before) == before
            assert tried(found.after) == after
            for unit in found.units:
                came = after[1].get(unit, set()) - before[1].get(unit, set())
                left = before[1].get(unit, set()) - after[1].get(unit, set())
                assert (found.came(unit), found.left(unit)) == (came, left)

    def test_a_draft_is_tried_on_the_nearest_day_it_is_to_hold(self) -> None:
        today, row = date(2026, 5, 15), {"kod": "T", "namn": "T", "kurser": "K1"}
        days = {}
        for name, cells in {
            "always": {},
            "to come": {"fran": "2027-01-01"},
            "over": {"till": "2025-12-31"},
            "ends today": {"till": "2026-05-15"},
        }.items():
            code, fields, _faults = read_row({**row, **cells})
            days[name] = day_of(as_row(Target(code=code, **fields)), today)
        assert days == {
            "always": today,
            "to come": date(2027, 1, 1),
            "over": date(2025, 12, 31),
            "ends today": today,
        }
