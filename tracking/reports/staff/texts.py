"""The matrix as files say it."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from foundation.components.statuses import status_label
from foundation.formats import Cell as FileCell
from tracking.reports.figures import level_words
from tracking.reports.staff.report import StaffReport
from tracking.reports.staff.rows import StaffRow


def file_header(report: StaffReport, titles: Sequence[str], date_title: str) -> list[str]:
    """The matrix's header: `titles` of the first columns, then two for each target."""
    levels = [(target.name, level_words(target)) for target in report.targets]
    columns = [f"{name} ({level})" if level else name for name, level in levels]
    return [*titles, *(text for name in columns for text in (name, f"{name}: {date_title}"))]


def file_row(report: StaffReport, row: StaffRow) -> list[FileCell]:
    """A row of the matrix, as files say it."""
    cells: list[FileCell] = [row.name, row.position, row.unit]
    for cell in row.in_order(report.targets):
        cells += [status_label(cell.result.status), cell.day] if cell else [None, None]
    return cells


def outside_words(count: int) -> str:
    """The last line of a file that leaves people out whom the reader may not see."""
    text = ngettext(
        "and %(count)d person outside your access",
        "and %(count)d people outside your access",
        count,
    )
    return text % {"count": count}
