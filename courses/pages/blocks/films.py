"""Film and sound. A draft may lack captions and transcript; nothing is published without them."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument

from courses.pages.blocks.figures import PreparedImageBlock
from courses.pages.blocks.text import INNER_FEATURES
from courses.pages.recordings import is_captions, is_film, is_sound
from foundation.prepared import PreparedObjects

LONGEST_TITLE = 120
TRANSCRIPT_HELP = _("Everything that is said, and what is seen where it matters. Required.")


class PreparedDocumentBlock(DocumentChooserBlock):
    """Wagtail's chooser; the files of a screen are found by a prepared query."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[AbstractDocument | None]:
        """The files of these keys, in their order; None for one that is gone."""
        return _documents().in_order(values)

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", args, kwargs


@cache
def _documents() -> PreparedObjects[AbstractDocument]:
    return PreparedObjects(get_document_model())


class FilmBlock(blocks.StructBlock):
    """A film with captions and a transcript, in the browser's own player."""

    title = blocks.CharBlock(max_length=LONGEST_TITLE, label=_("Title"))
    film = PreparedDocumentBlock(label=_("Film"), help_text=_("MP4 or WebM."))
    captions = PreparedDocumentBlock(
        required=False,
        label=_("Captions"),
        help_text=_("A WebVTT file (.vtt). Required before the lesson is published."),
    )
    transcript = blocks.RichTextBlock(
        features=INNER_FEATURES, required=False, label=_("Transcript"), help_text=TRANSCRIPT_HELP
    )
    poster = PreparedImageBlock(
        required=False, label=_("Picture before it starts"), help_text=_("Not needed.")
    )

    def clean(self, value: Any) -> Any:
        """Refuse files that no player shows."""
        cleaned = super().clean(value)
        _judge(cleaned, "film", is_film, _("This file is neither MP4 nor WebM."))
        _judge(cleaned, "captions", is_captions, _("This file holds no captions in WebVTT."))
        return cleaned

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds `poster_src`: the picture in the width of a lesson, "" for none."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        poster = value.get("poster")
        if poster is None:
            return context | {"poster_src": ""}
        shown = poster if poster.is_svg() else poster.get_rendition("max-1400x1400")
        return context | {"poster_src": shown.file.url}

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film with captions and a transcript; both before it is published.")
        template = "courses/blocks/film.html"
        preview_value = {
            "title": "Ett samtal om nästa steg",
            "film": None,
            "transcript": "<p>En handläggare och en besökare sitter vid ett bord. ”Vad behöver du "
            "i dag?” frågar handläggaren.</p>",
        }


class AudioBlock(blocks.StructBlock):
    """A recording with a transcript, in the browser's own player."""

    title = blocks.CharBlock(max_length=LONGEST_TITLE, label=_("Title"))
    audio = PreparedDocumentBlock(label=_("Recording"), help_text=_("MP3, M4A or Ogg."))
    transcript = blocks.RichTextBlock(
        features=INNER_FEATURES, required=False, label=_("Transcript"), help_text=TRANSCRIPT_HELP
    )

    def clean(self, value: Any) -> Any:
        """Refuse files that no player plays."""
        cleaned = super().clean(value)
        _judge(cleaned, "audio", is_sound, _("This file is neither MP3, M4A nor Ogg."))
        return cleaned

    class Meta:
        icon = "media"
        label = _("Sound")
        description = _("A recording with a transcript, before it is published.")
        template = "courses/blocks/audio.html"
        preview_value = {
            "title": "En röst i telefonen",
            "audio": None,
            "transcript": "<p>”Jag ringer för att jag inte vet vart jag ska vända mig.”</p>",
        }


def _judge(value: Any, name: str, fits: Callable[[Any], bool], said: Any) -> None:
    document = value.get(name)
    if document is not None and not fits(document):
        raise StructBlockValidationError(block_errors={name: ValidationError(said)})
