"""Regradings of somebody's attempts, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from foundation.components.numbers import points
from quizzes.regrading.models import Regraded
from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add it; called once, when the app is ready."""
    register(REGRADINGS)


def _regradings(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = Regraded.objects.filter(attempt__user=owner.user).select_related("attempt", "regrade")
    for one in mine.order_by("regrade__made_at", "pk"):
        yield (
            str(one.attempt.public_id),
            one.regrade.question_key,
            one.regrade.made_at,
            points(one.points),
            one.passed,
            one.undone,
        )


REGRADINGS = Section(
    "omrattningar",
    _("Attempts judged again"),
    {
        "forsok": _("attempt"),
        "fraga": _("question"),
        "beslutat": _("decided"),
        "poang_fore": _("points before"),
        "godkant_fore": _("passed before"),
        "angrat": _("undone"),
    },
    _regradings,
    frozenset({"quizzes.Regraded"}),
)
