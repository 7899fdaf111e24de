"""module.yaml: what the course is, and which files belong to it."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from courses.modules.files import ModuleFiles, QuizFile
from courses.modules.library import LibraryFile
from courses.modules.markdown import rich_text
from courses.modules.yaml_files import read_text, read_yaml
from courses.pages.models import PLAIN_FEATURES
from foundation.problems import Fields, Problem
from quizzes.bank.asked import Asked, always_and_drawn
from quizzes.bank.parts import MOST_DRAWN
from quizzes.bank.settings import (
    LONGEST_LIMIT_MINUTES,
    LONGEST_WAIT_MINUTES,
    Counts,
    Feedback,
    Settings,
)

NAME = "module.yaml"


def read_manifest(
    folder: Path, library: LibraryFile, problems: list[Problem]
) -> ModuleFiles | None:
    """The manifest, without lessons and questions; None when there is nothing to go on."""
    file = f"{folder.name}/{NAME}"
    text = read_text(folder / NAME, file=file, problems=problems)
    data = None if text is None else read_yaml(text, file=file, line=1, problems=problems)
    if data is None:
        return None
    top = Fields.of(data, file, "", problems)
    slug = slug_of(top)
    module = ModuleFiles(
        folder=folder,
        code=top.text("code", longest=64),
        slug=slug,
        title=top.text("title", longest=200),
        summary=top.text("summary"),
        summary_en=top.text("summary_en", needed=False),
        audience=top.text("audience"),
        prepares_for=top.text("prepares_for", longest=300, needed=False),
        objectives=top.texts("objectives"),
        authors=top.texts("authors"),
        reviewed_on=top.day("reviewed_on"),
        reviewer=top.text("reviewer", longest=200, needed=False),
        content_warning=_warning(top),
        sources=top.texts("sources", longest=80, needed=False),
        quiz=_quiz(top, slug),
        practice=_practice(top, slug),
        lesson_files=top.texts("lessons"),
        library=library,
    )
    if len(", ".join(module.authors)) > 300:
        top.refuse("authors", _("at most %(number)d characters") % {"number": 300})
    top.done()
    return module


def slug_of(fields: Fields) -> str:
    """A slug: it stands in the address."""
    slug = fields.text("slug", longest=100)
    try:
        validate_slug(slug)
    except ValidationError:
        fields.refuse("slug", _("small letters, digits and hyphens"))
    return slug


def _warning(top: Fields) -> str:
    markdown = top.markdown("content_warning", needed=False)
    return rich_text(markdown, PLAIN_FEATURES, file=top.file, line=1, problems=top.problems)


def _quiz(top: Fields, tag: str) -> QuizFile | None:
    if top.get("quiz") is None:
        return None
    fields = Fields.of(top.get("quiz"), top.file, "quiz", top.problems)
    return _quiz_of(fields, tag)


def _practice(top: Fields, slug: str) -> dict[str, QuizFile]:
    """Quizzes to practise on: each with a key that begins with the module's, and a title."""
    found: dict[str, QuizFile] = {}
    for fields in top.mappings("practice", needed=False):
        key = fields.text("key", longest=80)
        if not key.startswith(f"{slug}-") or key in found:
            expected = _("a key of its own that begins with %(begin)s") % {"begin": f"{slug}-"}
            fields.refuse("key", expected)
        fields.text("title", longest=200)
        found[key] = _quiz_of(fields, slug)
    return found


def _quiz_of(fields: Fields, tag: str) -> QuizFile:
    quiz = QuizFile(
        title=fields.text("title", longest=200, needed=False),
        parts=_parts(fields) if "parts" in fields.data else _usual_parts(fields, tag),
        shuffle=fields.flag("shuffle"),
        settings=Settings(
            pass_percent=fields.number("pass_percent", low=1, high=100),
            max_tries=fields.number("max_tries", low=0, high=100),
            wait_minutes=fields.number(
                "wait_minutes", low=0, high=LONGEST_WAIT_MINUTES, otherwise=0
            ),
            counts=fields.choice("counts", Counts.values, needed=False) or Counts.BEST.value,
            limit_minutes=fields.number(
                "limit_minutes", low=0, high=LONGEST_LIMIT_MINUTES, otherwise=0
            ),
            one_at_a_time=fields.flag("one_at_a_time", needed=False),
            feedback=fields.choice("feedback", Feedback.values, needed=False) or Feedback.END.value,
        ),
    )
    fields.done()
    return quiz


def _usual_parts(fields: Fields, tag: str) -> list[Asked]:
    always = fields.texts("always", longest=80, needed=False)
    low = 0 if always else 1
    return always_and_drawn(always, tag, fields.number("draw", low=low, high=MOST_DRAWN))


def _parts(fields: Fields) -> list[Asked]:
    """Part by part, for a quiz that draws by more than the module's own tag."""
    parts = []
    for one in fields.mappings("parts"):
        if "question" in one.data:
            parts.append(Asked(question=one.text("question", longest=80)))
        else:
            tags = one.texts("tags", longest=100)
            parts.append(Asked(tags=tuple(tags), draw=one.number("draw", low=1, high=MOST_DRAWN)))
        one.done()
    return parts
