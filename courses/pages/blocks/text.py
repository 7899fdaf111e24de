"""Running text, and notes that stand out from it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# What Markdown files can say and the editor offers: nothing that could bring its own look.
TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "blockquote", "citation"]
# Inside a block, which has a heading of its own.
INNER_FEATURES = ["bold", "italic", "ol", "ul", "link", "citation"]

CITE_HELP = _("Cite a source with the button for it; it becomes a small number.")

NOTE_KINDS = [
    ("important", _("Important")),
    ("law", _("Law")),
    ("example", _("Example")),
    ("changed", _("Changed")),
    ("easy", _("Easy Swedish")),
]


class TextBlock(blocks.RichTextBlock):
    """The text of a screen."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": TEXT_FEATURES, "help_text": CITE_HELP} | kwargs))

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text: one idea, 80 to 220 words.")
        template = "courses/blocks/text.html"
        preview_value = (
            "<p>Fråga i enrum, på samma sätt till alla. Den som får frågan på ett vänligt sätt vet "
            "vart hon kan vända sig senare.</p>"
        )


class NoteBlock(blocks.StructBlock):
    """A text beside the text: important, law, example, changed or easy Swedish."""

    kind = blocks.ChoiceBlock(
        choices=NOTE_KINDS,
        default="important",
        label=_("Kind"),
        help_text=_(
            "Changed: what older texts and habits get wrong today. Easy Swedish: a text addressed "
            "to participants."
        ),
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=INNER_FEATURES, label=_("Text"), help_text=CITE_HELP)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("Something to stand out: important, law, an example, or what has changed.")
        template = "courses/blocks/note.html"
        preview_value = {
            "kind": "law",
            "title": "Anmäl genast",
            "text": "<p>Den som arbetar i socialtjänsten och misstänker att ett barn far illa ska "
            "genast anmäla det.</p>",
        }
