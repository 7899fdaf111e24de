"""`kunskapsmal.csv`: who must know what, shown by which courses, by when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracking.imports.kinds.base import Kind, Part, Plan
from tracking.imports.problems import Problem
from tracking.ledger.models import Course
from tracking.organisation.models import Unit
from tracking.targets.models import Exemption, Target
from tracking.targets.rows import COLUMNS, fields
from tracking.targets.rules import Surroundings


class TargetsFile(Kind):
    """Knowledge targets. A changed one takes the old one's place from then on."""

    name = "targets"
    model = Target
    columns = COLUMNS
    key_columns = ("kod",)
    rests_on = (Course, Unit, Exemption)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return fields(values)

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        around = Surroundings.now()
        found: list[Problem] = []
        words = _("%(file)s, line %(line)d: %(what)s")
        for row in plan.bring.values():
            faults = around.faults(row.fields["courses"])
            found += [row.problem(fault.column, fault.value, fault.expected) for fault in faults]
            for doubt in around.doubts(row.fields["audience"]):
                named = {"file": row.file, "line": row.line, "what": doubt}
                part.note(row.of, "warning", words % named)
        return found + self._still_needed(plan)

    def _still_needed(self, plan: Plan) -> list[Problem]:
        gone = {key[0] for key in plan.take_away - plan.bring.keys()}
        if not gone:
            return []
        exempted = Exemption.objects.known_now().filter(target_code__in=gone)
        expected = _("a target without exemptions: withdraw those first, or end the target")
        return [
            plan.withdrawn_by[code_,].problem("kod", code_, expected)
            for code_ in sorted(exempted.values_list("target_code", flat=True).distinct())
        ]
