"""What reports call the parts of an account."""

from django.utils.translation import gettext, pgettext

from foundation.components.statuses import status_label
from tracking.reports.account import Part


def part_words(part: Part) -> str:
    """The part as a row and as the title of its list."""
    match part:
        case Part.EVERYBODY:
            return gettext("All who work here")
        case Part.COUNTED:
            return gettext("Counted")
        case Part.OUTSIDE:
            return gettext("The target does not apply to them")
        case Part.EXEMPT:
            return pgettext("figures", "Exempt")
        case _:
            return status_label(part.value)
