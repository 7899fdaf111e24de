"""A cell of people × targets as a page shows it.

A page has thousands of them and few that differ: each wording is made once a process, as an icon
is, and nothing of anybody is in it.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from foundation.components.dates import swedish_date
from foundation.templatetags.components import icon
from tracking.reports.staff import StaffCell

NOBODY = SafeString('<span class="soft" aria-hidden="true">–</span>')
# Statuses, and the days of a few years, in each language.
KEPT = 4_000


def cell_html(cell: StaffCell | None, url: str) -> SafeString:
    """Status, the day that goes with it, and `url` leading to why; a dash outside the audience."""
    if cell is None:
        return NOBODY
    language = get_language()
    status = _status(cell.result.status.value, language)
    day = _day(cell.day, cell.is_reached, language) if cell.day else ""
    soon = _soon(language) if cell.expires_soon else ""
    link = f'<a class="staff__why" href="{conditional_escape(url)}">{status}</a>'
    return SafeString(f"{link}{day}{soon}")  # nosec B703


def target_cells(cells: Iterable[tuple[StaffCell | None, str]], why: str, asked: int) -> SafeString:
    """A row's cells, as the table has them: each with what its link says after `why`.

    `asked`: which of them, from 0, is of the target that the reader asked for; -1 for none. Made
    here because a page may have thousands.
    """
    made = [
        f'<td class="staff__target{" staff__target--asked" if at == asked else ""}">'
        f"{cell_html(cell, why + rest)}</td>"
        for at, (cell, rest) in enumerate(cells)
    ]
    return SafeString("".join(made))  # nosec B703


@lru_cache(maxsize=KEPT)
def _status(status: str, _language: str | None) -> SafeString:
    return SafeString(render_to_string("components/status.html", {"status": status}).strip())  # nosec B703


@lru_cache(maxsize=KEPT)
def _day(day: date, is_reached: bool, _language: str | None) -> SafeString:
    words = gettext("through %(day)s") if is_reached else gettext("by %(day)s")
    return format_html('<span class="second">{}</span>', words % {"day": swedish_date(day)})


@lru_cache(maxsize=KEPT)
def _soon(_language: str | None) -> SafeString:
    words = gettext("runs out soon")
    return format_html('<span class="second due--soon">{} {}</span>', icon("clock"), words)
