"""The support panel, once more, where a text comes close."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SupportBlock(blocks.StaticBlock):
    """Points to the panel beside the text; has no content of its own."""

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.StaticBlock", args, kwargs

    class Meta:
        icon = "help"
        label = _("Support")
        admin_text = _("Shows where to turn; the text is edited under Support information.")
        description = _("Reminds the reader of the support panel, where a text comes close.")
        template = "courses/blocks/support.html"
        preview_value: object = None
