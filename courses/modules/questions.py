"""questions.yaml: the questions of a module."""

from typing import Any

from django.utils.translation import gettext as _

from courses.modules.files import ModuleFiles, QuestionFile
from courses.modules.markdown import rich_text
from courses.modules.yaml_files import read_text, read_yaml
from foundation.problems import Fields, Problem
from quizzes.bank.models import TEXT_FEATURES
from quizzes.types import TYPES, InvalidContent
from quizzes.types.authoring import Ids

NAME = "questions.yaml"


def read_questions(module: ModuleFiles, problems: list[Problem]) -> list[QuestionFile]:
    """Every question, each judged by its type."""
    file = f"{module.folder.name}/{NAME}"
    text = read_text(module.folder / NAME, file=file, problems=problems)
    if text is None:
        return []
    data = read_yaml(text, file=file, line=1, problems=problems)
    if not isinstance(data, list):
        if data is not None:
            problems.append(Problem(file, "", data, _("a list of questions")))
        return []
    questions: list[QuestionFile] = []
    for number, one in enumerate(data, start=1):
        key = one.get("key") if isinstance(one, dict) else None
        place = _("question %(number)d") % {"number": number} + (f" ({key})" if key else "")
        question = _question(Fields.of(one, file, place, problems))
        if question.key in {known.key for known in questions}:
            problems.append(
                Problem(file, place, question.key, _("a key that no other question has"))
            )
        questions.append(question)
    return questions


def _question(fields: Fields) -> QuestionFile:
    def html(name: str, *, needed: bool = True) -> str:
        markdown = fields.markdown(name, needed=needed)
        return rich_text(
            markdown, TEXT_FEATURES, file=fields.file, line=1, problems=fields.problems
        )

    kind = TYPES[fields.choice("type", list(TYPES))]
    key = fields.text("key", longest=80)
    content: Any = {
        "type": kind.name,
        "text": html("text"),
        "explanation": html("explanation"),
        "teaches": fields.text("teaches", longest=120),
    }
    known = len(fields.problems)
    try:
        content |= kind.from_file(fields, Ids(key))
        # What could not be read has been told already, and would be told again as missing.
        if len(fields.problems) == known:
            kind.check(content)
    except InvalidContent as error:
        _refuse(fields, error)
    question = QuestionFile(
        key=key,
        content=content,
        tags=fields.texts("tags", longest=100),
        difficulty=fields.number("difficulty", low=1, high=3),
        source=fields.text("source", longest=300),
        use=fields.choice("use", ["final", "check", "both"]),
        place=fields.place,
    )
    fields.done()
    return question


def _refuse(fields: Fields, error: InvalidContent) -> None:
    """Tell what can't be asked, at its place in the file."""
    steps = [str(one + 1) if isinstance(one, int) else f"› {one}" for one in error.place]
    place = " ".join([fields.place, *steps])
    fields.problems.append(
        Problem(fields.file, place, str(error), _("a question that can be asked"))
    )
