"""The sources and laws that modules cite, as sources.yaml."""

from collections.abc import Iterable
from typing import Any

from courses.modules.library import LawFile, LibraryFile
from courses.modules.writing.yaml_text import yaml_text
from courses.sources.models import LegalReference, Source


def library_text(library: LibraryFile, header: str = "") -> str:
    """The whole file, sorted by key; `header` is the remark that it begins with."""
    sources = [{"key": key} | _said(library.sources[key]) for key in sorted(library.sources)]
    laws = [
        {"key": key}
        | _said(library.laws[key].fields)
        | _said({"replaced_by": library.laws[key].replaced_by})
        for key in sorted(library.laws)
    ]
    said = [yaml_text({"sources": sources}), yaml_text({"laws": laws})]
    return header + "\n".join(said)


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None)}


def library_of(keys: Iterable[str]) -> LibraryFile:
    """What stands here of these sources and laws, with what the laws replaced and what replaced
    them: a text that cites the one in force shows the number of the one before."""
    found = LibraryFile()
    for source in Source.objects.filter(key__in=set(keys)):
        found.sources[source.key] = _fields(source, SOURCE_FIELDS)
    laws = {law.pk: law for law in LegalReference.objects.all()}
    wanted = {pk for pk, law in laws.items() if law.key in set(keys)}
    while True:
        near = {law.replaced_by_id for pk, law in laws.items() if pk in wanted} - {None}
        near |= {pk for pk, law in laws.items() if law.replaced_by_id in wanted}
        if near <= wanted:
            break
        wanted |= {pk for pk in near if pk is not None}
    for pk in wanted:
        law = laws[pk]
        after = laws[law.replaced_by_id].key if law.replaced_by_id else ""
        found.laws[law.key] = LawFile(_fields(law, LAW_FIELDS), after, "")
    return found


SOURCE_FIELDS = ("title", "publisher", "year", "number", "url", "reference", "checked_on")
LAW_FIELDS = (
    *("act", "number", "paragraph", "paragraph_known", "topic"),
    *("valid_from", "valid_to", "url", "checked_on"),
)


def _fields(row: Source | LegalReference, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
