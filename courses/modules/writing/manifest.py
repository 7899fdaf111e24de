"""A course as module.yaml."""

from typing import Any

from courses.modules.files import ModuleFiles, QuizFile
from courses.modules.writing.markdown import markdown_of
from courses.modules.writing.yaml_text import markdown_value, yaml_text
from quizzes.bank.asked import always_and_drawn
from quizzes.bank.settings import Settings


def manifest_text(module: ModuleFiles) -> str:
    """The whole file; what is not said anywhere is left out."""
    lessons = {"lessons": module.lesson_files} if module.lesson_files else {}
    practice = {"practice": [_practice(key, one) for key, one in module.practice.items()]}
    said = practice if module.practice else {}
    return course_text(module) + quiz_text(module) + yaml_text(said) + yaml_text(lessons)


def practice_text(key: str, quiz: QuizFile) -> str:
    """What the file says of a quiz to practise on."""
    return yaml_text(_practice(key, quiz))


def _practice(key: str, quiz: QuizFile) -> dict[str, Any]:
    return {"key": key} | _quiz(quiz, key)


def quiz_text(module: ModuleFiles) -> str:
    """What the file says of the final quiz."""
    return yaml_text({"quiz": _quiz(module.quiz, module.slug)} if module.quiz else {})


def course_text(module: ModuleFiles) -> str:
    """What the file says of the course itself."""
    said: dict[str, Any] = {
        "code": module.code,
        "slug": module.slug,
        "title": module.title,
        "summary": module.summary,
        "summary_en": module.summary_en,
        "audience": module.audience,
        "prepares_for": module.prepares_for,
        "objectives": module.objectives,
        "authors": module.authors,
        "reviewed_on": module.reviewed_on,
        "reviewer": module.reviewer,
        "sources": module.sources,
        "content_warning": markdown_value(markdown_of(module.content_warning)),
    }
    return yaml_text({name: value for name, value in said.items() if value not in ("", [], None)})


def _quiz(quiz: QuizFile, slug: str) -> dict[str, Any]:
    usual = Settings().plain()
    settings = {
        name: value
        for name, value in quiz.settings.plain().items()
        if name in ("pass_percent", "max_tries") or value != usual[name]
    }
    title = {"title": quiz.title} if quiz.title else {}
    return title | _parts(quiz, slug) | {"shuffle": quiz.shuffle} | settings


def _parts(quiz: QuizFile, slug: str) -> dict[str, Any]:
    """In short where some are always asked and the rest are drawn by the module's own tag."""
    always = [part.question for part in quiz.parts if part.question]
    draw = sum(part.draw for part in quiz.parts)
    if quiz.parts == always_and_drawn(always, slug, draw):
        return {"draw": draw} | ({"always": always} if always else {})
    return {
        "parts": [
            {"question": part.question}
            if part.question
            else {"tags": list(part.tags), "draw": part.draw}
            for part in quiz.parts
        ]
    }
