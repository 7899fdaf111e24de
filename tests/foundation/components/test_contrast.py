"""The colours of static/css/tokens.css against WCAG's contrast, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "static" / "css" / "tokens.css"
READING = 7.0
EVERYTHING = 4.5

READING_PAIRS = [
    ("ink", "paper"),
    ("ink", "paper-deep"),
    ("ink", "accent-wash"),
    ("ink-soft", "paper"),
    ("accent", "paper"),
]
OTHER_PAIRS = [
    ("ink-soft", "paper-deep"),
    ("ink-soft", "accent-wash"),
    ("accent", "paper-deep"),
    ("accent", "accent-wash"),
    ("accent-strong", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("due", "paper"),
    ("due", "paper-deep"),
    ("due", "due-wash"),
    ("late", "paper"),
    ("late", "paper-deep"),
    ("late", "late-wash"),
    ("rule-strong", "paper"),
    ("focus", "paper"),
]


def colours(theme: str) -> dict[str, str]:
    """The colours in force in a theme: the light ones, overlaid by the dark."""
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", dark))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(pairs: list[tuple[str, str]], theme: str, least: float) -> list[str]:
    named = colours(theme)
    ratios = [(text, ground, contrast(named[text], named[ground])) for text, ground in pairs]
    return [f"{text} on {ground}: {ratio:.2f}" for text, ground, ratio in ratios if ratio < least]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_reading_text_stands_seven_to_one(theme: str) -> None:
    assert too_faint(READING_PAIRS, theme, READING) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_else_stands_four_and_a_half_to_one(theme: str) -> None:
    assert too_faint(OTHER_PAIRS, theme, EVERYTHING) == []
