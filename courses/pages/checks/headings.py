"""Headings in an order that can be listened to."""

from collections.abc import Iterable, Iterator

from bs4 import Tag
from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from courses.pages.checks.places import Place

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The level that the text of a screen offers; the screen's own heading stands above it.
OFFERED = "h3"


def misplaced_headings(content: Iterable[Place]) -> Iterator[Finding]:
    """Headings that are empty, said twice, of another level, without text, or only bold text."""
    seen: dict[str, int] = {}
    for place in content:
        if not place.kind and place.name == "heading":
            yield from _screen(place, seen)
        elif place.is_rich:
            for words in _in_text(place):
                yield Finding(words, place.path, place.screen)


def _screen(place: Place, seen: dict[str, int]) -> Iterator[Finding]:
    heading = str(place.value or "").strip()
    if not heading:
        yield Finding(_("The screen has no heading."), place.path, place.screen)
        return
    first = seen.setdefault(heading.casefold(), place.screen)
    if first != place.screen:
        words = _("Screen %(first)d has the same heading.") % {"first": first}
        yield Finding(words, place.path, place.screen)


def _in_text(place: Place) -> Iterator[str]:
    whole = [one for one in place.soup.children if isinstance(one, Tag)]
    for at, one in enumerate(whole):
        said = one.get_text(" ", strip=True)
        if one.name in HEADINGS:
            if not said:
                yield _("A heading in the text is empty.")
            elif one.name != OFFERED:
                yield _("The heading “%(heading)s” leaves out a level.") % {"heading": said}
            elif at + 1 == len(whole) or whole[at + 1].name in HEADINGS:
                yield _("Nothing stands under the heading “%(heading)s”.") % {"heading": said}
        elif one.name == "p" and said and at + 1 < len(whole) and _is_bold(one, said):
            yield _("“%(text)s” is bold, but no heading: who listens does not find it.") % {
                "text": said
            }


def _is_bold(paragraph: Tag, said: str) -> bool:
    bold = " ".join(one.get_text(" ", strip=True) for one in paragraph.find_all(["b", "strong"]))
    return bold == said and len(said.split()) <= 8 and said[-1] not in ".!?"
