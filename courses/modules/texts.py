"""A module as texts, part by part, to be held against what the parts said before."""

from collections.abc import Mapping

from courses.modules.differences import Change, changes
from courses.modules.files import ModuleFiles
from courses.modules.models import LoadedText
from courses.modules.report import Fate, Report
from courses.modules.writing.lessons import lesson_text
from courses.modules.writing.manifest import course_text, practice_text, quiz_text
from courses.modules.writing.pages import module_of
from courses.modules.writing.questions import question_data
from courses.modules.writing.yaml_text import yaml_text
from courses.pages.models import CoursePage

COURSE = "course"
QUIZ = "quiz"


def lesson_key(slug: str) -> str:
    """Which text a lesson is."""
    return f"lesson:{slug}"


def practice_key(key: str) -> str:
    """Which text a quiz to practise on is."""
    return f"practice:{key}"


def question_key(key: str) -> str:
    """Which text a question is."""
    return f"question:{key}"


def texts_of(module: ModuleFiles) -> dict[str, str]:
    """Every part of a module as its files would say it."""
    found = {COURSE: course_text(module), QUIZ: quiz_text(module)}
    found |= {lesson_key(one.slug): lesson_text(one) for one in module.lessons}
    found |= {practice_key(key): practice_text(key, one) for key, one in module.practice.items()}
    return found | {
        question_key(one.key): yaml_text(question_data(one)) for one in module.questions
    }


def told_apart(module: ModuleFiles, page: CoursePage, report: Report) -> dict[str, list[Change]]:
    """What was changed here and in the files, for each part that was kept; by its name.

    Remembers what the other parts say. Only what is not remembered yet, or was changed, is written
    out: loading what has not changed costs one query here.
    """
    slug = module.slug
    known = dict(LoadedText.objects.filter(key__startswith=f"{slug}/").values_list("key", "text"))
    fates = {report.keys[name]: fate for name, fate in report.fates if name in report.keys}
    settled = {
        key for key, fate in fates.items() if fate is Fate.UNCHANGED and f"{slug}/{key}" in known
    }
    if settled == fates.keys():
        return {}
    files = texts_of(module)
    _remember(slug, files, known, fates)
    if Fate.KEPT not in fates.values():
        return {}
    here = texts_of(module_of(page, draft=True).module)
    return {
        name: changes(known.get(f"{slug}/{key}"), here.get(key, ""), files[key])
        for name, key in report.keys.items()
        if fates[key] is Fate.KEPT
    }


def _remember(
    slug: str, files: Mapping[str, str], known: Mapping[str, str], fates: Mapping[str, Fate]
) -> None:
    as_loaded = (Fate.NEW, Fate.UPDATED, Fate.UNCHANGED)
    rows = [
        LoadedText(key=f"{slug}/{key}", text=files[key])
        for key, fate in fates.items()
        if fate in as_loaded and known.get(f"{slug}/{key}") != files[key]
    ]
    LoadedText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["text"]
    )
