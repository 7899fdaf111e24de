"""`kunskapsmal.csv`: who must know what, shown by which courses, by when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import (
    BadValue,
    Column,
    code,
    day,
    one_of,
    text,
    whole_number,
    yes_or_no,
)
from foundation.intervals import exclusive
from tracking.imports.kinds.base import Kind, Plan, Row
from tracking.imports.problems import Problem
from tracking.ledger.models import Course
from tracking.organisation.models import Unit, UnitKind
from tracking.targets.expressions import ExpressionError, parse_audience, parse_courses
from tracking.targets.models import Exemption, Level, Target


def courses(cell: str) -> str:
    """`kurser`: alternatives with `|`, all needed with `+`."""
    return _parsed(cell, parse_courses)


def audience(cell: str) -> str:
    """`omfattar`: clauses with `|`, conditions with `;`."""
    return _parsed(cell, parse_audience)


def _parsed(cell: str, parser: Any) -> str:
    try:
        parser(cell)
    except ExpressionError as error:
        raise BadValue(str(error)) from error
    return cell


class TargetsFile(Kind):
    """Knowledge targets. A changed one takes the old one's place from then on."""

    name = "targets"
    model = Target
    columns = (
        Column("kod", code, required=True),
        Column("namn", text(300), required=True),
        Column("programmal", text(100)),
        Column("kurser", courses, required=True),
        Column("omfattar", audience),
        Column("niva", one_of(Level.values), empty=Level.SHALL.value),
        Column("andel", whole_number(0, 100), empty=100),
        Column("senast", day, empty=None),
        Column("dagar_nyanstalld", whole_number(0), empty=None),
        Column("giltighet_manader", whole_number(1), empty=None),
        Column("fran", day, empty=None),
        Column("till", day, empty=None),
        Column("kalla", text(2000)),
        Column("antagande", yes_or_no, empty=False),
    )
    key_columns = ("kod",)
    rests_on = (Course, Unit, Exemption)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": values["namn"],
            "programme_goal": values["programmal"],
            "courses": values["kurser"],
            "audience": values["omfattar"],
            "level": values["niva"],
            "share": values["andel"],
            "due_on": values["senast"],
            "days_new_employee": values["dagar_nyanstalld"],
            "validity_months": values["giltighet_manader"],
            "valid_from": values["fran"],
            "valid_to": exclusive(values["till"]),
            "source": values["kalla"],
            "is_assumption": values["antagande"],
        }

    def problems_after(self, plan: Plan) -> list[Problem]:
        known = set(Course.objects.known_now().values_list("code", flat=True))
        found: list[Problem] = []
        for row in plan.bring.values():
            for alternative in parse_courses(row.fields["courses"]):
                found += [
                    row.problem("kurser", course, _("the code of a known course"))
                    for course in alternative
                    if course not in known
                ]
        self._warn_of_names(list(plan.bring.values()))
        return found + self._still_needed(plan)

    def _warn_of_names(self, rows: list[Row]) -> None:
        """Units and types nobody knows are taken, and most often are slips of the hand."""
        units = set(Unit.objects.known_now().values_list("code", flat=True))
        by_unit = _("%(file)s, line %(line)d: no unit has the code “%(code)s”; it matches nobody")
        by_kind = _("%(file)s, line %(line)d: no unit has the type “%(code)s”; it matches nobody")
        for row in rows:
            audience = parse_audience(row.fields["audience"])
            for words, unknown in (
                (by_unit, audience.named("enhet") - units),
                (by_kind, audience.named("enhetstyp") - set(UnitKind.values)),
            ):
                self.warnings += [
                    words % {"file": row.file, "line": row.line, "code": name}
                    for name in sorted(unknown)
                ]

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
