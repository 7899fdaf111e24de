"""The word and the icon of each status a person can have on a target.

The codes are those of the status files (`klar`, `pagaende`, …). This floor knows them only as
words to show; what they mean is decided where status is derived.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Look:
    """How a status shows itself: `icon` is a symbol of static/img/icons.svg."""

    label: str | Promise
    icon: str


LOOKS: dict[str, Look] = {
    "klar": Look(pgettext_lazy("status", "Done"), "done"),
    "pagaende": Look(pgettext_lazy("status", "In progress"), "started"),
    "ej_paborjad": Look(pgettext_lazy("status", "Not started"), "not-started"),
    "forsenad": Look(pgettext_lazy("status", "Overdue"), "overdue"),
    "utgangen": Look(pgettext_lazy("status", "Expired"), "expired"),
    "undantagen": Look(pgettext_lazy("status", "Exempt"), "exempt"),
}


def status_label(status: str) -> str:
    """The word for `status`; KeyError names a status that has no look yet."""
    return str(LOOKS[str(status)].label)


def status_icon(status: str) -> str:
    """The icon of `status`; KeyError names a status that has no look yet."""
    return LOOKS[str(status)].icon
