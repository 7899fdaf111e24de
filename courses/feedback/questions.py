"""The three questions and what may be answered: choices only, because words can name somebody."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# So many answers at a time are added to what is shown, and so many it takes to show anything.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices, in order."""

    name: str
    text: Promise | str
    choices: Mapping[str, Promise | str]
    is_scale: bool = False


QUESTIONS = (
    Question(
        "useful",
        _("How useful is the course in your work?"),
        {
            "5": _("very useful"),
            "4": _("quite useful"),
            "3": _("somewhat useful"),
            "2": _("of little use"),
            "1": _("of no use"),
        },
        is_scale=True,
    ),
    Question(
        "ready",
        _("How sure do you feel of using what you have learnt?"),
        {
            "5": _("very sure"),
            "4": _("quite sure"),
            "3": _("somewhat sure"),
            "2": _("unsure"),
            "1": _("very unsure"),
        },
        is_scale=True,
    ),
    Question(
        "better",
        _("What would make the course better first of all?"),
        {
            "shorter": _("shorter lessons"),
            "cases": _("more cases and examples"),
            "mine": _("more about my own field of work"),
            "words": _("easier language"),
            "practice": _("more practice with feedback"),
            "tools": _("more tools for everyday work"),
            "nothing": _("nothing, it is good as it is"),
        },
    ),
)
