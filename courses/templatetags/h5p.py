"""What a page needs to show a player of H5P content: `{% load h5p %}`."""

from django import template
from django.http import HttpRequest

from courses.h5p.player.words import demand_of
from courses.h5p.results.models import H5PResult
from courses.h5p.results.requirements import Requirement
from courses.h5p.results.shown import words_of
from courses.h5p.store.kinds import kind_in_words
from courses.h5p.store.models import H5PVersion
from courses.h5p.studio.previewing import PREFIX
from foundation.framing import let_frame

register = template.Library()


@register.simple_tag(takes_context=True)
def let_player_in(context: template.Context) -> str:
    """`{% let_player_in %}`: this page may hold the frames of players, and no others do."""
    request = context.get("request")
    if isinstance(request, HttpRequest):
        let_frame(request, "/h5p/spel/")
    return ""


@register.filter
def h5p_kind(version: H5PVersion) -> str:
    """`{{ version|h5p_kind }}`: what kind of content it is, in words."""
    return kind_in_words(version.main_library)


@register.filter
def h5p_demand(requirement: Requirement | None) -> str:
    """`{{ requirement|h5p_demand }}`: what a reader has to do; "" where nothing is demanded."""
    return demand_of(requirement) if requirement else ""


@register.filter
def h5p_words(result: H5PResult | None) -> str:
    """`{{ result|h5p_words }}`: what the content reported; "" where nothing was."""
    return words_of(result) if result else ""


@register.filter
def h5p_is_tried(place: str) -> bool:
    """`{{ place|h5p_is_tried }}`: a trainer tries it there, and nothing is kept."""
    return place.startswith(f"{PREFIX}:")


@register.simple_tag
def h5p_met(requirement: Requirement | None, result: H5PResult | None) -> bool:
    """`{% h5p_met requirement result as met %}`: something was demanded, and it is done."""
    return bool(requirement and requirement.demands and requirement.is_met_by(result or None))
