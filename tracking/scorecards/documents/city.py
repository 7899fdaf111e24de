"""The compiled report of a period: every committee, goal by goal, and who has not reported."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from foundation.charts.stacked import Kind, Stack, stacked
from foundation.components.numbers import number
from foundation.documents import (
    About,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Part,
    Table,
)
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import units_visible_to
from tracking.scorecards.choosing import asked_period
from tracking.scorecards.city import City, city_of
from tracking.scorecards.documents.saying import (
    OFFERED,
    definitions,
    figures_table,
    goal_words,
    in_order,
    shares_chart,
    status_columns,
    text_or,
)
from tracking.scorecards.frozen import Frozen, Row, figure_rows
from tracking.scorecards.models import PeriodKind, ReportingPeriod, UndertakingStatus
from tracking.scorecards.rules import reads_the_city
from tracking.scorecards.words import period_days, period_name, status_word
from tracking.status.figures import figures
from tracking.targets.programme import GOALS, Goal

CELLS = 4_000  # about: 20 committees × 20 targets × the columns that are drawn


@offer
class CityOffer(Offer):
    """Interim, annual, half-way and final: one shape."""

    code = "scorecard_city"
    page = "scorecards:city"
    carries = ("period",)
    forms = ("xlsx", "csv", "pdf", "docx")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        return Weight(_title(_asked(user, query)), CELLS)

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        period = _asked(user, query)
        city = city_of(period, today())
        document = document_of(city, steps)
        return Made(document, f"sammanstallning-{period.code}", len(city.committees))

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        return reads_the_city(units_visible_to(user, on))


def _asked(user: User, query: QueryDict) -> ReportingPeriod:
    if not reads_the_city(units_visible_to(user, today())):
        raise PermissionDenied
    period = asked_period(query, today())
    if period is None:
        raise Unanswerable
    return period


def document_of(city: City, steps: Steps = UNWATCHED) -> Document:
    """The report; of a closed period with the figures it was closed with."""
    period = city.period
    root, names = _names(city)
    frozen = _frozen(city, list(names), steps)
    whole = in_order(row for row in frozen.rows if row["enhet"] == root)
    figures_of = figures_table(gettext("Figures of city and committees"), frozen.rows, names)
    parts: list[Part] = [
        *_programme(period),
        *_reported(city),
        *_over_all(city),
    ]
    for goal in (*GOALS, None):
        parts += _goal(goal, city, whole)
    parts += _committees(frozen.rows, city)
    parts += _comments(city)
    return Document(_about(city, frozen), parts, figures_of)


def _names(city: City) -> tuple[str, dict[str, str]]:
    tree = organisation_on(min(city.period.last_day, today()))
    root = str(tree.root)
    names = {root: tree.units[root].name} if tree.root else {}
    return root, names | {row.committee.code: row.committee.name for row in city.committees}


def _frozen(city: City, units: list[str], steps: Steps) -> Frozen:
    closing = getattr(city.period, "closing", None)
    if closing is not None:
        return Frozen(closing.as_of, closing.batch_id, closing.known_at, closing.figures)
    found = figures(as_of=min(city.period.last_day, today()), steps=steps)
    known = found.stand.known_through or timezone.now()
    return Frozen(found.stand.as_of, found.stand.batch, known, figure_rows(found, units))


def _programme(period: ReportingPeriod) -> Iterator[Part]:
    yield Heading(gettext("The programme"))
    yield Paragraph(
        gettext(
            "The city council approved the programme against violence in June 2021, for "
            "2021–2025. It has six goals. Every committee and company carries out and follows up "
            "the undertakings that concern it, and reports with its interim and annual reports; "
            "the social services committee compiles."
        )
    )
    if period.first_day > date(2025, 12, 31):
        yield Paragraph(
            gettext(
                "The programme's years are over. Undertakings that go on do so by decision, and "
                "each shows since when."
            )
        )


def _reported(city: City) -> Iterator[Part]:
    yield Heading(gettext("Who has reported"))
    counted = {"signed": number(len(city.signed)), "all": number(len(city.expected))}
    yield Paragraph(
        gettext("%(signed)s of %(all)s committees and companies have signed.") % counted
    )
    missing = [row for row in city.unsigned if row.total]
    if missing:
        names = ", ".join(row.committee.name for row in missing)
        yield Paragraph(gettext("Not reported: %(names)s.") % {"names": names})
    columns = [
        Column(gettext("Committee or company")),
        Column(gettext("State")),
        Column(gettext("Undertakings"), "number"),
        *status_columns(),
        Column(gettext("Signed on"), "date"),
    ]
    rows = [
        [
            row.committee.name,
            row.word if row.total or row.signed else gettext("nothing undertaken"),
            row.total,
            *row.cells,
            row.signed.signed_at.date() if row.signed else None,
        ]
        for row in city.committees
    ]
    yield Table(
        gettext("Committees and companies"),
        columns,
        rows,
        gettext("Statuses are counted where they are signed."),
    )


def _over_all(city: City) -> Iterator[Part]:
    """How the signed statuses are spread, goal by goal."""
    sums = [
        (goal, [sum(row.cells[at] for row in rows) for at in range(len(UndertakingStatus))])
        for goal, rows in city.sections
    ]
    sums = [(goal, counts) for goal, counts in sums if sum(counts)]
    if not sums:
        return
    done = UndertakingStatus.values.index(UndertakingStatus.DONE)
    carried = sum(counts[done] for _goal, counts in sums)
    every = sum(sum(counts) for _goal, counts in sums)
    title = gettext("%(done)s of %(all)s reported undertakings are carried out") % {
        "done": number(carried),
        "all": number(every),
    }
    table = Table(
        gettext("Statuses by goal"),
        [Column(gettext("Goal")), *status_columns()],
        [[goal_words(goal), *counts] for goal, counts in sums],
    )
    # Drawn from what is done to what is not; the table keeps the order of the statuses.
    order = [2, 1, 3, 0, 4]
    looks = {
        UndertakingStatus.DONE: ("accent", 1.0),
        UndertakingStatus.UNDER_WAY: ("accent", 0.5),
        UndertakingStatus.OFF_TRACK: ("late", 1.0),
        UndertakingStatus.NOT_BEGUN: ("soft", 0.5),
        UndertakingStatus.NOT_RELEVANT: ("rule", 1.0),
    }
    statuses = [UndertakingStatus(UndertakingStatus.values[at]) for at in order]
    kinds = [Kind(status_word(one), looks[one][0], looks[one][1]) for one in statuses]  # type: ignore[arg-type]
    bars = [
        Stack(
            gettext("Goal %(number)s") % {"number": goal.code} if goal else goal_words(None),
            [counts[at] for at in order],
            number(sum(counts)),
        )
        for goal, counts in sums
    ]
    described = "; ".join(f"{one.label}: {one.said}" for one in bars)
    yield Heading(gettext("The undertakings as a whole"))
    yield Figure(stacked("ataganden", title, described, kinds, bars, table))


def _goal(goal: Goal | None, city: City, whole: list[Row]) -> Iterator[Part]:
    known = {one.code for one in GOALS}
    lines = next((rows for of, rows in city.sections if of == goal), [])
    targets = [
        row
        for row in whole
        if (row["programmal"] == goal.code if goal else row["programmal"] not in known)
    ]
    if not lines and not targets:
        return
    yield Heading(goal_words(goal))
    if lines:
        columns = [
            Column(gettext("Undertaking")),
            *status_columns(),
            Column(gettext("Not signed"), "number"),
        ]
        rows: list[list[Cell]] = [
            [row.undertaking.title, *row.cells, row.unsigned] for row in lines
        ]
        title = gettext("Undertakings, goal %(number)s") % {"number": goal.code if goal else "–"}
        yield Table(title, columns, rows, gettext("How many committees and companies say each."))
    if targets:
        number_of = {"number": goal.code if goal else "–"}
        title = gettext("Targets, goal %(number)s") % number_of
        yield Heading(gettext("Knowledge targets of the goal, the whole city"), 2)
        yield shares_chart(f"mal-{goal.code if goal else 'ovriga'}", title, targets)


def _committees(rows: list[Row], city: City) -> Iterator[Part]:
    """How many of its required targets each committee reaches."""
    columns = [
        Column(gettext("Committee or company")),
        Column(gettext("Required targets"), "number"),
        Column(gettext("Reached"), "number"),
    ]
    found = []
    for row in city.committees:
        required = [
            one["uppfyllt"]
            for one in rows
            if one["enhet"] == row.committee.code
            and one["niva"] != OFFERED
            and one["uppfyllt"] is not None
        ]
        found.append([row.committee.name, len(required), sum(required)])
    yield Heading(gettext("Knowledge targets of each committee"))
    yield Table(gettext("Targets reached"), columns, found)
    yield Paragraph(gettext("Every figure of every committee stands in the Excel and CSV files."))


def _comments(city: City) -> Iterator[Part]:
    yield Heading(gettext("The committees' comments"))
    for row in city.committees:
        if row.signed:
            yield Heading(row.committee.name, 2)
            said = row.signed.text["kommentar"]
            yield Paragraph(text_or(said, gettext("The committee has written no comment.")))
    if not city.signed:
        yield Paragraph(gettext("No committee has signed."))


def _about(city: City, frozen: Frozen) -> About:
    period = city.period
    closing = getattr(period, "closing", None)
    notes = [
        gettext("The figures count everybody. Nobody is named."),
        gettext(
            "Whoever works in two units counts once in each and once in the whole, so sums "
            "need not add up."
        ),
        gettext(
            "For use inside the organisation. Only what is published leaves it: shares in "
            "bands, per committee."
        ),
    ]
    if closing is None:
        notes.insert(0, gettext("The period is not closed: what is missing may still come."))
    return About(
        _title(period),
        period_days(period),
        frozen.as_of,
        frozen.known_at,
        definitions=definitions(),
        filters=[(gettext("Period"), period_name(period))],
        notes=notes,
    )


def _title(period: ReportingPeriod) -> str:
    name = period_name(period)
    match period.kind:
        case PeriodKind.ANNUAL:
            year = period.last_day.year
            return gettext("Compiled follow-up of the programme, %(year)s") % {"year": year}
        case PeriodKind.HALFWAY | PeriodKind.END:
            return name
        case _:
            return gettext("Compiled follow-up: %(period)s") % {"period": name}
