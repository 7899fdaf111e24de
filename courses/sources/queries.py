"""Reads: the sources as pages cite them, remembered by the process until one of them changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from courses.sources.models import LegalReference, Source, SourcesEdition
from courses.sources.wording import law_in_words
from foundation.prepared import Prepared

SOURCE, LAW = "source", "law"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source or a law as a list of sources shows it. Of a law `reference` is what it is about."""

    kind: str
    pk: int
    key: str
    title: str = ""
    publisher: str = ""
    year: int | None = None
    number: str = ""
    url: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All sources and laws."""

    by_key: Mapping[str, Cited]
    by_row: Mapping[tuple[str, int], Cited]

    def of_rows(self, rows: Iterable[tuple[str, int]]) -> list[Cited]:
        """What a page has chosen, in its order; what is deleted since is left out."""
        return [self.by_row[row] for row in rows if row in self.by_row]


_EDITION = Prepared(lambda: SourcesEdition.objects.order_by("pk").values_list("token")[:1])
# Of one edition only.
_kept: dict[UUID, Library] = {}


def current_edition() -> UUID | None:
    """The edition that holds now; None before the first source. One query."""
    for (token,) in _EDITION.rows():
        return UUID(str(token))
    return None


def library(edition: UUID | None) -> Library:
    """The sources of an edition that has just been read; two queries where they are not known.

    Without an edition there is nothing to remember them by.
    """
    known = None if edition is None else _kept.get(edition)
    if known is not None:
        return known
    found = _read()
    if edition is not None:
        _kept.clear()
        _kept[edition] = found
    return found


def current_library() -> Library:
    """The sources as they are now. One query where they are known."""
    return library(current_edition())


def _read() -> Library:
    cited = [
        Cited(
            SOURCE,
            source.pk,
            source.key,
            title=source.title,
            publisher=source.publisher,
            year=source.year,
            number=source.number,
            url=source.url,
            reference=source.reference,
        )
        for source in Source.objects.order_by("pk")
    ]
    laws = {law.pk: law for law in LegalReference.objects.order_by("valid_from", "pk")}
    formerly: dict[int, list[LegalReference]] = {}
    for law in laws.values():
        if law.replaced_by_id is not None:
            formerly.setdefault(law.replaced_by_id, []).append(law)
    for law in laws.values():
        after = laws.get(law.replaced_by_id or 0)
        words = law_in_words(law, formerly=formerly.get(law.pk, ()), replaced_by=after)
        cited.append(Cited(LAW, law.pk, law.key, title=words, url=law.url, reference=law.topic))
    return Library({one.key: one for one in cited}, {(one.kind, one.pk): one for one in cited})
