"""What every report's file says of itself, and how figures stand in a table."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext, pgettext

from foundation.components.statuses import status_label
from foundation.documents import About, Cell, Column, Table
from tracking.reports.asked import AskedFigures
from tracking.reports.figures import Figure, level_words
from tracking.status.figures import Figures
from tracking.status.rules import Status


def figures_table(title: str, rows: Iterable[tuple[str, Figure]], note: str = "") -> Table:
    """Figures of units by name, one a row: codes beside names, and every count behind a share."""
    return Table(title, list(_columns()), (_row(name, figure) for name, figure in rows), note)


def _columns() -> Iterator[Column]:
    yield Column(gettext("Unit code"), "code")
    yield Column(gettext("Unit"))
    yield Column(gettext("Target code"), "code")
    yield Column(gettext("Knowledge target"))
    yield Column(gettext("Audience"), "number")
    yield Column(pgettext("figures", "Exempt"), "number")
    for status in COUNTED:
        yield Column(status_label(status), "number")
    yield Column(gettext("Share done"), "share")
    yield Column(gettext("Goal"), "share")
    yield Column(gettext("Deadline"), "date")
    yield Column(gettext("Goal reached"), "yes_no")


def target_lines(title: str, figures: Iterable[Figure]) -> Table:
    """The targets of one unit, to be read: how many are done of how many, and what is asked."""
    columns = [
        Column(gettext("Knowledge target")),
        Column(pgettext("figures", "Done"), "number"),
        Column(pgettext("figures", "Of"), "number"),
        Column(gettext("Share done"), "share"),
        Column(gettext("Goal"), "share"),
        Column(gettext("Deadline"), "date"),
        Column(gettext("Goal reached"), "yes_no"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            target_name(one),
            one.counts.done,
            one.counts.base,
            one.counts.share,
            one.goal,
            one.target.due_on if one.goal is not None else None,
            one.counts.met if one.goal is not None else None,
        ]
        for one in figures
    ]
    return Table(title, columns, rows)


COUNTED = (Status.DONE, Status.EXPIRED, Status.OVERDUE, Status.STARTED, Status.NOT_STARTED)


def _row(name: str, figure: Figure) -> Sequence[Cell]:
    counts, target = figure.counts, figure.target
    return [
        counts.unit,
        name,
        counts.target,
        target_name(figure),
        counts.audience,
        counts.exempt,
        *(counts.counts[status] for status in COUNTED),
        counts.share,
        figure.goal,
        target.due_on if figure.goal is not None else None,
        counts.met if figure.goal is not None else None,
    ]


def target_name(figure: Figure) -> str:
    """The target, and what it is where it is less than a requirement."""
    level = level_words(figure.target)
    return f"{figure.target.name} ({level})" if level else figure.target.name


def figures_about(asked: AskedFigures, found: Figures, title: str) -> About:
    """Of a report of figures."""
    filters = [(gettext("Unit"), asked.unit_name)]
    if asked.area:
        filters.append((gettext("Business area"), asked.area_name))
    if asked.goal:
        filters.append((gettext("Programme goal"), asked.goal))
    return About(
        title,
        asked.unit_name,
        found.stand.as_of,
        asked.form.known_at or found.stand.known_through,
        definitions=figure_words(),
        filters=filters,
        notes=[
            gettext(
                "The figures count everybody, also people whose information is protected. "
                "Nobody is named."
            ),
            gettext(
                "Whoever works in two units counts once in each and once in the whole, so sums "
                "need not add up."
            ),
            gettext(
                "For use inside the organisation. Only what is published leaves it: shares in "
                "bands, per committee."
            ),
        ],
    )


def figure_words() -> list[tuple[str, str]]:
    """What the columns of figures mean (docs/STATUS.md)."""
    return [
        (gettext("Audience"), gettext("People the target applies to on the day, in the unit.")),
        (
            pgettext("figures", "Exempt"),
            gettext("On long leave, or exempt from the target: left out of the base."),
        ),
        (gettext("Share done"), gettext("Done of the base, rounded down: 100 % means all.")),
        (gettext("Goal reached"), gettext("Compared exactly, never through the rounded share.")),
    ]


def people_about(
    title: str, unit: str, as_of: date, known_at: datetime | None, filters: list[tuple[str, str]]
) -> About:
    """Of a report that names people."""
    return About(
        title,
        unit,
        as_of,
        known_at,
        filters=filters,
        notes=[
            gettext(
                "The file names people. Keep it no longer than you need it, and give it to nobody "
                "who may not see them."
            ),
            gettext(
                "People with protected information are not named; people outside your access are "
                "only counted."
            ),
        ],
    )
