"""What somebody has brought to the store and decided there; their name goes with their account."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.h5p.store.models import H5PContent, H5PLibrary, H5PTree, H5PVersion
from tracking.organisation.models import User
from tracking.privacy.sections import Owner, Section, Value, register
from tracking.retention.people import register_trace


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(UPLOADS, LIBRARIES)
    register_trace(forget_uploader)


def forget_uploader(user: User, _pseudonym: str) -> None:
    """Lessons go on playing the content. A file may be called after whoever made it."""
    H5PContent.objects.filter(created_by=user).update(created_by=None)
    H5PTree.objects.filter(brought_by=user).update(brought_by=None)
    H5PVersion.objects.filter(uploaded_by=user).update(uploaded_by=None, file_name="")
    H5PLibrary.objects.filter(brought_in_by=user).update(brought_in_by=None, origin="")
    H5PLibrary.objects.filter(decided_by=user).update(decided_by=None)


def _uploads(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = H5PVersion.objects.filter(uploaded_by=owner.user).order_by("uploaded_at", "pk")
    for one in mine.only("uploaded_at", "title", "number", "main_library", "file_name"):
        yield one.uploaded_at, one.title, one.number, one.main_library, one.file_name


def _libraries(owner: Owner) -> Iterator[tuple[Value, ...]]:
    brought = H5PLibrary.objects.filter(brought_in_by=owner.user)
    for one in brought.order_by("first_seen_at", "pk"):
        yield one.first_seen_at, str(one), gettext("brought in"), one.origin
    decided = H5PLibrary.objects.filter(decided_by=owner.user).exclude(decided_at=None)
    for one in decided.order_by("decided_at", "pk"):
        yield one.decided_at, str(one), one.get_state_display(), ""


UPLOADS = Section(
    "h5p_uppladdningar",
    _("H5P content I have uploaded"),
    {
        "tidpunkt": _("moment"),
        "titel": _("title"),
        "version": _("version"),
        "typ": _("type"),
        "fil": _("file name"),
    },
    _uploads,
    frozenset({"courses.H5PContent", "courses.H5PVersion", "courses.H5PTree"}),
)
LIBRARIES = Section(
    "h5p_bibliotek",
    _("H5P libraries I have brought in or decided on"),
    {
        "tidpunkt": _("moment"),
        "bibliotek": _("library"),
        "vad": _("what"),
        "fil": _("file name"),
    },
    _libraries,
    frozenset({"courses.H5PLibrary"}),
)
