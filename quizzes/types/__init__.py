"""Question types, one module each; adding a type is adding a module and naming it here."""

from quizzes.types.base import Content, Graded, InvalidContent, InvalidResponse, QuestionType
from quizzes.types.multiple import MultipleChoice
from quizzes.types.single import SingleChoice
from quizzes.types.true_false import TrueFalse

TYPES: dict[str, QuestionType] = {
    kind.name: kind for kind in (SingleChoice(), MultipleChoice(), TrueFalse())
}

__all__ = ["TYPES", "Content", "Graded", "InvalidContent", "InvalidResponse", "QuestionType"]
