"""`franvaro.csv`: who is on leave when."""

from collections.abc import Mapping
from typing import Any

from foundation.cells import Column, day, person_key, text
from foundation.intervals import exclusive
from tracking.imports.kinds.base import Kind, Part, Plan, unknown_people
from tracking.imports.problems import Problem
from tracking.organisation.models import Absence, Employment


class AbsenceFile(Kind):
    """Leaves; they may overlap."""

    name = "absence"
    model = Absence
    columns = (
        Column("person_id", person_key, required=True),
        Column("fran", day, required=True),
        Column("till", day, empty=None),
        Column("typ", text(100)),
    )
    key_columns = ("person_id", "fran")
    rests_on = (Employment,)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"kind": values["typ"], "valid_to": exclusive(values["till"])}

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        return unknown_people(plan)
