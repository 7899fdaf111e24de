"""Interactive content that readers could not open, or could never do what is demanded of them."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from courses.h5p.results.finishing import is_known
from courses.h5p.results.models import H5PResult
from courses.h5p.results.requirements import Kind, Requirement
from courses.h5p.results.scoring import may_report_points
from courses.h5p.store.kinds import machine_name_of
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.store.queries import ready_versions, waits_of
from courses.pages.checks.findings import Finding, Weight
from courses.pages.checks.places import Place

# Main libraries that show film; what others hold is named in their content.
FILMS = frozenset({"H5P.InteractiveVideo", "H5P.Video"})


def unplayable(content: Iterable[Place]) -> Iterator[Finding]:
    """What waits, lacks libraries, or can't give the points that are demanded; films too."""
    blocks = [place for place in content if place.kind == "interactive" and not place.name]
    chosen = {place.part("content").value for place in blocks}
    contents = H5PContent.objects.select_related("current").in_bulk(
        [one for one in chosen if isinstance(one, int)]
    )
    ready = ready_versions(contents.values())
    for place in blocks:
        found = contents.get(place.part("content").value)
        if found is None:
            said = _("No H5P content is chosen, or it has been deleted.")
            yield _blocking(place, "content", said)
        elif (version := ready.get(found.pk)) is None:
            yield _blocking(place, "content", _why_not(found))
        else:
            yield from _of_version(place, found, version)


def _of_version(place: Place, content: H5PContent, version: H5PVersion) -> Iterator[Finding]:
    kind = Requirement.of(place.value or {}).kind
    if kind is Kind.SCORE and not may_report_points(version):
        said = _("“%(title)s” reports no points, so no share of them can be reached.")
        yield _blocking(place, "requirement", said % {"title": content.title})
    elif _may_never_be_met(kind, content, version):
        said = _(
            "“%(title)s” is of a type that is unknown here (%(type)s). If it never says that it "
            "is finished, nobody can do what is demanded. Try it to its end, or demand that it is "
            "opened."
        )
        words = said % {"title": content.title, "type": machine_name_of(version.main_library)}
        yield Finding(words, place.part("requirement").path, place.screen)
    if _shows_film(version):
        said = _("“%(title)s” shows film: make sure that it has captions. That can't be seen here.")
        yield Finding(said % {"title": content.title}, place.part("content").path, place.screen)


def _may_never_be_met(kind: Kind, content: H5PContent, version: H5PVersion) -> bool:
    """An end or points are demanded of a type nobody here knows, and none have come of it yet."""
    if kind not in {Kind.FINISHED, Kind.SCORE} or is_known(version.main_library):
        return False
    came = H5PResult.objects.filter(content=content, finished_at__isnull=False)
    if kind is Kind.SCORE:
        came = came.filter(share__isnull=False)
    return not came.exists()


def _shows_film(version: H5PVersion) -> bool:
    return any(machine_name_of(name) in FILMS for name in [version.main_library, *version.named])


def _why_not(content: H5PContent) -> str:
    """What keeps it from being played, with the names of the libraries."""
    given = {"title": content.title, "names": ""}
    if content.current is None:
        return _("“%(title)s” can't be played: nothing is uploaded.") % given
    waits = waits_of(content.current)
    if waits.missing:
        given["names"] = ", ".join(waits.missing)
        return _("“%(title)s” can't be played: it lacks the libraries %(names)s.") % given
    if waits.waiting:
        given["names"] = ", ".join(map(str, waits.waiting))
        return _("“%(title)s” can't be played before %(names)s is approved.") % given
    given["names"] = ", ".join(map(str, waits.blocked))
    return _("“%(title)s” can't be played: %(names)s is blocked.") % given


def _blocking(place: Place, part: str, words: str) -> Finding:
    return Finding(words, place.part(part).path, place.screen, Weight.BLOCKS)
