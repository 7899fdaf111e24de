"""The formats that questions can be read from and written to, by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizzes.interchange.gift.reading import read_gift
from quizzes.interchange.gift.writing import as_text, plainer, write_gift
from quizzes.interchange.moodle.reading import read_moodle
from quizzes.interchange.moodle.writing import write_moodle
from quizzes.interchange.source import Read, Source


def _as_it_is(_source: Source) -> None:
    """Moodle XML says what any of our questions becomes."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `plainer` makes of a question what the format can say, and notes the rest;
    `as_text` makes a text to read of what it has no way to write.
    """

    name: str
    label: str
    ending: str
    mime: str
    read: Callable[[bytes], list[Read]]
    write: Callable[[Iterable[Source]], bytes]
    plainer: Callable[[Source], None] = _as_it_is
    as_text: Callable[[Source], None] = _as_it_is


FORMATS = {
    one.name: one
    for one in (
        Format("gift", "GIFT", "gift", "text/plain", read_gift, write_gift, plainer, as_text),
        Format("moodle-xml", "Moodle XML", "xml", "application/xml", read_moodle, write_moodle),
    )
}
