"""What there are few of in a made-up city: batches, units, courses, targets and duties."""

from collections import Counter
from datetime import date

import numpy as np

from bench.city.calendar import CORRECTED_TARGETS, Days
from bench.city.plan import CityPlan
from bench.city.targets import COURSES, due_on
from config.demo.districts import FIRST_DAY, ROOT
from foundation.facts import FactBatch
from tracking.ledger.models import Course
from tracking.organisation.models import Duty, DutyRole, Unit
from tracking.targets.models import Target

HOLDERS_FROM = date(2022, 1, 1)


class Standing:
    """Makes them; remembers how many facts each batch brought and took away."""

    def __init__(self, plan: CityPlan) -> None:
        self.plan = plan
        self._brought: Counter[int] = Counter()
        self._taken: Counter[int] = Counter()

    def counts(self, batch: int) -> Days:
        """Facts that a batch brought and took away, of those made here."""
        return np.array([self._brought[batch], self._taken[batch]])

    def batches(self) -> list[FactBatch]:
        """Every batch, numbered from 1, without its counts."""
        return [
            FactBatch(id=at, recorded_at=moment, origin=f"import {kind}", file_name=f"{kind}.csv")
            for at, (kind, moment) in enumerate(self.plan.calendar.batches, start=1)
        ]

    def _one(self, kind: str, night: int, out: int | None = None) -> dict[str, int | None]:
        calendar = self.plan.calendar
        brought = calendar.one(kind, night)
        taken = calendar.one(kind, out) if out is not None else None
        self._brought[brought] += 1
        if taken:
            self._taken[taken] += 1
        return {"batch_in_id": brought, "batch_out_id": taken}

    def units(self) -> list[Unit]:
        """The units; those of a merger as they were known before it was decided, too."""
        calendar, organisation = self.plan.calendar, self.plan.organisation
        found = [
            Unit(
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                parent_code=unit.parent,
                valid_from=unit.first,
                **self._one("organisation", calendar.reforms.get(unit.first, 0)),
            )
            for unit in organisation.units
        ]
        for unit in organisation.ended:
            decided = calendar.reforms[unit.replaced_on]
            said = {
                "code": unit.code,
                "name": unit.name,
                "kind": unit.kind,
                "parent_code": unit.parent,
                "valid_from": FIRST_DAY,
            }
            found.append(Unit(**said, **self._one("organisation", 0, decided)))
            found.append(
                Unit(
                    **said,
                    valid_to=unit.replaced_on,
                    replaced_by_code=unit.replaced_by,
                    **self._one("organisation", decided),
                )
            )
        return found

    def courses(self) -> list[Course]:
        """The catalogue."""
        return [
            Course(
                code=course.code,
                name=course.name,
                form=course.form,
                provider="Stockholms stad",
                **self._one("courses", 0),
            )
            for course in COURSES
        ]

    def targets(self) -> list[Target]:
        """The targets; those whose share was corrected with what was known before, too."""
        plan, found = self.plan, []
        corrected = min(CORRECTED_TARGETS, plan.calendar.last)
        for code, goal in plan.targets:
            said = {
                "code": code,
                "name": goal.name,
                "programme_goal": f"Mål {goal.goal}",
                "courses": goal.courses,
                "audience": goal.audience,
                "level": goal.level,
                "due_on": due_on(goal, plan.today_date),
                "days_new_employee": goal.days_new,
                "validity_months": goal.validity,
                "is_assumption": goal.due is not None,
            }
            if goal.share_before is None:
                found.append(Target(**said, share=goal.share, **self._one("targets", 0)))
                continue
            before = self._one("targets", 0, corrected)
            found.append(Target(**said, share=goal.share_before, **before))
            found.append(Target(**said, share=goal.share, **self._one("targets", corrected)))
        return found

    def duties(self, first_person: int) -> list[Duty]:
        """Who answers for what, beside the managers: those every bench asks as."""
        holders = {
            (DutyRole.COORDINATOR, ROOT): "SN",
            (DutyRole.AUDITOR, ROOT): "KS",
            **{
                (DutyRole.KEY_CONTACT, unit.code): unit.code
                for unit in self.plan.organisation.units
                if unit.kind in ("namnd", "stadsdelsnamnd")
            },
        }
        found = []
        for (role, unit), of in holders.items():
            person = self.plan.holder(of)
            if person is None:
                continue
            found.append(
                Duty(
                    person_id=person + first_person,
                    role=role,
                    unit_code=unit,
                    valid_from=HOLDERS_FROM,
                    **self._one("duties", self.plan.calendar.last),
                )
            )
        return found
