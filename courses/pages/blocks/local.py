"""What each district writes for itself in a lesson that is everybody's."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.pages.blocks.keys import key_block


class LocalBlock(blocks.StructBlock):
    """A place for the district's own routine; what is written there is no part of the lesson."""

    key = key_block()
    title = blocks.CharBlock(max_length=120, default="Så gör vi här", label=_("Title"))
    prompt = blocks.TextBlock(
        rows=2,
        label=_("What the district should write"),
        help_text=_("Shown where nothing has been written yet."),
    )

    class Meta:
        icon = "site"
        label = _("How we do it here")
        description = _("A note that each district's trainer writes for that district.")
        template = "courses/blocks/local.html"
        preview_value = {
            "key": "exempel",
            "title": "Så gör vi här",
            "prompt": "Skriv vem på relationsvåldsteamet man ringer, och när.",
        }
