"""How many have opened and finished a content: numbers, no names, and none of the few."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.h5p.results.models import H5PResult
from courses.h5p.store.models import H5PContent
from quizzes.analysis.limits import FEWEST, SMALL


@dataclass(frozen=True, slots=True)
class Counts:
    """People, wherever they met it. None: there are some, and fewer than are told of."""

    opened: int | None = 0
    finished: int | None = 0
    fewest: int = FEWEST


def counts_of(contents: Iterable[H5PContent]) -> dict[int, Counts]:
    """Of several contents, by their keys. One query."""
    keys = [one.pk for one in contents]
    rows = (
        H5PResult.objects.filter(content__in=keys)
        .values("content")
        .annotate(
            opened=Count("user", distinct=True),
            finished=Count("user", distinct=True, filter=Q(finished_at__isnull=False)),
        )
        .order_by()
    )
    found = {row["content"]: _told(row["opened"], row["finished"]) for row in rows}
    return {key: found.get(key, Counts()) for key in keys}


def _told(opened: int, finished: int) -> Counts:
    """Neither those who have finished nor those who have not may be few."""
    if opened < FEWEST:
        return Counts(None, None)
    tells = 0 < finished < SMALL or 0 < opened - finished < SMALL
    return Counts(opened, None if tells else finished)
