"""Facts with numbers: what a text says, what it cites, and whether the document says it there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.content.city_documents import FILES, text_of
from tests.content.modules import CITATION, sources

# How far from the phrase that the citation names its number may stand, in characters.
BEFORE, AFTER = 300, 2_500

_SPELLED = dict(
    enumerate(
        [
            "noll",
            "en",
            "två",
            "tre",
            "fyra",
            "fem",
            "sex",
            "sju",
            "åtta",
            "nio",
            "tio",
            "elva",
            "tolv",
            "tretton",
            "fjorton",
            "femton",
            "sexton",
            "sjutton",
            "arton",
            "nitton",
            "tjugo",
        ]
    )
)
_SHARES = {
    "hälften": ("hälften", "50 procent", "50 %"),
    "tredjedel": ("tredjedel", "1/3"),
    "tredjedelar": ("tredjedelar", "2/3"),
    "fjärdedel": ("fjärdedel", "1/4", "25 procent", "25 %"),
}
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
# Numbers that are the names of things: acts, paragraphs, chapters, the emergency number, decisions.
_NAMES = re.compile(
    r"(?:HSLF-FS |SOSFS |[Pp]rop\. |dnr |lagen |lag )?\(?\d{4}(?:/\d\d)?:\d+\)?"
    r"|\b(?:SOSFS|HSLF-FS) [\d:]+"
    r"|\b\d+(?:[–-]\d+)?(?: och \d+)?(?: [a-z])? ?(?:kap\b\.?|§§?)(?: [a-z]\b)?"
    r"|\b112\b|\b\d+-\d{4}\b"
    rf"|\b\d+ (?:{_MONTHS})(?: \d{{4}})?"
)
_NUMBER = re.compile(
    r"\d{1,3}(?: \d{3})+|\d+(?:,\d+)?|" + "|".join(rf"\b{word}\b" for word in _SHARES)
)
_MARKUP = re.compile(r"^\s*(?:\d+\. |[-*] )|[*_]", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """A number in a text, with the citations that stand after it in its paragraph's sentence."""

    number: str
    sentence: str
    cited: tuple[tuple[str, str], ...]

    @property
    def checkable(self) -> bool:
        """Whether all that is cited for it are the city's documents."""
        return bool(self.cited) and all(key in FILES for key, _place in self.cited)

    @property
    def is_fact(self) -> bool:
        """Whether it counts something: small numbers count points of the text itself."""
        if self.number in _SHARES:
            return True
        year_of_a_source = any(str(row.get("year")) == self.number for row in sources().values())
        return not year_of_a_source and float(self.number.replace(" ", "").replace(",", ".")) > 31

    def is_borne_out(self) -> bool:
        """Whether one of the documents has the number near the phrase that the citation names."""
        return any(
            any(form in around for form in forms(self.number))
            for key, place in self.cited
            for around in surroundings(key, place)
        )


def forms(number: str) -> tuple[str, ...]:
    """How a document may write a number."""
    if number in _SHARES:
        return _SHARES[number]
    bare = number.replace(" ", "")
    spelled = _SPELLED.get(int(bare)) if bare.isdecimal() else None
    grouped = f"{int(bare):,}".replace(",", " ") if bare.isdecimal() else bare
    return tuple({form for form in (number, bare, grouped, spelled) if form})


def surroundings(key: str, place: str) -> Iterator[str]:
    """What stands around each occurrence of a phrase in a document; all of it for no phrase."""
    text = text_of(key)
    if not place:
        yield text
        return
    for found in re.finditer(re.escape(place), text, re.IGNORECASE):
        yield text[max(0, found.start() - BEFORE) : found.end() + AFTER]


def claims(text: str) -> Iterator[Claim]:
    """Every number of a text that is no name, with what is cited for it.

    What stands before a citation is borne out by it, as far back as the one before it, within a
    paragraph; a point of a list and a row of a table without one of their own lean on the
    paragraph's last, which may stand in the line that leads into the list.
    """
    for paragraph in re.split(r"\n\s*\n(?!\s*(?:[-*]|\d+\.) )", text):
        said, cited = [], []
        last = 0
        for run in re.finditer(
            rf"(?:\s*{CITATION.pattern.replace('?P<key>', '').replace('?P<place>', '')})+",
            paragraph,
        ):
            keys = tuple(
                (m["key"], " ".join((m["place"] or "").split())) for m in CITATION.finditer(run[0])
            )
            said.append(paragraph[last : run.start()])
            cited.append(keys)
            last = run.end()
        said.append(paragraph[last:])
        cited.append(cited[-1] if cited and _is_list(paragraph[last:]) else ())
        for part, keys in zip(said, cited, strict=True):
            plain = _NAMES.sub(" ", _MARKUP.sub("", part))
            for number in _NUMBER.findall(plain):
                yield Claim(number, part.strip(), keys)


def _is_list(text: str) -> bool:
    return any(re.match(r"\s*(?:[-*]|\d+\.) ", line) for line in text.splitlines())
