"""Drawings."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class FigureBlock(blocks.StructBlock):
    """A drawing with its text alternative and caption."""

    image = ImageChooserBlock(label=_("Image"))
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
