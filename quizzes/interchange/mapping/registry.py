"""Which type of a file becomes which of ours, and the other way: a name for each, both ways."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from quizzes.interchange.mapping.case import to_case
from quizzes.interchange.mapping.choices import (
    from_choices,
    from_true_false,
    to_choices,
    to_true_false,
)
from quizzes.interchange.mapping.gaps import (
    from_gaps,
    from_missing_word,
    from_short_answer,
    to_gaps,
)
from quizzes.interchange.mapping.pairs import (
    from_ordering,
    from_pairs,
    to_groups,
    to_matching,
    to_ordering,
)
from quizzes.interchange.source import Refused, Source, Text, gap_mark

INTO_OURS: dict[str, Callable[[Source], dict[str, Any]]] = {
    "multichoice": from_choices,
    "truefalse": from_true_false,
    "shortanswer": from_short_answer,
    "numerical": from_short_answer,
    "matching": from_pairs,
    "cloze": from_gaps,
    "ordering": from_ordering,
}
OUT_OF_OURS: dict[str, Callable[[Any], Source]] = {
    "single": to_choices,
    "multiple": to_choices,
    "true_false": to_true_false,
    "matching": to_matching,
    "categorise": to_groups,
    "ordering": to_ordering,
    "gap_choice": to_gaps,
    "gap_typed": to_gaps,
    "case": to_case,
}
# What other platforms ask and we do not; anything else is said to be unknown.
NOT_OURS: dict[str, StrOrPromise] = {
    "description": gettext_lazy("a text without a question"),
    "essay": gettext_lazy("a long answer that a person has to judge"),
    "calculated": gettext_lazy("numbers that are calculated anew for everybody"),
    "calculatedsimple": gettext_lazy("numbers that are calculated anew for everybody"),
    "calculatedmulti": gettext_lazy("numbers that are calculated anew for everybody"),
    "ddimageortext": gettext_lazy("things to drag onto a picture"),
    "ddmarker": gettext_lazy("things to drag onto a picture"),
    "randomsamatch": gettext_lazy("drawn from other questions, which are not in it"),
    "random": gettext_lazy("drawn from other questions, which are not in it"),
    "missingtype": gettext_lazy("a question whose type was missing where it came from"),
}


def into_ours(source: Source) -> dict[str, Any]:
    """The content that the question of a file becomes; raises Refused."""
    if source.type not in INTO_OURS:
        reason = NOT_OURS.get(source.type)
        raise Refused(
            _("%(reason)s: there is no such type here") % {"reason": reason}
            if reason
            else _("the type %(type)s is not known here") % {"type": source.type or "?"}
        )
    if source.missing_word and source.type == "multichoice":
        return from_missing_word(source)
    if source.missing_word and source.type not in ("shortanswer", "numerical"):
        # As Moodle shows it.
        said = source.text
        source.text = Text(said.text.replace(gap_mark(0), "_____"), said.format, said.files)
    return INTO_OURS[source.type](source)


def out_of_ours(content: Any) -> Source:
    """The question as files of other platforms could say it."""
    return OUT_OF_OURS[content["type"]](content)
