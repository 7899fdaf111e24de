"""Reads for the listing and for a content's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from courses.h5p.store.kinds import kind_in_words, machine_name_of
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion
from courses.h5p.store.queries import ready_versions
from courses.h5p.studio.counts import Counts, counts_of
from courses.h5p.studio.standing import Standing, standings
from courses.h5p.studio.usage import Use, uses_of, uses_with_drafts
from tracking.organisation.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """A content as the listing shows it."""

    content: H5PContent
    version: H5PVersion | None
    kind: str
    standing: Standing
    plays: H5PVersion | None  # what learners meet
    uses: list[Use]
    counts: Counts

    @property
    def plays_instead(self) -> int | None:
        """The number of the version that learners meet, where it is not the latest."""
        playing = self.plays
        return playing.number if playing and playing.pk != self.content.current_id else None


@dataclass(frozen=True, slots=True)
class Page:
    """A content's own page."""

    row: Row
    versions: list[tuple[H5PVersion, Standing]]


def contents() -> QuerySet[H5PContent]:
    """All of them with their latest versions, newest upload first."""
    return H5PContent.objects.select_related("current").order_by("-current__uploaded_at", "-pk")


def rows_of(found: Iterable[H5PContent], user: User) -> dict[int, Row]:
    """What the listing says of contents, by their keys; as many queries for one as for many."""
    listed = list(found)
    uses = uses_of(listed, user)
    return _rows(listed, uses)


def page_of(content: H5PContent, user: User) -> Page:
    """Everything a content's page says; drafts of lessons are uses too."""
    row = _rows([content], {content.pk: uses_with_drafts(content, user)})[content.pk]
    versions = list(content.versions.select_related("uploaded_by__person").order_by("-number"))
    stand = standings(versions)
    return Page(row, [(one, stand[one.pk]) for one in versions])


def _rows(listed: list[H5PContent], uses: Mapping[int, list[Use]]) -> dict[int, Row]:
    stand = standings(one.current for one in listed)
    ready = ready_versions(listed)
    counts = counts_of(listed)
    titles = titles_of(one.current for one in listed)
    return {
        one.pk: Row(
            content=one,
            version=one.current,
            kind=kind_of(one.current, titles),
            standing=stand[one.current.pk] if one.current else Standing(None),
            plays=ready.get(one.pk),
            uses=uses[one.pk],
            counts=counts[one.pk],
        )
        for one in listed
    }


def kind_of(version: H5PVersion | None, titles: Mapping[str, str]) -> str:
    """The type in words."""
    if version is None:
        return ""
    name = machine_name_of(version.main_library)
    return kind_in_words(version.main_library, titles.get(name, ""))


def titles_of(versions: Iterable[H5PVersion | None]) -> dict[str, str]:
    """What the main libraries call themselves, by machine name. One query."""
    names = {machine_name_of(one.main_library) for one in versions if one is not None}
    rows = H5PLibrary.objects.filter(machine_name__in=names).order_by("major", "minor", "patch")
    return dict(rows.values_list("machine_name", "title"))
