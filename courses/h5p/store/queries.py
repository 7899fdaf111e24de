"""What the store has: content and the version of it that plays, what a version plays with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page, ReferenceIndex, Revision

from courses.h5p.store.models import (
    H5PContent,
    H5PLibrary,
    H5PVersion,
    H5PVersionLibrary,
    LibraryState,
    VersionState,
)


@dataclass(frozen=True)
class Waits:
    """Why a version can't be played yet. Nothing in any of them: it can."""

    waiting: list[H5PLibrary]  # for the platform administrator's approval
    blocked: list[H5PLibrary]
    missing: list[str]  # "Name x.y"; no package has brought it


def ready_version(content: H5PContent) -> H5PVersion | None:
    """The latest that can be played; not `current` while that waits for a library."""
    return ready_versions([content]).get(content.pk)


def ready_versions(those: Iterable[H5PContent]) -> dict[int, H5PVersion]:
    """The latest that can be played, by the content's key. One query however many."""
    mine = H5PVersion.objects.filter(content=OuterRef("content"), state=VersionState.READY)
    latest = mine.order_by("-number").values("pk")[:1]
    found = H5PVersion.objects.filter(
        content__in=[content.pk for content in those], pk=Subquery(latest)
    )
    return {version.content_id: version for version in found.select_related("tree", "content")}


def libraries_of(version: H5PVersion) -> list[H5PLibrary]:
    """What a version plays with, in the order in which it is loaded, with their trees."""
    return list(version.libraries.select_related("tree").order_by("pins__position"))


def waits_of(version: H5PVersion) -> Waits:
    """Why it can't be played yet."""
    return waits_of_versions([version])[version.pk]


def waits_of_versions(versions: Iterable[H5PVersion]) -> dict[int, Waits]:
    """The same for a whole list, by the version's key. One query however many."""
    found = {version.pk: Waits([], [], list(version.missing)) for version in versions}
    pins = H5PVersionLibrary.objects.filter(version__in=found).exclude(
        library__state=LibraryState.APPROVED
    )
    for pin in pins.select_related("library").order_by("version", "position"):
        mine = found[pin.version_id]
        blocked = pin.library.state == LibraryState.BLOCKED
        (mine.blocked if blocked else mine.waiting).append(pin.library)
    return found


def libraries() -> QuerySet[H5PLibrary]:
    """All libraries; how many contents wait (`waited_for`) and play with each (`played_by`)."""
    playing = Q(versions__state=VersionState.READY)
    return H5PLibrary.objects.select_related("brought_in_by", "decided_by").annotate(
        waited_for=Count("versions__content", filter=~playing, distinct=True),
        played_by=Count("versions__content", filter=playing, distinct=True),
    )


def waiting_libraries() -> QuerySet[H5PLibrary]:
    """What waits for a decision: what most contents wait for first, then the oldest."""
    waiting = libraries().filter(state=LibraryState.WAITING)
    return waiting.order_by(F("waited_for").desc(), "first_seen_at", "pk")


def missing_libraries() -> dict[str, list[H5PContent]]:
    """Names that the latest versions ask for in vain, each with the contents that do."""
    found: dict[str, list[H5PContent]] = {}
    waiting = H5PContent.objects.filter(current__state=VersionState.WAITING)
    for content in waiting.select_related("current").order_by("title", "pk"):
        for name in content.current.missing if content.current else ():
            found.setdefault(name, []).append(content)
    return dict(sorted(found.items()))


def pages_with(content: H5PContent) -> list[Page]:
    """Pages that show it, to readers or in a draft.

    As they stand, published or not, as their latest draft says, and as they will be at a moment
    that is set.
    """
    keys = _pages_as_saved(content) | _pages_to_be_published(content)
    drafts = Page.objects.filter(has_unpublished_changes=True).exclude(pk__in=keys)
    for page in drafts.exclude(latest_revision=None).select_related("latest_revision"):
        if _shows(page.get_latest_revision_as_object(), content):
            keys.add(page.pk)
    return list(Page.objects.filter(pk__in=keys).specific().order_by("title", "pk"))


def published_with(content: H5PContent) -> list[Page]:
    """Pages that show it to readers: as published now, or as they will be at a moment that is set.

    A draft of a published page that nobody has decided on is none of them.
    """
    saved = Page.objects.live().filter(pk__in=_pages_as_saved(content))
    keys = set(saved.values_list("pk", flat=True)) | _pages_to_be_published(content)
    return list(Page.objects.filter(pk__in=keys).specific().order_by("title", "pk"))


def _pages_to_be_published(content: H5PContent) -> set[int]:
    """Keys of those that a draft with it becomes at a set moment, whatever is drafted since."""
    return {
        int(revision.object_id)
        for revision in Revision.page_revisions.exclude(approved_go_live_at=None)
        if _shows(revision.as_object(), content)
    }


def _pages_as_saved(content: H5PContent) -> set[int]:
    """Their keys. Of a published page what is saved is what is published."""
    of_page = ContentType.objects.get_for_model(Page)
    return {
        int(reference.object_id)
        for reference in ReferenceIndex.get_references_to(content)
        if reference.base_content_type_id == of_page.pk
    }


def _shows(draft: Page, content: H5PContent) -> bool:
    kind = ContentType.objects.get_for_model(H5PContent)
    # Wagtail keeps an index of pages as saved, not as drafted; this is what fills it.
    return any(
        of_kind == kind.pk and str(key) == str(content.pk)
        for of_kind, key, _model, _path in ReferenceIndex._extract_references_from_object(draft)
    )
