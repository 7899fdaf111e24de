"""Drawings."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage

from courses.pages.drawings import Drawing, drawing_of
from foundation.prepared import PreparedObjects

LONGEST_LABEL = 120


class PreparedImageBlock(ImageChooserBlock):
    """Wagtail's chooser; the images of a screen are found by a prepared query."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[AbstractImage | None]:
        """The images of these keys, in their order; None for one that is gone."""
        return _images().in_order(values)

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", args, kwargs


@cache
def _images() -> PreparedObjects[AbstractImage]:
    return PreparedObjects(get_image_model())


class FigureBlock(blocks.StructBlock):
    """A drawing with its text alternative and caption.

    One in the platform's style is drawn by the page itself, in the page's colours; its words are
    kept as labels, so that they can be translated.
    """

    image = PreparedImageBlock(label=_("Image"))
    alt = blocks.TextBlock(
        rows=3,
        label=_("Text alternative"),
        help_text=_("Everything the drawing says, for who can't see it."),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Caption"),
        help_text=_("What to notice in it. Not the text alternative again."),
    )
    labels = blocks.ListBlock(
        blocks.CharBlock(max_length=LONGEST_LABEL, label=_("Text")),
        default=[],
        required=False,
        collapsed=True,
        label=_("Texts in the drawing"),
        help_text=_(
            "The drawing's name, then its texts in order. Empty: as they stand in the file."
        ),
    )

    def clean(self, value: Any) -> Any:
        """Keep a drawing's words as labels; refuse others than it has places for."""
        cleaned = super().clean(value)
        drawing = _drawing(cleaned["image"])
        places = drawing.labels if drawing else ()
        block = self.child_blocks["labels"]
        if not len(cleaned["labels"]):
            cleaned["labels"] = block.normalize(list(places))
        elif len(cleaned["labels"]) != len(places):
            raise StructBlockValidationError(
                block_errors={"labels": ValidationError(_places_in_words(places))}
            )
        return cleaned

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds `drawing`, or `src` and its size: others are scaled to the width of a lesson."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value.get("image")
        if image is None:
            return context
        drawing = _drawing(image)
        if drawing is not None:
            name = f"figur-{context.get('block_id') or image.pk}"
            labels = list(value.get("labels") or ())
            return context | {"drawing": drawing.html(labels, value["alt"], name)}
        shown = image if image.is_svg() else image.get_rendition("max-1400x1400")
        return context | {"src": shown.file.url, "width": shown.width, "height": shown.height}

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("A drawing or photograph with a full text alternative.")
        template = "courses/blocks/figure.html"


def _drawing(image: AbstractImage) -> Drawing | None:
    return drawing_of(image.file.name, image.file_hash) if image.is_svg() else None


def _places_in_words(places: Sequence[str]) -> str:
    if not places:
        return gettext("The texts of this image can't be changed here. Take them away.")
    said = gettext("The drawing has %(number)d texts: %(texts)s. Write as many, or none.")
    return said % {"number": len(places), "texts": "; ".join(places)}
