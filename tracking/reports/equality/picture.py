"""The funnel: each district by its size and share, within what chance alone does."""

from django.utils.translation import gettext, ngettext, pgettext

from foundation.charts import Chart, funnel
from foundation.charts.funnel import Limit, Spot
from foundation.components.numbers import number, percent
from foundation.documents.parts import Cell, Column, Table
from tracking.reports.equality.limits import ALARM, WARNING, curve
from tracking.reports.equality.report import DistrictLine, EqualityReport
from tracking.reports.equality.words import verdict_words
from tracking.reports.figures import Measure, count_cell
from tracking.reports.short_names import short_name

# The curves go a little further than the largest district.
FURTHER = 1.12


def funnel_of(report: EqualityReport) -> Chart:
    """The districts of a report that has any."""
    spots = [
        Spot(
            short_name(line.name),
            line.counts.base,
            line.counts.done * 100 / line.counts.base,
            line.is_outside,
        )
        for line in report.lines
    ]
    most = round(max(spot.size for spot in spots) * FURTHER) + 1
    share = report.counts.done * 100 / report.counts.base
    drawn = [
        Limit(label, curve(most, report.counts.done, report.counts.base, report.chance(one)), dash)
        for label, one, dash in (("95 %", WARNING, "5 4"), ("99,8 %", ALARM, ""))
    ]
    said = {"city": report.city_name, "share": percent(report.counts.share)}
    middle = (share, gettext("%(city)s %(share)s") % said)
    described = "; ".join(f"{line.name}: {_described(line)}" for line in report.lines)
    return funnel(
        "tratt",
        title_of(report),
        described,
        spots,
        middle=middle,
        limits=drawn,
        axis=gettext("people who count in the district"),
        table=table_of(report),
    )


def title_of(report: EqualityReport) -> str:
    """What the page comes to."""
    outside = report.outside
    if not outside:
        return gettext("No district differs from the city by more than chance would")
    names = [short_name(line.name) for line in outside]
    if len(names) > 3:
        names = [*names[:2], gettext("%(count)s more") % {"count": number(len(names) - 2)}]
    joined = ", ".join(names[:-1])
    last = names[-1]
    listed = gettext("%(some)s and %(last)s") % {"some": joined, "last": last} if joined else last
    text = ngettext(
        "%(names)s differs from the city by more than chance would",
        "%(names)s differ from the city by more than chance would",
        len(outside),
    )
    return text % {"names": listed}


def table_of(report: EqualityReport) -> Table:
    """The same as rows, for the page and for a file."""
    heads = [
        Column(gettext("District")),
        Column("enhet", "code"),
        Column("mal", "code"),
        Column(pgettext("figures", "Share"), "share"),
        Column(pgettext("figures", "Done"), "number"),
        Column(gettext("Of"), "number"),
        Column(gettext("Expected at 95 per cent"), "text"),
        Column(gettext("Expected at 99.8 per cent"), "text"),
        Column(gettext("What it says"), "text"),
    ]
    cells: list[list[Cell]] = [
        [
            line.name,
            line.code,
            report.target.code,
            *(count_cell(line.counts, one) for one in (Measure.SHARE, Measure.DONE, Measure.BASE)),
            span_words(line.warning.fewest, line.warning.most),
            span_words(line.alarm.fewest, line.alarm.most),
            verdict_words(line.verdict),
        ]
        for line in report.lines
    ]
    note = gettext("Expected: so many done are nothing unusual in a district of that size.")
    return Table(gettext("Each district beside the city"), heads, cells, note)


def span_words(fewest: int, most: int) -> str:
    """ "12–31"."""
    return f"{number(fewest)}–{number(most)}"


def _described(line: DistrictLine) -> str:
    said = {"done": number(line.counts.done), "base": number(line.counts.base)}
    counted = gettext("%(done)s of %(base)s") % said
    return f"{percent(line.counts.share)}, {counted}, {verdict_words(line.verdict)}"
