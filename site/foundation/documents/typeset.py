"""Text that the typefaces of a typeset document can draw, and where they lie."""

import unicodedata
from pathlib import Path

import typst

# Made by `make fonts`; what is not in them is set with the face inside Typst.
FONTS = typst.Fonts(include_system_fonts=False, font_paths=[Path(__file__).with_name("fonts")])

# What the typefaces inside Typst can draw; the rest is written as its number.
DRAWN = ((0x20, 0x500), (0x1E00, 0x2000), (0x2010, 0x2041), (0x20AC, 0x20AD), (0x2212, 0x2213))


def drawable(text: str) -> str:
    """The text on one line, with what no typeface here has, or nobody can see, as its number."""
    composed = unicodedata.normalize("NFC", text).replace("\n", " ")
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(one if _is_drawn(one) else f"[U+{ord(one):04X}]" for one in composed)


def _is_drawn(character: str) -> bool:
    number = ord(character)
    if unicodedata.category(character)[0] == "C":  # control, bidirectional, unassigned
        return False
    return any(first <= number < end for first, end in DRAWN)
