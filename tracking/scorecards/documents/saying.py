"""What both files say in the same way: undertakings, figures, definitions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext

from foundation.charts.bars import Bar, bars
from foundation.components.numbers import number, percent
from foundation.components.statuses import status_label
from foundation.documents import Cell, Column, Figure, Table
from tracking.reports.documents.saying import COUNTED, figure_words
from tracking.scorecards.frozen import Row
from tracking.scorecards.models import UndertakingStatus
from tracking.scorecards.shown import frozen_summary
from tracking.scorecards.words import status_word
from tracking.targets.programme import GOALS, Goal

OFFERED = "erbjuden"


def goal_words(goal: Goal | None) -> str:
    """A goal as a heading."""
    if goal is None:
        return gettext("None of the programme's goals")
    number_and_title = {"number": goal.code, "title": goal.title}
    return gettext("Goal %(number)s: %(title)s") % number_and_title


def by_goal(rows: Iterable[Row]) -> list[tuple[Goal | None, list[Row]]]:
    """Rows with `programmal` under the goals in their order; what serves none comes last."""
    every = list(rows)
    known = {goal.code for goal in GOALS}
    found: list[tuple[Goal | None, list[Row]]] = [
        (goal, [row for row in every if row["programmal"] == goal.code]) for goal in GOALS
    ]
    found.append((None, [row for row in every if row["programmal"] not in known]))
    return [(goal, rows) for goal, rows in found if rows]


def undertakings_table(title: str, rows: Sequence[Row]) -> Table:
    """What a committee says of undertakings, as it goes into the committee's own report."""
    columns = [
        Column(gettext("Undertaking")),
        Column(gettext("Status")),
        Column(gettext("Comment for this period")),
        Column(gettext("Evidence")),
        Column(gettext("Reference number"), "code"),
        Column(gettext("Function responsible")),
    ]
    return Table(title, columns, [_undertaking(row) for row in rows])


def _undertaking(row: Row) -> Sequence[Cell]:
    evidence = "\n".join(text for text in (row["underlag"], *row["lankar"]) if text.strip())
    return [
        row["namn"],
        status_word(row["status"]),
        row["kommentar"],
        evidence,
        row["diarienummer"],
        row["ansvarig"],
    ]


def figures_table(title: str, rows: Iterable[Row], names: Mapping[str, str]) -> Table:
    """Figures as they are frozen, one unit and target a row; `names`: of the units."""
    columns = [
        Column(gettext("Unit code"), "code"),
        Column(gettext("Unit")),
        Column(gettext("Target code"), "code"),
        Column(gettext("Knowledge target")),
        Column(gettext("Audience"), "number"),
        Column(pgettext("figures", "Exempt"), "number"),
        *(Column(status_label(status), "number") for status in COUNTED),
        Column(gettext("Share done"), "share"),
        Column(gettext("Goal"), "share"),
        Column(gettext("Deadline"), "date"),
        Column(gettext("Goal reached"), "yes_no"),
    ]
    return Table(title, columns, [_figure(row, names) for row in rows])


def _figure(row: Row, names: Mapping[str, str]) -> Sequence[Cell]:
    counts = frozen_summary(row)
    is_offered = row["niva"] == OFFERED
    return [
        counts.unit,
        names.get(counts.unit, counts.unit),
        counts.target,
        row["namn"],
        counts.audience,
        counts.exempt,
        *(counts.counts[status] for status in COUNTED),
        counts.share,
        None if is_offered else row["mal_andel"],
        date.fromisoformat(row["senast"]) if row["senast"] and not is_offered else None,
        None if is_offered else counts.met,
    ]


def shares_chart(name: str, heading: str, rows: Sequence[Row]) -> Figure:
    """The share done of each target in one unit; what it comes to is the chart's title."""
    columns = [
        Column(gettext("Knowledge target")),
        Column(gettext("Share done"), "share"),
        Column(pgettext("figures", "Done"), "number"),
        Column(gettext("Base"), "number"),
        Column(gettext("Goal"), "share"),
        Column(gettext("Goal reached"), "yes_no"),
        Column(gettext("Target code"), "code"),
    ]
    table = Table(heading, columns, [_share(row) for row in rows])
    required = [row for row in rows if row["niva"] != OFFERED and row["uppfyllt"] is not None]
    reached = sum(bool(row["uppfyllt"]) for row in required)
    said = gettext("%(reached)s of %(all)s required targets reached")
    title = said % {"reached": number(reached), "all": number(len(required))}
    drawn = [
        Bar(row["namn"], row["andel"] / 100, percent(row["andel"]), row["niva"] == OFFERED)
        for row in rows
        if row["andel"] is not None
    ]
    return Figure(bars(name, title, drawn, table=table))


def _share(row: Row) -> Sequence[Cell]:
    counts = frozen_summary(row)
    is_offered = row["niva"] == OFFERED
    return [
        row["namn"],
        counts.share,
        counts.done,
        counts.base,
        None if is_offered else row["mal_andel"],
        None if is_offered else counts.met,
        counts.target,
    ]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Figures by the programme's goals; what is only offered comes last."""
    return sorted(rows, key=lambda row: (row["niva"] == OFFERED, row["programmal"], row["mal"]))


def definitions() -> list[tuple[str, str]]:
    """What the words and columns mean."""
    return [
        *figure_words(),
        (
            gettext("Status of an undertaking"),
            gettext(
                "Not begun, under way, carried out (with evidence), off track (with an "
                "explanation) or not relevant (with an explanation). Each committee says its own."
            ),
        ),
        (
            gettext("Signed"),
            gettext(
                "The committee's key contact has signed. Figures and text are those of that "
                "moment, and never change."
            ),
        ),
    ]


def status_columns() -> list[Column]:
    """A column for each status of an undertaking."""
    return [Column(status_word(status), "number") for status in UndertakingStatus.values]


def text_or(text: Any, otherwise: str) -> str:
    """The text, or what stands instead of none."""
    return str(text).strip() or otherwise
