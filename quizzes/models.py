"""Gathers the topics' models for Django."""

from quizzes.analysis.models import Counted, KeptItem, KeptQuiz
from quizzes.attempts.models import Answer, Attempt, AttemptItem, ExtraTime
from quizzes.bank.models import Question, QuestionTag, QuestionTagName, Quiz
from quizzes.bank.parts import QuizPart
from quizzes.bank.versions import QuestionVersion
from quizzes.interchange.models import QuestionFile
from quizzes.regrading.models import Regrade, Regraded

__all__ = [
    "Answer",
    "Attempt",
    "AttemptItem",
    "Counted",
    "ExtraTime",
    "KeptItem",
    "KeptQuiz",
    "Question",
    "QuestionFile",
    "QuestionTag",
    "QuestionTagName",
    "QuestionVersion",
    "Quiz",
    "QuizPart",
    "Regrade",
    "Regraded",
]
