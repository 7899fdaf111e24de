"""How easy a Swedish text is to read: LIX (läsbarhetsindex).

Words per sentence plus the share of long words in percent. DESIGN.md's bands: 35-48 for lessons,
under 35 for what is addressed to participants. Source of the rule: C-H Björnsson, Läsbarhet (1968).
"""

import re

LESSON_BAND = (35, 48)
EASY_BELOW = 35
LONG_WORD = 6  # a word is long when it has more letters than this

_WORD = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)*")
# A colon ends a sentence only at the end of a line, before a list.
_END = re.compile(r"[^\s](?:[.!?](?=[\"”)\]]*(?:\s|$))|:(?=\n))")
_UNENDED = re.compile(r"([^\s.!?:\"”)])[ \t]*(?=\n|$)")
_ABBREVIATED = re.compile(r"\b(\d+ kap|bl\.? ?a|t\.? ?ex|s\.? ?k|m\.? ?m|d\.? ?v\.? ?s|nr|dnr)\. ")


def words_of(text: str) -> list[str]:
    """The words of a text; what is joined by a hyphen is one."""
    return _WORD.findall(text)


def lix(text: str) -> float:
    """Words per sentence plus percent of words longer than six letters; 0 for no words.

    A line that ends without a mark (a heading, a point of a list) is a sentence of its own.
    """
    words = words_of(text)
    if not words:
        return 0.0
    ended = _UNENDED.sub(r"\1.", _ABBREVIATED.sub(r"\1 ", text))
    sentences = max(1, len(_END.findall(ended)))
    return len(words) / sentences + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)
