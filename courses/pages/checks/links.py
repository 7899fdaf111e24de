"""Links whose words say where they lead. WCAG 2.2, 2.4.4."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from courses.pages.checks.places import Place
from courses.sources.marks import LINK_TYPE as CITATION

EMPTY_WORDS = frozenset(
    {
        *("här", "klicka här", "tryck här", "läs mer", "läs mer här", "mer", "länk", "länken"),
        *("den här länken", "denna länk", "till sidan", "se här", "hit", "gå hit", "webbplats"),
        *("here", "click here", "read more", "more", "link", "this link"),
    }
)
ADDRESS = re.compile(r"^(https?://|www\.)\S+$|^\S+\.(se|com|org|nu|eu)(/\S*)?$", re.I)


def unclear_links(content: Iterable[Place]) -> Iterator[Finding]:
    """Links that say nothing, or their address."""
    for place in content:
        if not place.is_rich:
            continue
        for link in place.soup.find_all("a"):
            if link.get("linktype") == CITATION:  # its number is its words, and its source its end
                continue
            words = link.get_text(" ", strip=True)
            if not words:
                said = _("A link has no words.")
            elif words.casefold().strip(" .!:»>→") in EMPTY_WORDS:
                said = _("The link “%(words)s” does not say where it leads.") % {"words": words}
            elif ADDRESS.match(words):
                said = _("The link shows its address, %(words)s: name what is there.") % {
                    "words": words
                }
            else:
                continue
            yield Finding(said, place.path, place.screen)
