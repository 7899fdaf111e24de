"""Sources of a course."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SourceBlock(blocks.StructBlock):
    """What a text rests on."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9-]+$",
        max_length=80,
        label=_("Key"),
        help_text=_("What the texts cite it by: small letters, digits, hyphens."),
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
    )
    title = blocks.CharBlock(max_length=400, label=_("Title"))
    publisher = blocks.CharBlock(max_length=200, label=_("Publisher"))
    year = blocks.IntegerBlock(min_value=1700, max_value=2200, label=_("Year"))
    url = blocks.URLBlock(required=False, label=_("Address"))
    reference = blocks.TextBlock(
        required=False, rows=2, label=_("Reference"), help_text=_("Number, page, period in force.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Source")
