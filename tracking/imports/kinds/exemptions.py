"""`undantag.csv`: who is exempt from which target, when and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import Column, code, day, person_key, text
from foundation.intervals import exclusive
from tracking.imports.kinds.base import Kind, Part, Plan, unknown_people
from tracking.imports.problems import Problem
from tracking.organisation.models import Employment
from tracking.targets.models import Exemption, Target


class ExemptionsFile(Kind):
    """Exemptions; they may overlap."""

    name = "exemptions"
    model = Exemption
    columns = (
        Column("person_id", person_key, required=True),
        Column("mal", code, required=True),
        Column("fran", day, required=True),
        Column("till", day, empty=None),
        Column("skal", text(300)),
    )
    key_columns = ("person_id", "mal", "fran")
    rests_on = (Employment, Target)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"reason": values["skal"], "valid_to": exclusive(values["till"])}

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        known = set(Target.objects.known_now().values_list("code", flat=True))
        return unknown_people(plan) + [
            row.problem("mal", row.key[1], _("the code of a known target"))
            for row in plan.bring.values()
            if row.key[1] not in known
        ]
