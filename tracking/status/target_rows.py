"""Targets as known at some batch, with what they ask parsed."""

from collections.abc import Collection

from tracking.status.rules import TargetRow
from tracking.targets.expressions import parse_audience, parse_courses
from tracking.targets.models import Target


def target_rows(batch: int | None = None, codes: Collection[str] | None = None) -> list[TargetRow]:
    """The targets known after batch number `batch` (None: now), by code. One query."""
    known = Target.objects.known_by(batch).order_by("code")
    if codes is not None:
        known = known.filter(code__in=codes)
    return [target_row(target) for target in known]


def target_row(target: Target) -> TargetRow:
    """A stored target with its two languages parsed."""
    return TargetRow(
        code=target.code,
        name=target.name,
        programme_goal=target.programme_goal,
        courses=parse_courses(target.courses),
        audience=parse_audience(target.audience),
        audience_text=target.audience,
        level=target.level,
        share=target.share,
        due_on=target.due_on,
        days_new_employee=target.days_new_employee,
        validity_months=target.validity_months,
        valid_from=target.valid_from,
        valid_to=target.valid_to,
        source=target.source,
        is_assumption=target.is_assumption,
    )
