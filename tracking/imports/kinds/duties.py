"""`uppdrag.csv`: who answers for which unit, when, in which role."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import Column, code, day, one_of, person_key
from foundation.intervals import exclusive
from tracking.imports.kinds.base import Kind, Part, Plan, unknown_people
from tracking.imports.problems import Problem
from tracking.organisation.models import Duty, DutyRole, Employment, Unit


class DutiesFile(Kind):
    """Duties. One over a unit that nobody knows gives no right, and is warned of."""

    name = "duties"
    model = Duty
    columns = (
        Column("person_id", person_key, required=True),
        Column("roll", one_of(DutyRole.values), required=True),
        Column("enhet", code, required=True),
        Column("fran", day, required=True),
        Column("till", day, empty=None),
    )
    key_columns = ("person_id", "roll", "enhet", "fran")
    rests_on = (Employment, Unit)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"valid_to": exclusive(values["till"])}

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        units = set(Unit.objects.known_now().values_list("code", flat=True))
        text = _("%(file)s, line %(line)d: no unit has the code “%(code)s”; it gives no right")
        for row in plan.bring.values():
            if row.key[2] not in units:
                named = {"file": row.file, "line": row.line, "code": row.key[2]}
                part.note(row.of, "warning", text % named)
        return unknown_people(plan)
