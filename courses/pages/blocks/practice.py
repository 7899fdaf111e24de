"""Blocks that show how: what to say, and in what order to act."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.pages.blocks.text import INNER_FEATURES


class SayingBlock(blocks.StructBlock):
    """A sentence to avoid and one to say instead."""

    dont = blocks.TextBlock(rows=2, label=_("Rather not"))
    do = blocks.TextBlock(rows=2, label=_("Say"))
    why = blocks.TextBlock(rows=2, required=False, label=_("Why"))

    class Meta:
        icon = "openquote"
        label = _("Pair")


class SayingsBlock(blocks.StructBlock):
    """Pairs of sentences."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    pairs = blocks.ListBlock(SayingBlock(), min_num=1, label=_("Pairs"))

    class Meta:
        icon = "openquote"
        label = _("Say and don't say")
        description = _("Sentences to avoid beside sentences that can be answered, and why.")
        template = "courses/blocks/sayings.html"
        preview_value = {
            "title": "Säg så här",
            "pairs": [
                {
                    "dont": "Varför går du inte bara?",
                    "do": "Vad gör du i dag för att det ska hålla sig lugnt?",
                    "why": "Den första lägger ansvaret på den utsatta.",
                }
            ],
        }


class ProcedureItemBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=INNER_FEATURES, required=False, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """A procedure in numbered steps."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    items = blocks.ListBlock(ProcedureItemBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps in order")
        description = _("What to do, in order.")
        template = "courses/blocks/steps.html"
        preview_value = {
            "title": "När någon har berättat",
            "items": [
                {"title": "Tacka", "text": "<p>Säg att det var bra att hon berättade.</p>"},
                {"title": "Fråga om i dag", "text": "<p>Är det säkert att gå hem?</p>"},
            ],
        }
