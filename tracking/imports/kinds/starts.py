"""`paborjade.csv`: who began which course when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import Column, code, day, person_key
from tracking.imports.kinds.base import Kind, Part, Plan, unknown_people
from tracking.imports.problems import Problem
from tracking.ledger.models import Course, Start
from tracking.organisation.models import Employment


class StartsFile(Kind):
    """Starts."""

    name = "starts"
    model = Start
    columns = (
        Column("person_id", person_key, required=True),
        Column("kurs", code, required=True),
        Column("datum", day, required=True),
    )
    key_columns = ("person_id", "kurs")
    rests_on = (Employment, Course)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"on": values["datum"]}

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        return [*unknown_people(plan), *unknown_courses(plan)]


def unknown_courses(plan: Plan) -> list[Problem]:
    """Rows whose `kurs` is in no catalogue; the second part of their key."""
    known = set(Course.objects.known_now().values_list("code", flat=True))
    return [
        row.problem("kurs", row.key[1], _("the code of a known course"))
        for row in plan.bring.values()
        if row.key[1] not in known
    ]
