"""Question types, one module each; adding a type is adding a module and naming it here."""

from typing import Any

from quizzes.types.base import Choice, Content, Graded, InvalidContent, InvalidResponse, Rule
from quizzes.types.base import QuestionType as OfType
from quizzes.types.case import CaseType
from quizzes.types.categorise import Categorise
from quizzes.types.gap_choice import GapChoice
from quizzes.types.gap_typed import GapTyped
from quizzes.types.matching import Matching
from quizzes.types.multiple import MultipleChoice
from quizzes.types.ordering import Ordering
from quizzes.types.single import SingleChoice
from quizzes.types.true_false import TrueFalse

# Any type, for those who have its name only.
QuestionType = OfType[Any, Any]
# An answer in canonical form.
Answer = list[str] | dict[str, str]

TYPES: dict[str, QuestionType] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleChoice(),
        TrueFalse(),
        Matching(),
        Ordering(),
        GapChoice(),
        GapTyped(),
        Categorise(),
        CaseType(),
    )
}


def type_of(content: Content) -> QuestionType:
    """The type of a question."""
    return TYPES[content["type"]]


__all__ = [
    "TYPES",
    "Answer",
    "Choice",
    "Content",
    "Graded",
    "InvalidContent",
    "InvalidResponse",
    "QuestionType",
    "Rule",
    "type_of",
]
