"""Drawings."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage

from foundation.prepared import PreparedObjects


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
    """A drawing with its text alternative and caption."""

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

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds `src` and its size: SVG as it is, others scaled to the width of a lesson."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value.get("image")
        if image is not None:
            shown = image if image.is_svg() else image.get_rendition("max-1400x1400")
            context |= {"src": shown.file.url, "width": shown.width, "height": shown.height}
        return context

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("A drawing or photograph with a full text alternative.")
        template = "courses/blocks/figure.html"
