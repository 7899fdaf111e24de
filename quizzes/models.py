"""Gathers the topics' models for Django."""

from quizzes.analysis.models import Counted, KeptItem, KeptQuiz
from quizzes.attempts.models import Answer, Attempt, AttemptItem, ExtraTime
from quizzes.bank.models import Question, QuestionTag, QuestionTagName, Quiz
from quizzes.bank.parts import QuizPart
from quizzes.bank.versions import QuestionVersion

__all__ = [
    "Answer",
    "Attempt",
    "AttemptItem",
    "Counted",
    "ExtraTime",
    "KeptItem",
    "KeptQuiz",
    "Question",
    "QuestionTag",
    "QuestionTagName",
    "QuestionVersion",
    "Quiz",
    "QuizPart",
]
