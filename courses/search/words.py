"""Words as search knows them: folded, without endings, and what stands inside compounds.

The same for what pages say and for what is asked, whatever the database.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import snowballstemmer

from foundation.sorting import letters

_STEMMERS = {"sv": snowballstemmer.stemmer("swedish"), "en": snowballstemmer.stemmer("english")}
LANGUAGES = frozenset(_STEMMERS)
_WORD = re.compile(r"[^\W_]+")
# The key of Swedish order stands å, ä and ö last; here they are letters like others.
_OWN = {0x80: "å", 0x81: "ä", 0x82: "ö"}
_OTHER = re.compile(r"[^0-9a-zåäö]")
LONGEST = 60  # no Swedish compound of ours is longer; what is, nobody searches for
STORED = 200  # letters of another alphabet are written as their numbers
# Say nothing about what a text is about. What is asked is never left without a word, though.
_SMALL = {
    "sv": """alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din
        dina ditt du där då efter eller en er ett från för ha hade han hans har hen henne hennes
        hon honom hur här i in inom inte ja jag kan kunde man med mellan men mig min mina mitt mot
        mycket må måste ni nu när någon något några och om oss på sig sin sina sitt ska skulle som
        så till under upp ur ut vad var vara varit varje vem vi vid vilka vilken vilket vill än är
        åt över""",
    "en": """a about an and any are as at be been but by can do for from had has have he her him
        his how i if in is it its me my no not of on or our she so that the their them they this to
        was we what when where which who will with would you your""",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
# What joins the parts of a compound: orosanmälan, kvinnojour, gatubild.
_JOINT = re.compile("[soeu]$")
COMPOUND = 5  # so long a word needs no known word beside it
PREFIX = 4
ENDING = 3  # letters that may be left of one after the last part


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Every word of a text, where it stands."""
    return _WORD.finditer(text)


def small(word: str) -> str:
    """Small letters without accents; å, ä and ö are letters of their own."""
    return letters(word[:LONGEST]).translate(_OWN).casefold()


@lru_cache(maxsize=20_000)
def term_of(word: str, language: str) -> str:
    """What a word is found by: small letters, no accents, no ending; only a to ö and digits."""
    stem: str = _STEMMERS[language].stemWord(small(word))
    return _plain(stem)


def _plain(text: str) -> str:
    return _OTHER.sub(lambda other: f"x{ord(other[0]):x}", text)[:STORED]


def terms_in(text: str, language: str) -> list[str]:
    """The terms of a text, in order, as often as they come."""
    return [term_of(match[0], language) for match in words_in(text)]


def asked(text: str, language: str, *, most: int) -> dict[str, set[str]]:
    """What a question asks for: the term of each word, and what else may stand in a compound.

    Heder is found as hed, but hedersvåld begins with the whole word. Small words count only where
    there are no others.
    """
    words = [match[0] for match in words_in(text)]
    telling = [word for word in words if word.casefold() not in _SMALL_WORDS[language]]
    found: dict[str, set[str]] = {}
    for word in telling or words:
        term = term_of(word, language)
        if term in found or len(found) < most:
            found.setdefault(term, {term}).add(_plain(small(word)))
    return found


def beside(term: str, stem: str) -> list[str]:
    """What stands beside `stem` in a compound, as it may be known by itself."""
    before, _stem, after = term.partition(stem)
    parts = {before, _JOINT.sub("", before), after, after.removeprefix("s")}
    return sorted(part for part in parts if len(part) > 2)


def is_within(stem: str, term: str, known: Collection[str]) -> bool:
    """Whether a word is a part of another: bedömning of riskbedömning, våld of våldsutsatt.

    `known`: the words there are; a short one counts only where they make up the rest.
    """
    before, found, after = term.partition(stem)
    if not found:
        return False
    if not before and len(stem) >= PREFIX:
        return True
    if len(stem) < PREFIX and before and after:
        return False
    long = len(stem) >= COMPOUND or (not after and len(before) >= PREFIX <= len(stem))
    head = not before or _is_known(before, known) or (long and len(before) > 2)
    return head and (
        not after or _is_known(after, known) or (bool(before) and len(after) <= ENDING)
    )


def _is_known(part: str, known: Collection[str]) -> bool:
    return any(
        len(one) > 2 and one in known
        for one in (part, _JOINT.sub("", part), part.removeprefix("s"))
    )
