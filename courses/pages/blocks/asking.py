"""Blocks that ask the reader something: a knowledge check, a reflection."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class CheckBlock(blocks.StructBlock):
    """A question of the bank, judged at once; the answer is not kept."""

    question = SnippetChooserBlock("quizzes.Question", label=_("Question"))

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        description = _("A question from the bank, with feedback at once. Nothing is stored.")
        template = "courses/blocks/check.html"


class ReflectionBlock(blocks.StructBlock):
    """Something to think about in writing; what is written never leaves the page."""

    prompt = blocks.TextBlock(
        rows=3,
        label=_("What to think about"),
        help_text=_("Remind the reader not to name any client."),
    )

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A box to write in. What is written is neither sent nor stored.")
        template = "courses/blocks/reflection.html"
        preview_value = {"prompt": "Skriv din egen första mening. Nämn inga klienter."}
