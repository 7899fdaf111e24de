"""What authors see of those who have met a content: numbers, no names, and none of the few.

Claims, summed: each was reported by the content in somebody's browser.
"""

from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.html import strip_tags

from courses.h5p.results.finishing import parameters_of
from courses.h5p.results.models import H5PResult, H5PStatement
from courses.h5p.results.shares import WHOLE, percent_of
from courses.h5p.store.models import H5PContent
from courses.h5p.store.queries import ready_version
from quizzes.analysis.limits import FEWEST, SMALL

BANDS = ((0, 19), (20, 39), (40, 59), (60, 79), (80, 100))
MOST_PARTS = 200
LONGEST_TITLE = 160
DEEPEST = 60  # content goes as deep as JSON is read (courses.h5p.package)


@dataclass(frozen=True, slots=True)
class Band:
    """Results from so many percent to so many. `count`: None where it would tell of a few."""

    low: int
    high: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A question inside a content: how many answered it, and the percent that ever had it right."""

    title: str
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`with_points`: people with points; of fewer than `fewest` nothing is told."""

    with_points: int | None
    median: int | None = None
    bands: list[Band] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    fewest: int = FEWEST


def results_of(content: H5PContent) -> Figures:
    """The figures of a content, of all its versions and wherever it was met.

    One result a person, the best: whoever met it in ten places is one person, and not ten among
    whom nobody is seen. Three queries and the content's file.
    """
    with_points = H5PResult.objects.filter(content=content, share__isnull=False)
    better = with_points.filter(user=OuterRef("user")).filter(
        Q(share__gt=OuterRef("share")) | Q(share=OuterRef("share"), pk__gt=OuterRef("pk"))
    )
    rows = with_points.filter(~Exists(better))
    counted = rows.values_list("share").annotate(n=Count("pk")).order_by("share")
    shares = {share: n for share, n in counted if share is not None}
    total = sum(shares.values())
    if total < FEWEST:
        return Figures(None if total else 0)
    return Figures(total, percent_of(_median(shares)), _bands(shares), _parts(content))


def _median(shares: dict[int, int]) -> int:
    """The one in the middle; of two the lower, so that it is one somebody has."""
    middle = (sum(shares.values()) + 1) // 2
    passed = 0
    for share, n in sorted(shares.items()):
        passed += n
        if passed >= middle:
            return share
    raise ValueError("There is no median of nothing.")


def _bands(shares: dict[int, int]) -> list[Band]:
    """Counts by band; a small one is withheld, and another it could be reckoned from."""
    counts = Counter[tuple[int, int]]()
    for share, n in shares.items():
        counts[next(one for one in BANDS if percent_of(share) <= one[1])] += n
    small = {one for one in BANDS if 0 < counts[one] < SMALL}
    if small and sum(counts[one] for one in small) < SMALL:
        others = [one for one in BANDS if counts[one] >= SMALL]
        small.add(min(others, key=lambda one: counts[one]))
    return [Band(*one, None if one in small else counts[one]) for one in BANDS]


def _parts(content: H5PContent) -> list[Part]:
    """The questions inside, in the order the content has them, that enough have answered.

    Told only where those who had it right, and those who had not, are each none or not few.
    """
    version = ready_version(content)
    titles = titles_in(parameters_of(version)) if version else {}
    if not titles:
        return []
    said = H5PStatement.objects.filter(launch__version__content=content, share__isnull=False)
    rows = (
        said.filter(sub__in=list(titles)[:MOST_PARTS])
        .values_list("sub")
        .annotate(
            people=Count("launch__user", distinct=True),
            right=Count("launch__user", distinct=True, filter=Q(share=WHOLE)),
        )
        .order_by()
    )
    told = {
        sub: Part(titles[sub], people, right * 100 // people)
        for sub, people, right in rows
        if people >= FEWEST and not 0 < right < SMALL and not 0 < people - right < SMALL
    }
    return [told[sub] for sub in titles if sub in told]


def titles_in(parameters: object) -> dict[str, str]:
    """What each part of a content is called, by its subContentId, in its order.

    From the content itself: what a browser says a part is called may be anything.
    """
    found: dict[str, str] = {}
    waiting: list[tuple[object, int]] = [(parameters, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            continue
        if isinstance(value, dict):
            name = value.get("subContentId")
            if isinstance(name, str) and name not in found:
                found[name] = _title(value)
            waiting += [(one, depth + 1) for one in reversed(value.values())]
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in reversed(value)]
    return found


def _title(part: dict[str, Any]) -> str:
    asked = part.get("params")
    asked = asked if isinstance(asked, dict) else {}
    metadata = part.get("metadata")
    named = metadata.get("title") if isinstance(metadata, dict) else None
    for said in (asked.get("question"), asked.get("taskDescription"), named):
        if isinstance(said, str) and (words := " ".join(unescape(strip_tags(said)).split())):
            return words[:LONGEST_TITLE]
    return ""
