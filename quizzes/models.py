"""Gathers the topics' models for Django."""

from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.bank.models import Question, QuestionTag, QuestionTagName, Quiz

__all__ = ["Answer", "Attempt", "AttemptItem", "Question", "QuestionTag", "QuestionTagName", "Quiz"]
