"""Quizzes: question types, the bank, attempts. They know nothing of courses."""
