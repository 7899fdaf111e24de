"""The author's form of a case: a list of steps, each with its choices."""

from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import Block

from quizzes.types.authoring import feedback_block, list_of, text_block
from quizzes.types.case_paths import MOST_POINTS

# The longest name of a step.
LONGEST_NAME = 40


def case_form() -> list[tuple[str, Block]]:
    """The fields of the form."""
    way = blocks.StructBlock(
        [
            ("text", text_block(gettext_lazy("What can be chosen"))),
            (
                "points",
                blocks.IntegerBlock(
                    min_value=0,
                    max_value=MOST_POINTS,
                    default=0,
                    label=gettext_lazy("Points, 0 to 100"),
                ),
            ),
            ("feedback", feedback_block()),
            (
                "next",
                blocks.CharBlock(
                    required=False,
                    max_length=LONGEST_NAME,
                    label=gettext_lazy("Leads to the step"),
                    help_text=gettext_lazy("The step's name. Empty: the case ends here."),
                ),
            ),
        ],
        label=gettext_lazy("Choice"),
    )
    step = blocks.StructBlock(
        [
            (
                "name",
                blocks.CharBlock(
                    max_length=LONGEST_NAME,
                    label=gettext_lazy("The step's name"),
                    help_text=gettext_lazy("For you, and for choices that lead here."),
                ),
            ),
            ("text", blocks.TextBlock(rows=4, label=gettext_lazy("What has happened"))),
            ("options", list_of(way, gettext_lazy("Choices"), low=2, high=6)),
        ],
        label=gettext_lazy("Step"),
    )
    told = gettext_lazy(
        "The case begins with the first step. The points along a path are added up, "
        "and the best path gives the full score."
    )
    return [("steps", list_of(step, gettext_lazy("Steps"), low=1, high=30, help_text=told))]
