"""Questions as questions.yaml."""

from collections.abc import Iterable
from typing import Any

from courses.modules.files import QuestionFile
from courses.modules.writing.markdown import markdown_of
from courses.modules.writing.yaml_text import markdown_value, yaml_text
from quizzes.types import type_of


def questions_text(questions: Iterable[QuestionFile]) -> str:
    """The whole file: the questions in the order of their keys, a blank line between."""
    ordered = sorted(questions, key=lambda question: question.key)
    return "\n".join(yaml_text([question_data(question)]) for question in ordered)


def question_data(question: QuestionFile) -> dict[str, Any]:
    """A question as the file says it."""
    content = question.content
    kind = type_of(content)
    return {
        "key": question.key,
        "type": kind.name,
        "text": markdown_value(markdown_of(content["text"])),
        **kind.to_file(content),
        "explanation": markdown_value(markdown_of(content["explanation"])),
        "teaches": content["teaches"],
        "tags": sorted(question.tags),
        "difficulty": question.difficulty,
        "source": question.source,
        "use": question.use,
    }
