"""Reads: which targets ask for a course."""

from datetime import date

from django.db.models import Q

from tracking.targets.expressions import ExpressionError, normal, parse_courses
from tracking.targets.models import Target


def targets_counting(code: str, *, on: date) -> list[Target]:
    """The targets that a course counts for on a day or will later, by their codes.

    What has ended counts nothing any more. Of what can't be read nothing is known.
    """
    standing = Target.objects.known_now().filter(Q(valid_to=None) | Q(valid_to__gt=on))
    asked = normal(code)
    return [target for target in standing.order_by("code") if asked in courses_of(target)]


def courses_of(target: Target) -> tuple[str, ...]:
    """The codes that a target names, each once, in its order; none where it can't be read."""
    try:
        alternatives = parse_courses(target.courses)
    except ExpressionError:
        return ()
    return tuple(dict.fromkeys(code for alternative in alternatives for code in alternative))
