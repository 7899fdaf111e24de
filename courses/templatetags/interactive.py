"""What an interactive block of a lesson plays, where, and how far its reader has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest

from courses.h5p.results.models import H5PResult
from courses.h5p.results.queries import results_at
from courses.h5p.results.requirements import Requirement
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.store.queries import ready_versions
from courses.h5p.studio.previewing import preview_place
from courses.learning.interactive import Placed, place_of, placed_in
from courses.pages.models import LessonPage
from tracking.organisation.models import User

register = template.Library()


@dataclass(frozen=True, slots=True)
class Playing:
    """As the player's template takes it."""

    version: H5PVersion | None
    place: str
    requirement: Requirement
    result: H5PResult | None


@dataclass(frozen=True, slots=True)
class _Screen:
    """What is known of all contents on a screen: two queries, however many there are."""

    versions: Mapping[int, H5PVersion]
    results: Mapping[tuple[str, int], H5PResult]


@register.simple_tag(takes_context=True)
def playing(context: template.Context, value: Mapping[str, Any], block_id: str) -> Playing | None:
    """`{% playing value block_id as on %}`: None where there is no lesson around the block.

    In an editor's preview it plays too, and nothing of it counts.
    """
    page, request = context.get("page"), context.get("request")
    content = value.get("content")
    if content is None or not isinstance(page, LessonPage) or not isinstance(request, HttpRequest):
        return None
    screen = _screen(request, page, context.get("screen_number") or 1)
    version = screen.versions.get(content.pk)
    if getattr(request, "is_preview", False):
        return Playing(version, preview_place(content), Requirement.of(value), None)
    place = place_of(page.learning_key, block_id)
    result = screen.results.get((place, content.pk))
    return Playing(version, place, Requirement.of(value), result)


def _screen(request: HttpRequest, page: LessonPage, number: int) -> _Screen:
    """Asked for once a request, by the first of its blocks."""
    known: _Screen | None = getattr(request, "h5p_on_screen", None)
    if known is None:
        placed = [one for one in placed_in(page) if one.screen == number]
        contents = {one.demand.content for one in placed}
        versions = ready_versions(H5PContent(pk=pk) for pk in contents)
        known = _Screen(versions, _results(request, placed))
        request.h5p_on_screen = known  # type: ignore[attr-defined]
    return known


def _results(request: HttpRequest, placed: list[Placed]) -> dict[tuple[str, int], H5PResult]:
    if getattr(request, "is_preview", False) or not isinstance(request.user, User):
        return {}
    return results_at(request.user, {one.demand.place for one in placed})
