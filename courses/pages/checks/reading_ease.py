"""How easy a lesson reads, held to the band; what is in easy Swedish, to its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from courses.pages.checks.places import Place, plain_text
from courses.pages.readability import EASY_BELOW, LESSON_BAND, lix, words_of

# Below this a sentence more or less moves the figure by several units.
FEWEST_WORDS = 60
EASY = "easy"
# The ends of the gauge.
LOWEST, HIGHEST = 15, 75


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """LIX of a text with enough words, and how many words there are."""

    lix: float | None
    words: int
    screen: int = 0
    path: str = ""

    @property
    def shown(self) -> str:
        """As one says it."""
        return "–" if self.lix is None else str(number_format(round(self.lix)))

    @property
    def is_in_band(self) -> bool:
        """Whether it is neither too hard nor too thin."""
        return self.lix is None or LESSON_BAND[0] <= round(self.lix) <= LESSON_BAND[1]

    @property
    def verdict(self) -> str:
        """In words."""
        if self.lix is None:
            return _("too little text to say")
        if round(self.lix) > LESSON_BAND[1]:
            return _("hard: shorten sentences, change long words")
        if round(self.lix) < LESSON_BAND[0]:
            return _("very easy: perhaps chopped")
        return _("suits a lesson")

    @property
    def percent(self) -> int:
        """Where on the gauge."""
        return gauge(self.lix or 0)


def gauge(value: float) -> int:
    """A LIX as percent of the gauge's length."""
    return round(100 * (min(max(value, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST))


def ease_of(
    text: str, *, screen: int = 0, path: str = "", fewest: int = FEWEST_WORDS
) -> ReadingEase:
    """Measured, where there are words enough."""
    count = len(words_of(text))
    return ReadingEase(lix(text) if count >= fewest else None, count, screen, path)


def ease_of_lesson(content: Iterable[Place]) -> ReadingEase:
    """Of the running text: what stands in the blocks beside it is short by nature."""
    return ease_of("\n".join(_running(content).values()))


def ease_of_screens(content: Iterable[Place]) -> list[ReadingEase]:
    """Of each screen with words enough."""
    texts = list(content)
    paths = {place.screen: place.path for place in texts if not place.kind and not place.name}
    each = (
        ease_of(text, screen=screen, path=paths.get(screen, "body"))
        for screen, text in _running(texts).items()
    )
    return [one for one in each if one.lix is not None]


def hard_texts(content: Iterable[Place]) -> Iterator[Finding]:
    """The lesson outside its band, and easy Swedish that is not."""
    places = list(content)
    whole = ease_of_lesson(places)
    if whole.lix is not None and not whole.is_in_band:
        low, high = LESSON_BAND
        words = _("LIX %(lix)s, where a lesson has %(low)d to %(high)d: %(verdict)s.")
        said = {"lix": whole.shown, "low": low, "high": high, "verdict": whole.verdict}
        yield Finding(words % said, "body")
    for place in places:
        fields = getattr(place.block, "child_blocks", {})
        if not {"kind", "text"} <= set(fields) or place.part("kind").value != EASY:
            continue
        text = place.part("text")
        easy = ease_of(plain_text(text.value or ""), fewest=1)
        if easy.lix is not None and easy.lix >= EASY_BELOW:
            words = _("Easy Swedish has a LIX under %(below)d; this text has %(lix)s.")
            said = {"below": EASY_BELOW, "lix": easy.shown}
            yield Finding(words % said, text.path, place.screen)


def _running(content: Iterable[Place]) -> dict[int, str]:
    texts: dict[int, list[str]] = {}
    for place in content:
        if place.kind == "text" and place.is_rich:
            texts.setdefault(place.screen, []).append(plain_text(place.value or ""))
    return {screen: "\n".join(parts) for screen, parts in texts.items()}
