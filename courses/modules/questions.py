"""questions.yaml: the questions of a module."""

from typing import Any

from django.utils.translation import gettext as _

from courses.modules.files import ModuleFiles, QuestionFile
from courses.modules.markdown import rich_text
from courses.modules.problems import Fields, Problem
from courses.modules.yaml_files import read_text, read_yaml
from quizzes.bank.models import TEXT_FEATURES
from quizzes.types import TYPES, InvalidContent

NAME = "questions.yaml"
TRUE, FALSE = "Sant", "Falskt"


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

    kind = fields.choice("type", list(TYPES))
    question = QuestionFile(
        key=fields.text("key", longest=80),
        kind=kind,
        text=html("text"),
        options=_true_or_false(fields) if kind == "true_false" else _options(fields),
        explanation=html("explanation"),
        teaches=fields.text("teaches", longest=120),
        tags=fields.texts("tags", longest=100),
        difficulty=fields.number("difficulty", low=1, high=3),
        source=fields.text("source", longest=300),
        use=fields.choice("use", ["final", "check", "both"]),
        place=fields.place,
    )
    fields.done()
    try:
        TYPES[kind].check(_content(question))
    except InvalidContent as error:
        fields.refuse("options", str(error))
    return question


def _options(fields: Fields) -> list[dict[str, Any]]:
    options = []
    for one in fields.mappings("options"):
        options.append(
            {
                "text": one.text("text", longest=400),
                "correct": one.flag("correct"),
                "feedback": one.text("feedback", needed=False),
            }
        )
        one.done()
    return options


def _true_or_false(fields: Fields) -> list[dict[str, Any]]:
    correct = fields.flag("correct")
    place = fields.at("feedback")
    feedback = Fields.of(fields.get("feedback"), fields.file, place, fields.problems)
    options = [
        {"text": text, "correct": correct is value, "feedback": feedback.text(value)}
        for text, value in ((TRUE, True), (FALSE, False))
    ]
    feedback.done()
    return options


def _content(question: QuestionFile) -> Any:
    """The question as its type judges it."""
    return {
        "type": question.kind,
        "text": question.text,
        "options": [
            {"id": str(number), **option} for number, option in enumerate(question.options)
        ],
        "explanation": question.explanation,
        "teaches": question.teaches,
    }
