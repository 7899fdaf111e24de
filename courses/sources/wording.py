"""Law in words: "19 kap. 1 § socialtjänstlagen (2025:400), tidigare 14 kap. 1 § (2001:453)"."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.sources.models import LegalReference
from foundation.components.dates import swedish_date


def law_in_words(
    law: LegalReference,
    *,
    formerly: Iterable[LegalReference] = (),
    replaced_by: LegalReference | None = None,
) -> str:
    """The law with what it was called before, or by what it was replaced; Swedish, as law is."""
    with translation.override("sv"):
        said = capfirst(_full(law))
        if replaced_by is not None:
            said = _("%(law)s, replaced by %(other)s") % {
                "law": said,
                "other": _beside(replaced_by, law),
            }
        elif law.valid_to is not None:
            day = swedish_date(law.valid_to)
            said = _("%(law)s, in force until %(day)s") % {"law": said, "day": day}
        if before := _joined(formerly, law):
            said = _("%(law)s, formerly %(other)s") % {"law": said, "other": before}
    return said


def _full(law: LegalReference) -> str:
    named = f"{law.act} ({law.number})"
    if law.paragraph:
        return f"{law.paragraph} {named}"
    if not law.paragraph_known:
        return _("%(law)s, paragraph to be looked up") % {"law": named}
    return named


def _beside(law: LegalReference, other: LegalReference) -> str:
    """As it is called next to another: an act of the same name is told by its number alone."""
    if law.act != other.act or not law.paragraph_known:
        return _full(law)
    return f"{law.paragraph} ({law.number})" if law.paragraph else law.number


def _joined(laws: Iterable[LegalReference], other: LegalReference) -> str:
    """Paragraphs of one act have its number once."""
    acts: dict[tuple[str, str], list[LegalReference]] = {}
    for law in laws:
        acts.setdefault((law.act, law.number), []).append(law)
    said = []
    for of_one in acts.values():
        first, *more = sorted(of_one, key=lambda law: law.pk)
        paragraphs = [law.paragraph for law in more if law.paragraph != first.paragraph]
        words = _beside(first, other)
        if first.paragraph and paragraphs:
            joined = _and([first.paragraph, *dict.fromkeys(paragraphs)])
            words = words.replace(first.paragraph, joined, 1)
        said.append(words)
    return _and(said)


def _and(words: list[str]) -> str:
    *first, last = words or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
