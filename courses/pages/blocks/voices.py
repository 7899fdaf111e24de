"""What somebody says: a conversation, and a sentence quoted from a source."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.pages.blocks.text import CITE_HELP, INNER_FEATURES

LINES = (4, 12)
LONGEST_NAME = 60


class LineBlock(blocks.StructBlock):
    """What one says."""

    who = blocks.CharBlock(max_length=LONGEST_NAME, label=_("Who"))
    says = blocks.TextBlock(rows=2, label=_("Says"))
    note = blocks.TextBlock(
        rows=1, required=False, label=_("In the margin"), help_text=_("What to notice here.")
    )

    class Meta:
        icon = "comment"
        label = _("Line")


class DialogueBlock(blocks.StructBlock):
    """A conversation with comments in its margin."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    lines = blocks.ListBlock(LineBlock(), min_num=LINES[0], max_num=LINES[1], label=_("Lines"))
    after = blocks.RichTextBlock(
        features=INNER_FEATURES, required=False, label=_("Afterwards"), help_text=CITE_HELP
    )

    class Meta:
        icon = "comment"
        label = _("Dialogue")
        description = _("A conversation, line by line, with what to notice. Invent the people.")
        template = "courses/blocks/dialogue.html"
        preview_value = {
            "title": "I väntrummet",
            "lines": [
                {
                    "who": "Handläggaren",
                    "says": "Kom in, vi sätter oss här.",
                    "note": "Hon väntar med frågan tills dörren är stängd.",
                },
                {"who": "Kim", "says": "Ska min partner inte vara med?"},
                {"who": "Handläggaren", "says": "Alla besök börjar med en stund enskilt."},
                {"who": "Kim", "says": "Då så. Det är nog bra."},
            ],
            "after": "<p>En ordning för alla pekar inte ut någon.</p>",
        }


class QuoteBlock(blocks.StructBlock):
    """A source's own words."""

    text = blocks.RichTextBlock(
        features=INNER_FEATURES,
        label=_("Text"),
        help_text=_("One or two sentences as they stand in the source, with its citation."),
    )
    who = blocks.CharBlock(required=False, max_length=200, label=_("Whose words"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A source's own words: one or two sentences, verbatim and cited.")
        template = "courses/blocks/quote.html"
        preview_value = {
            "text": "<p>”Det är den som utövar våldet som bär ansvaret för det.”</p>",
            "who": "Ur en riktlinje",
        }
