"""Film and sound for who can't hear or see them."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding, Weight
from courses.pages.checks.places import Place


def missing_captions(content: Iterable[Place]) -> Iterator[Finding]:
    """Film without captions, film and sound without a transcript. WCAG 2.2, 1.2.1 to 1.2.3."""
    for place in content:
        fields = getattr(place.block, "child_blocks", {})
        if "captions" in fields and place.part("captions").is_empty:
            yield Finding(
                _("The film has no captions."),
                place.part("captions").path,
                place.screen,
                Weight.BLOCKS,
            )
        if "transcript" in fields and place.part("transcript").is_empty:
            words = _("The film has no transcript.")
            if "captions" not in fields:
                words = _("The recording has no transcript.")
            yield Finding(words, place.part("transcript").path, place.screen, Weight.BLOCKS)
