"""sources.yaml: the sources and laws that all modules cite, read, judged and brought in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from courses.modules.groundwork import let_trainers_keep_sources
from courses.modules.yaml_files import read_text, read_yaml
from courses.sources.actions import Outcome, load_law, load_source
from courses.sources.models import KEY, LegalReference
from foundation.problems import Fields, FilesRefused, Problem

NAME = "sources.yaml"


@dataclass(frozen=True, slots=True)
class LawFile:
    """A law, and the key of what replaced it ("" while it is in force)."""

    fields: dict[str, Any]
    replaced_by: str
    place: str


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """All sources and laws of the file, by key."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    laws: dict[str, LawFile] = field(default_factory=dict)

    def __contains__(self, key: object) -> bool:
        return key in self.sources or key in self.laws


def read_library(directory: Path) -> LibraryFile:
    """The sources of a folder of modules. Raises FilesRefused with everything that is wrong."""
    problems: list[Problem] = []
    found = LibraryFile()
    text = read_text(directory / NAME, file=NAME, problems=problems)
    data = None if text is None else read_yaml(text, file=NAME, line=1, problems=problems)
    if data is not None:
        top = Fields.of(data, NAME, "", problems)
        for fields in top.mappings("sources", needed=False):
            _read_source(fields, found)
        for fields in top.mappings("laws", needed=False):
            _read_law(fields, found)
        top.done()
        _judge_replacements(found, problems)
    if problems:
        raise FilesRefused(problems)
    return found


def _read_source(fields: Fields, found: LibraryFile) -> None:
    source = {
        "title": fields.text("title", longest=400),
        "publisher": fields.text("publisher", longest=200),
        "year": _year(fields),
        "number": _optional(fields, "number", 80),
        "url": _url(fields),
        "reference": _optional(fields, "reference", 2_000),
        "checked_on": _day(fields, "checked_on"),
    }
    found.sources[_key(fields, found)] = source
    fields.done()


def _read_law(fields: Fields, found: LibraryFile) -> None:
    law = {
        "act": fields.text("act", longest=300),
        "number": fields.text("number", longest=40),
        "paragraph": _optional(fields, "paragraph", 80),
        "paragraph_known": fields.flag("paragraph_known"),
        "topic": fields.text("topic", longest=300),
        "valid_from": _day(fields, "valid_from"),
        "valid_to": _day(fields, "valid_to"),
        "url": _url(fields),
        "checked_on": _day(fields, "checked_on"),
    }
    replaced_by = _optional(fields, "replaced_by", 80)
    if law["paragraph"] and not law["paragraph_known"]:
        fields.refuse("paragraph", _("nothing, as the paragraph is not known"))
    if law["valid_from"] and law["valid_to"] and law["valid_to"] < law["valid_from"]:
        fields.refuse("valid_to", _("a day after valid_from"))
    if replaced_by and not law["valid_to"]:
        fields.refuse("replaced_by", _("nothing, as long as the law is in force"))
    found.laws[_key(fields, found)] = LawFile(law, replaced_by, fields.place)
    fields.done()


def _key(fields: Fields, found: LibraryFile) -> str:
    key = fields.text("key", longest=80)
    try:
        KEY(key)
    except ValidationError:
        fields.refuse("key", _("small letters, digits and hyphens"))
    if key in found:
        fields.refuse("key", _("a key that no other source has"))
    return key


def _optional(fields: Fields, name: str, longest: int) -> str:
    """A text that may be left out or be empty."""
    if fields.get(name) in (None, ""):
        return ""
    return fields.text(name, longest=longest)


def _year(fields: Fields) -> int | None:
    if fields.get("year") is None:
        return None
    return fields.number("year", low=1700, high=2200)


def _day(fields: Fields, name: str) -> Any:
    return None if fields.get(name) is None else fields.day(name)


def _url(fields: Fields) -> str:
    url = _optional(fields, "url", 500)
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            fields.refuse("url", _("an address that begins with https://"))
    return url


def _judge_replacements(found: LibraryFile, problems: list[Problem]) -> None:
    """What replaces a law is another law of the file, and no chain of them comes back."""
    for key, law in found.laws.items():
        seen, after = {key}, law.replaced_by
        while after:
            if after not in found.laws or after in seen:
                expected = _("the key of another law of the file")
                place = f"{law.place} › replaced_by"
                problems.append(Problem(NAME, place, law.replaced_by, expected))
                break
            seen.add(after)
            after = found.laws[after].replaced_by


@transaction.atomic
def load_library(file: LibraryFile) -> list[tuple[str, Outcome]]:
    """Bring all sources and laws in, what replaces others first: each key with its outcome.

    The same file loaded twice changes nothing the second time; what was edited here is kept. What
    was deleted here comes back, as it may be cited again. Raises FilesRefused.
    """
    if not LegalReference.objects.exists():
        let_trainers_keep_sources()
    outcomes = []
    try:
        for key, fields in file.sources.items():
            outcomes.append((key, load_source(key=key, fields=fields)))
        for key in _newest_first(file):
            law = file.laws[key]
            outcome = load_law(key=key, fields=law.fields, replaced_by=law.replaced_by)
            outcomes.append((key, outcome))
    except ValidationError as error:
        said = "; ".join(error.messages)
        expected = _("a source that can stand beside those that are here")
        raise FilesRefused([Problem(NAME, key, said, expected)]) from error
    return outcomes


def _newest_first(file: LibraryFile) -> list[str]:
    ordered: dict[str, None] = {}

    def put(key: str) -> None:
        if after := file.laws[key].replaced_by:
            put(after)
        ordered.setdefault(key)

    for key in file.laws:
        put(key)
    return list(ordered)
