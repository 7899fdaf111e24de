"""Facts that rest on nothing one can look up."""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from courses.pages.checks.places import Place
from courses.sources.marks import CITATION

# Figures that are names: paragraphs, statutes, registers, the emergency number, a list's number.
NAMES = re.compile(
    r"\d+ ?[a-z]? ?(?:kap\.|§)|§§? ?\d+|\d{4}(?:/\d{2,4})?:\d+|\b\d{4}/\d+\b|\b112\b|^\d+\.\s"
    r"|\b(?:lektion|skärm|steg|fråga|del|mål|kapitel|bilaga|nummer)\s+\d+",
    re.I,
)
# A figure that says how much: small numbers alone count steps and rooms, and rest on nothing.
FIGURE = re.compile(r"\d[\d ,.]*\d|\d ?(?:%|procent)")
SMALL = re.compile(r"\b1[0-2]\b(?! ?(?:%|procent))(?![\d ]*\d)")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
CITED = "⁂"  # stands where a citation did
SHOWN = 60


def uncited(content: Iterable[Place]) -> Iterator[Finding]:
    """A lesson that cites nothing, and sentences with a figure that cite nothing.

    What stands at the end of a paragraph holds for the paragraph, and for the list it leads into.
    """
    texts = [place for place in content if place.is_rich]
    if texts and not any(CITATION.search(place.value or "") for place in texts):
        yield Finding(_("The lesson cites no source."), "body")
        return
    for place in texts:
        if place.kind == "case":  # the figures of a story are the story's
            continue
        for sentence in uncited_figures(place.value or ""):
            said = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rstrip()}…"
            words = _("A figure without a source: “%(sentence)s”") % {"sentence": said}
            yield Finding(words, place.path, place.screen)


def uncited_figures(html: str) -> list[str]:
    """The sentences with a figure in a text that no citation covers."""
    soup = BeautifulSoup(CITATION.sub(CITED, html), "html.parser")
    found, led_in = [], False
    for element in soup.children:
        if not isinstance(element, Tag):
            continue
        if element.name in ("ul", "ol"):
            if not led_in:
                items = (item.get_text(" ", strip=True) for item in element.find_all("li"))
                found += [item for item in items if _is_bare(item)]
            continue
        text = element.get_text(" ", strip=True)
        led_in = CITED in text
        found += _bare_sentences(text)
    return found


def _bare_sentences(text: str) -> list[str]:
    """A citation holds for the sentences before it in the paragraph."""
    sentences = SENTENCE.split(text)
    last = max((at for at, one in enumerate(sentences) if CITED in one), default=-1)
    return [one for one in sentences[last + 1 :] if _is_bare(one)]


def _is_bare(sentence: str) -> bool:
    return CITED not in sentence and bool(FIGURE.search(SMALL.sub("", NAMES.sub("", sentence))))
