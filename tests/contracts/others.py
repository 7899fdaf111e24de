"""The catalogues of the libraries whose pages and messages people meet."""

import functools
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import polib

from tests.contracts.messages import Message

# In the order gettext looks through them.
LIBRARIES = ("wagtail", "wagtail_localize", "taggit", "allauth", "django")
# What Wagtail says by the name of a permission, and so in no catalogue.
PERMISSIONS = ("Can submit translations", "Can lock", "Can publish", "Can unlock")
# Parts of Wagtail and Django that are not installed here.
NOT_HERE = {
    "styleguide",
    "simple_translation",
    "search_promotions",
    "typed_table_block",
    "table_block",
    "settings",
    "locales",
    "admindocs",
    "flatpages",
    "gis",
    "postgres",
}


@functools.cache
def other_catalogues(
    domain: str, libraries: tuple[str, ...] = LIBRARIES
) -> dict[Message, polib.POEntry]:
    """Every text of the libraries in `domain`, from their English catalogues."""
    found: dict[Message, polib.POEntry] = {}
    for path in _files("en", domain, libraries):
        for entry in polib.pofile(str(path)):
            found.setdefault((entry.msgctxt, entry.msgid), entry)
    for text in PERMISSIONS if domain == "django" else ():
        found.setdefault((None, text), polib.POEntry(msgid=text))
    return found


def _files(language: str, domain: str, libraries: tuple[str, ...]) -> Iterator[Path]:
    for library in libraries:
        spec = find_spec(library)
        assert spec is not None
        assert spec.origin is not None
        top = Path(spec.origin).parent
        for path in sorted(top.rglob(f"locale/{language}/LC_MESSAGES/{domain}.po")):
            if not NOT_HERE.intersection(path.relative_to(top).parts):
                yield path
