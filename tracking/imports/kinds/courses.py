"""`kurser.csv`: the catalogue of what can be completed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import BadValue, Column, code, one_of, text, whole_number
from tracking.imports.kinds.base import ORIGIN, Kind, Part, Plan
from tracking.imports.problems import Problem
from tracking.ledger.models import Completion, Course, CourseForm, Start
from tracking.targets.expressions import parse_courses
from tracking.targets.models import Target


def course_code(cell: str) -> str:
    """A code that `kurser` of a target can name: without the signs that separate codes there."""
    if any(sign in cell for sign in "+|"):
        raise BadValue(_("a code without + and |"))
    return code(cell)


class CoursesFile(Kind):
    """Courses. Once a page has registered its module, the page changes it and no file may."""

    name = "courses"
    model = Course
    columns = (
        Column("kod", course_code, required=True),
        Column("namn", text(200), required=True),
        Column("form", one_of(CourseForm.values), required=True),
        Column("anordnare", text(200)),
        Column("minuter", whole_number(0), empty=None),
    )
    key_columns = ("kod",)

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": values["namn"],
            "form": values["form"],
            "provider": values["anordnare"],
            "minutes": values["minuter"],
        }

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        return [*self._modules(plan), *self._still_needed(plan)]

    def _modules(self, plan: Plan) -> list[Problem]:
        published = Course.objects.known_now().exclude(batch_in__origin__startswith=ORIGIN)
        modules = {(key,) for key in published.values_list("code", flat=True)}
        expected = _("a course not taken here: a module changes with its page, never by file")
        return [
            row.problem("kod", row.key[0], expected)
            for row in plan.bring.values()
            if row.key in modules
        ] + [
            plan.withdrawn_by[key].problem("kod", key[0], expected)
            for key in plan.take_away - plan.bring.keys()
            if key in modules
        ]

    def _still_needed(self, plan: Plan) -> list[Problem]:
        """A withdrawn course that a target, a start or a completion names would be unknown."""
        gone = {key[0] for key in plan.take_away - plan.bring.keys()}
        if not gone:
            return []
        needed: dict[str, str] = {}
        for fact in (Completion, Start):
            for named in (
                fact.objects.known_now()
                .filter(course_code__in=gone)
                .values_list("course_code", flat=True)
                .distinct()
            ):
                needed[named] = str(fact._meta.verbose_name_plural)
        for target in Target.objects.known_now():
            for alternative in parse_courses(target.courses):
                needed.update(dict.fromkeys(gone & set(alternative), target.code))
        return [
            plan.withdrawn_by[course,].problem(
                "kod",
                course,
                _("a course that nothing names any more; it is named by %(what)s") % {"what": what},
            )
            for course, what in sorted(needed.items())
        ]
