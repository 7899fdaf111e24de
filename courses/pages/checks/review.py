"""Whether an expert has read the course, and when."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding

YEAR = timedelta(days=365)


def unreviewed(*, reviewer: str, reviewed_on: date | None, on: date) -> Iterator[Finding]:
    """No expert's name, no day, or a day more than a year before `on`."""
    if not reviewer.strip():
        words = _("No expert has reviewed the course: readers are told so until a name is entered.")
        yield Finding(words, "reviewer")
    if reviewed_on is None:
        yield Finding(_("It is not said when the course was last reviewed."), "reviewed_on")
    elif on - reviewed_on > YEAR:
        words = _("Last reviewed %(day)s, more than a year ago.")
        yield Finding(words % {"day": date_format(reviewed_on)}, "reviewed_on")
