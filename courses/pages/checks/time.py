"""How long a lesson takes, as far as its content says."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from courses.pages.checks.places import Place, plain_text
from courses.pages.readability import words_of

# Words a minute that an adult reads prose of facts with thought: M. Brysbaert, How many words do we
# read per minute? (2019) found 238 for plain reading; a quarter less, because it is to be learnt.
WORDS_A_MINUTE = 180
# What asks for more than reading, in minutes.
# A case is walked along one of its ways: what the others say is not read.
TAKES = {"check": 1.0, "case": 3.0, "reflection": 2.0, "quiz": 5.0, "film": 3.0, "audio": 3.0}
FIGURE = 0.25
# So far off may a lesson be: people differ more.
FACTOR = 1.6
SLACK = 2  # minutes


def estimate(content: Iterable[Place]) -> int:
    """Minutes, at least one."""
    words, asked = 0, Counter[str]()
    for place in content:
        if place.kind and not place.name and place.path.count(".") == 3:
            asked[place.kind] += 1
        if place.kind == "case":
            continue
        if isinstance(place.value, str) and place.name not in ("key", "id", "to", "start", "alt"):
            words += len(words_of(plain_text(place.value) if place.is_rich else place.value))
    minutes = words / WORDS_A_MINUTE + FIGURE * asked["figure"]
    return max(1, math.ceil(minutes + sum(TAKES.get(kind, 0) * n for kind, n in asked.items())))


def wrong_time(content: Iterable[Place], *, minutes: int | None) -> Iterator[Finding]:
    """A lesson that says it takes a quite different time."""
    if not minutes:
        return
    takes = estimate(content)
    if abs(takes - minutes) > SLACK and max(takes, minutes) > FACTOR * min(takes, minutes):
        words = _("The lesson says %(minutes)d minutes; its content takes about %(takes)d.")
        yield Finding(words % {"minutes": minutes, "takes": takes}, "minutes")
