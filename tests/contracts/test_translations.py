"""The Swedish catalogue is whole, and the compiled one is made from it."""

import polib
from django.utils import translation

from tests.contracts.messages import ROOT, Message, marked_messages

FOLDER = ROOT / "site" / "locale" / "sv" / "LC_MESSAGES"


def _ours() -> dict[Message, polib.POEntry]:
    return {(e.msgctxt, e.msgid): e for e in polib.pofile(str(FOLDER / "django.po"))}


def test_every_marked_text_has_its_swedish() -> None:
    ours = _ours()
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


def test_no_swedish_is_empty_or_fuzzy() -> None:
    entries = _ours().values()
    assert [e.msgid for e in entries if e.fuzzy or not e.translated()] == []


def test_the_compiled_catalogue_is_made_from_the_readable_one() -> None:
    readable = polib.pofile(str(FOLDER / "django.po"))
    assert (FOLDER / "django.mo").read_bytes() == readable.to_binary()
