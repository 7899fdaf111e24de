"""Swedish and English are whole, and the compiled catalogues are made from the readable ones.

Texts are marked in English. The Swedish catalogue has every one of them; the English one has those
that an English reader should meet in other words than the sources use.
"""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from tests.contracts.messages import ROOT, Message, marked_messages, marked_plurals
from tests.contracts.others import other_catalogues

OURS = ROOT / "site" / "locale"
OTHERS = ROOT / "site" / "locale_wagtail"  # Swedish for what others' catalogues lack
CATALOGUES = sorted([*OURS.glob("*/LC_MESSAGES/*.po"), *OTHERS.glob("*/LC_MESSAGES/*.po")])
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
SWEDISH = re.compile(
    r"[åäö]|\b(och|inte|som|det|den|ett|med|till|av|dig|din|ditt|kan|ska|har|alla|från|eller)\b",
    re.IGNORECASE,
)
# Names, and the words of the file formats (docs/formats.md), are the same in every language.
NAMES = ("Kompetens mot våld",)

catalogues = pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT))
)


def _entries(path: Path) -> dict[Message, polib.POEntry]:
    return {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))}


def _ours(language: str) -> dict[Message, polib.POEntry]:
    return _entries(OURS / language / "LC_MESSAGES" / "django.po")


def test_every_language_has_its_catalogue() -> None:
    assert sorted(path.name for path in OURS.iterdir()) == sorted(dict(settings.LANGUAGES))


def test_every_marked_text_has_its_swedish() -> None:
    ours = _ours("sv")
    missing = [
        f"{path}: {text!r}"
        for (context, text), path in marked_messages().items()
        if text.strip() and (context, text) not in ours and not _known_elsewhere(context, text)
    ]
    assert missing == []


def _known_elsewhere(context: str | None, text: str) -> bool:
    """Django and Wagtail bring Swedish of their own for some of the same texts."""
    with translation.override("sv"):
        if context is None:
            return translation.gettext(text) != text
        return translation.pgettext(context, text) != text


def test_the_texts_of_the_sources_are_english() -> None:
    swedish = []
    for (_context, text), path in marked_messages().items():
        read = text
        for name in NAMES:
            read = read.replace(name, "")
        if SWEDISH.search(PLACEHOLDER.sub("", read)):
            swedish.append(f"{path}: {text!r}")
    assert swedish == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_nothing_of_ours_is_left_from_a_text_that_is_gone(language: str) -> None:
    marked = marked_messages()
    assert [text for (context, text) in _ours(language) if (context, text) not in marked] == []


@pytest.mark.parametrize(
    "path", sorted(OTHERS.glob("*/LC_MESSAGES/*.po")), ids=lambda path: path.stem
)
def test_nothing_is_left_from_a_text_others_have_dropped(path: Path) -> None:
    theirs = other_catalogues(path.stem)
    assert [key for key in _entries(path) if key not in theirs] == []


@catalogues
def test_no_translation_is_empty_fuzzy_or_obsolete(path: Path) -> None:
    entries = _entries(path).values()
    assert [e.msgid for e in entries if e.fuzzy or e.obsolete or not e.translated()] == []


@catalogues
def test_a_translation_holds_the_same_values_as_the_text(path: Path) -> None:
    differ = []
    for entry in _entries(path).values():
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
        # One form may say "en person" where the other counts.
        found = [set(PLACEHOLDER.findall(text)) for text in texts]
        if found[-1] != wanted or any(not one <= wanted for one in found):
            differ.append(entry.msgid)
    assert differ == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_what_is_counted_has_both_forms(language: str) -> None:
    ours, plurals = _ours(language), marked_plurals()
    wrong = [
        entry.msgid
        for key, entry in ours.items()
        if entry.msgid_plural != plurals.get(key, "")
        or (entry.msgid_plural and sorted(entry.msgstr_plural) != [0, 1])
    ]
    assert wrong == []


@catalogues
def test_the_compiled_catalogue_is_made_from_the_readable_one(path: Path) -> None:
    readable = polib.pofile(str(path))
    assert path.with_suffix(".mo").read_bytes() == readable.to_binary()
