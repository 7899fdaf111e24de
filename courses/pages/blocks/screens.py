"""A screen: one idea."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.pages.blocks.asking import CheckBlock, QuizBlock, ReflectionBlock
from courses.pages.blocks.cases import CaseBlock
from courses.pages.blocks.figures import FigureBlock
from courses.pages.blocks.films import AudioBlock, FilmBlock
from courses.pages.blocks.interactive import InteractiveBlock
from courses.pages.blocks.local import LocalBlock
from courses.pages.blocks.order import AccordionBlock, TableBlock
from courses.pages.blocks.practice import SayingsBlock, StepsBlock
from courses.pages.blocks.support import SupportBlock
from courses.pages.blocks.text import NoteBlock, TextBlock
from courses.pages.blocks.tools import ToolBlock
from courses.pages.blocks.voices import DialogueBlock, QuoteBlock


class ScreenContentBlock(blocks.StreamBlock):
    """Everything that may stand on a screen."""

    text = TextBlock()
    figure = FigureBlock()
    film = FilmBlock()
    audio = AudioBlock()
    note = NoteBlock()
    case = CaseBlock()
    check = CheckBlock()
    quiz = QuizBlock()
    interactive = InteractiveBlock()
    reflection = ReflectionBlock()
    sayings = SayingsBlock()
    steps = StepsBlock()
    dialogue = DialogueBlock()
    quote = QuoteBlock()
    tool = ToolBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    local = LocalBlock()
    support = SupportBlock()

    class Meta:
        template = "courses/blocks/content.html"


class ScreenBlock(blocks.StructBlock):
    """One idea: a heading, text, and at most one thing to look at or do."""

    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    content = ScreenContentBlock(label=_("Content"))

    class Meta:
        icon = "doc-empty"
        label = _("Screen")
        description = _("One idea a screen: 80 to 220 words and at most one block beside the text.")
        template = "courses/blocks/screen.html"
