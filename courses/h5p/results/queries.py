"""Reads: where somebody stands, and how far they had come."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from courses.h5p.results.models import H5PResult, H5PState
from courses.h5p.results.requirements import Requirement
from courses.h5p.store.models import H5PContent, H5PVersion, VersionState
from tracking.organisation.models import User


@dataclass(frozen=True, slots=True)
class Demand:
    """What a place demands of a content there, which is named by its primary key."""

    place: str
    content: int
    requirement: Requirement


def result_of(user: User, place: str, content: int | None = None) -> H5PResult | None:
    """Where somebody stands at a place; None for who never opened it. One query.

    `content`: of this one (its primary key); else of the one opened there last.
    """
    found = H5PResult.objects.filter(user=user, place=place)
    if content is not None:
        found = found.filter(content=content)
    return found.order_by("-opened_at", "-pk").first()


def results_at(user: User, places: Collection[str]) -> dict[tuple[str, int], H5PResult]:
    """Where somebody stands at several places, by place and content. One query, or none."""
    if not places:
        return {}
    rows = H5PResult.objects.filter(user=user, place__in=set(places))
    return {(row.place, row.content_id): row for row in rows}


def met(user: User, place: str, requirement: Requirement, content: int | None = None) -> bool:
    """Whether somebody has done what is demanded at a place. One query, or none."""
    return not requirement.demands or requirement.is_met_by(result_of(user, place, content))


def unmet(user: User, demands: Iterable[Demand]) -> list[Demand]:
    """The demands that somebody has not met yet, in their order. One query, or none."""
    asked = [one for one in demands if one.requirement.demands]
    found = results_at(user, {one.place for one in asked})
    return [
        one for one in asked if not one.requirement.is_met_by(found.get((one.place, one.content)))
    ]


def version_begun(user: User, place: str, content: H5PContent) -> H5PVersion | None:
    """The version that somebody is in the midst of: not finished, and how far they came is kept.

    None for one that can't be played any more, and for who was last at the beginning. Two queries.
    """
    result = result_of(user, place, content.pk)
    if result is None or result.is_finished:
        return None
    kept = H5PState.objects.filter(user=user, place=place, version__content=content)
    last = kept.select_related("version").order_by("-made_at", "-pk").first()
    if last is None or not last.data or last.version.state != VersionState.READY:
        return None
    return last.version


def states_of(user: User, version: H5PVersion, place: str) -> dict[str, dict[str, Any]]:
    """How far somebody had come, as H5P's core preloads it: `{"0": {"state": "…"}}`."""
    found: dict[str, dict[str, Any]] = {}
    kept = H5PState.objects.filter(user=user, place=place, version=version).exclude(data="")
    for one in kept.order_by("pk"):
        found.setdefault(one.sub, {})[one.kind] = json.loads(one.data)
    return found
