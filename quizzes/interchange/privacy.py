"""What is kept of the files of questions somebody handed over, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from quizzes.interchange.models import QuestionFile
from tracking.privacy.sections import Owner, Section, Value, register


def register_section() -> None:
    """Add it; called once, when the app is ready."""
    register(FILES)


def _files(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in QuestionFile.objects.filter(uploaded_by=owner.user).order_by("uploaded_at", "pk"):
        yield one.name, one.form, one.source, one.uploaded_at, one.brought_in_at


FILES = Section(
    "fragefiler",
    _("Files of questions you have handed over, kept for a week"),
    {
        "fil": _("file"),
        "format": _("format"),
        "kalla": _("where the questions come from"),
        "inlamnad": _("handed over"),
        "inlast": _("brought in"),
    },
    _files,
    frozenset({"quizzes.QuestionFile"}),
)
