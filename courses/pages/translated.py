"""Pages in more than one language: one address, one course and one progress for all of them.

What is Swedish is the source. A translation is a page of its own beside it (wagtail-localize),
with the same translation key and the same names in its address; readers get the one in the
language they read, and the source as long as there is none.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page
from wagtail.models.pages import PageQuerySet

SOURCE: str = settings.CONTENT_LANGUAGE
# Blocks whose questions, or whose H5P content, are in the language of the source.
ASKING = frozenset({"check", "quiz", "interactive"})
# A block as it stands in the source: its content, and its place there.
InSource: TypeAlias = tuple[StreamValue, int]


class Translated:
    """Of a page type: in which language it stands, part by part."""

    # Paths of what the translation has in Swedish still, as they were when it was published.
    untranslated: Sequence[str] = ()

    locale: Locale
    translation_key: UUID

    @property
    def language(self) -> str:
        """The language of the page."""
        code: str = self.locale.language_code
        return code

    @property
    def is_source(self) -> bool:
        """Whether it is what the others are translated from."""
        return self.language == SOURCE

    @cached_property
    def source(self) -> Any:
        """The page this one is a translation of, as it stands; None where there is none."""
        if self.is_source:
            return self
        rows: models.QuerySet[Any] = type(self)._default_manager.filter(  # type: ignore[attr-defined]
            translation_key=self.translation_key, locale__language_code=SOURCE
        )
        return rows.first()

    def language_of(self, *path: str) -> str:
        """The language of a part of the page: the source's where any of it is untranslated."""
        place = ".".join(path)
        for one in self.untranslated:
            if one == place or one.startswith(f"{place}."):
                return SOURCE
        return self.language


def in_language_of(parent: Translated, kind: type[Page]) -> PageQuerySet:
    """The published pages below one, in the order of the source.

    Below a translation: those of its language, and those of the source that are in no other.
    """
    if parent.is_source or parent.source is None:
        return kind.objects.live().child_of(parent).select_related("locale").order_by("path")
    source = kind.objects.live().child_of(parent.source).order_by()
    translated = kind.objects.live().child_of(parent).order_by()
    keys = translated.values("translation_key")
    of_source = source.filter(translation_key=OuterRef("translation_key"))
    return (
        kind.objects.filter(
            Q(pk__in=source.exclude(translation_key__in=keys).values("pk"))
            | Q(pk__in=translated.filter(Exists(of_source)).values("pk"))
        )
        .annotate(place=Subquery(of_source.values("path")[:1]))
        .select_related("locale")
        .order_by("place")
    )


def blocks_in_source(lesson: Any, number: int) -> dict[str, InSource | None]:
    """Blocks of a lesson's screen that are shown in the language of the source, by their ids.

    A block of which something is translated is shown as it stands in the source, not half and
    half. A question is asked in the source's language in every one.
    """
    if lesson.is_source:
        return {}
    screen = lesson.body.raw_data[number - 1]
    place = ("body", screen.get("id", ""), "content")
    found: dict[str, InSource | None] = {}
    partly: set[str] = set()
    for stored in screen["value"]["content"]:
        name = stored.get("id", "")
        if stored["type"] in ASKING:
            found[name] = None
        elif lesson.language_of(*place, name) == SOURCE:
            partly.add(name)
    if partly and lesson.source is not None:
        found |= _as_in_source(lesson.source, screen.get("id"), partly)
    return found


def _as_in_source(source: Any, screen_id: str, names: set[str]) -> dict[str, InSource | None]:
    found: dict[str, InSource | None] = dict.fromkeys(names)
    for number, stored in enumerate(source.body.raw_data, start=1):
        if stored.get("id") == screen_id:
            content = source.shown_screen(number).value["content"]
            for at, one in enumerate(content.raw_data):
                if one.get("id") in names:
                    found[one["id"]] = (content, at)
    return found


def untranslated_paths(page: Translated) -> list[str]:
    """What a translation has from the source still, as paths of fields and blocks, in order.

    Nothing, where a translator has let go of the source and writes on her own.
    """
    from wagtail_localize.models import StringSegment, TranslationSource

    key, locale = page.translation_key, page.locale
    source = TranslationSource.objects.filter(
        object_id=key, translations__target_locale=locale, translations__enabled=True
    ).first()
    if source is None:
        return []
    missing = StringSegment.objects.filter(source=source).annotate_translation(locale)
    rows = missing.filter(translation__isnull=True).order_by("order")
    return list(dict.fromkeys(rows.values_list("context__path", flat=True)))
