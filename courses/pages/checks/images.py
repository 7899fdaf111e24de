"""Figures that say nothing to who can't see them."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding, Weight
from courses.pages.checks.places import Place

# Names that a camera or a program gives a file say nothing of what the picture shows.
FILE_NAME = re.compile(r"^\S+\.(svg|png|jpe?g|gif|webp)$|^(img|dsc|image|bild)[-_ ]?\d*$", re.I)
SHORTEST = 10  # letters; "En dörr" would leave out what the drawing is there for


def missing_alternatives(content: Iterable[Place]) -> Iterator[Finding]:
    """Pictures whose text alternative is missing, or is none."""
    for place in content:
        fields = getattr(place.block, "child_blocks", {})
        if not {"image", "alt"} <= set(fields) or place.part("image").is_empty:
            continue
        alt = place.part("alt")
        said = str(alt.value or "").strip()
        if not said:
            message = _("The figure has no text alternative.")
            yield Finding(message, alt.path, place.screen, Weight.BLOCKS)
        elif FILE_NAME.match(said):
            message = _("The text alternative is a file's name: write what the figure says.")
            yield Finding(message, alt.path, place.screen, Weight.BLOCKS)
        elif len(said) < SHORTEST:
            message = _("The text alternative is very short: does it say all that the figure says?")
            yield Finding(message, alt.path, place.screen)
