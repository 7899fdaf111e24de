"""The rows of each address, a page at a time, for whoever asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus

from foundation.formats import Cell
from tracking.api.bearer import Reader
from tracking.api.counted import figures_of
from tracking.api.parameters import EXPECTED
from tracking.api.problems import Wrong, bad_parameters
from tracking.api.stand import Stand
from tracking.exports.queries import SUMMARY_HEADER, summary_row
from tracking.ledger.models import Course
from tracking.organisation.models import Unit
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.targets.expressions import folded
from tracking.targets.models import Target

Row = tuple[Cell, ...]
UNITS_HEADER = ("kod", "namn", "typ", "overordnad", "niva")
COURSES_HEADER = ("kod", "namn", "form", "anordnare", "minuter")
AREAS_HEADER = ("verksamhetsomrade",)
TARGETS_HEADER = (
    "kod",
    "namn",
    "programmal",
    "kurser",
    "omfattar",
    "niva",
    "andel",
    "senast",
    "dagar_nyanstalld",
    "giltighet_manader",
    "fran",
    "till",
    "kalla",
    "antagande",
)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and where the next page begins: after nothing when this is the last."""

    header: tuple[str, ...]
    rows: list[Row]
    onwards: tuple[str, ...] = ()
    people: list[int] = field(default_factory=list)  # whom the rows name
    left_out: dict[str, int | None] = field(default_factory=dict)


def summary(reader: Reader, stand: Stand) -> Page:
    """A row per unit and target: whoever the unit is the reader's to follow."""
    found = figures_of(reader, stand)
    units = [code for code in _units(reader, stand, found.tree) if _is_ahead(code, stand)]
    targets = [code for code in found.targets if stand.targets is None or code in stand.targets]
    area = folded(stand.area) if stand.area else None

    def rows(heads: Sequence[str]) -> Iterable[Row]:
        counted = found.of(heads, targets=targets, area=area)
        return [summary_row(counted[key]) for key in sorted(counted)]

    return page_of(stand, SUMMARY_HEADER, units, rows, most_each=len(targets))


def units(reader: Reader, stand: Stand) -> Page:
    """The units of the day whose figures the reader may see, as a tree."""
    tree = organisation_on(stand.as_of, stand.batch)
    seen = {code for code in tree.units if reader.units.sees_figures_of(code)}
    rows: list[Row] = []
    for code in _units(reader, stand, tree):
        unit = tree.units[code]
        above = unit.parent if unit.parent in seen else ""
        rows.append((code, unit.name, unit.kind, above, len(tree.path(code)) - 1))
    return _sliced(stand, UNITS_HEADER, rows)


def targets(_reader: Reader, stand: Stand) -> Page:
    """The targets in force on the day, with the columns of `kunskapsmal.csv`."""
    known = Target.objects.known_by(stand.batch).on(stand.as_of)
    rows: list[Row] = [
        (
            one.code,
            one.name,
            one.programme_goal,
            one.courses,
            one.audience,
            one.level,
            one.share,
            one.due_on,
            one.days_new_employee,
            one.validity_months,
            one.valid_from,
            one.valid_to - timedelta(days=1) if one.valid_to else None,
            one.source,
            "ja" if one.is_assumption else "nej",
        )
        for one in known
    ]
    return _sliced(stand, TARGETS_HEADER, rows)


def courses(_reader: Reader, stand: Stand) -> Page:
    """The catalogue as it was known, with the columns of `kurser.csv`."""
    known = Course.objects.known_by(stand.batch)
    rows = known.values_list("code", "name", "form", "provider", "minutes")
    return _sliced(stand, COURSES_HEADER, list(rows))


def areas(reader: Reader, stand: Stand) -> Page:
    """The business areas that figures can be asked for."""
    found = figures_of(reader, stand)
    return _sliced(stand, AREAS_HEADER, [(name,) for name in found.area_names.values()])


def page_of(
    stand: Stand,
    header: tuple[str, ...],
    heads: Sequence[str],
    rows_of: Callable[[Sequence[str]], Iterable[Row]],
    *,
    most_each: int,
) -> Page:
    """A page of rows that begin with one of `heads`, in order.

    `heads` are those that are ahead, in order, and at least one more than fit; `most_each` is how
    many rows one of them can have. So that a page costs what it holds, rows are asked for of as
    many heads as can fill it: it may hold fewer rows than asked for.
    """
    fitting = max(1, stand.limit // max(1, most_each))
    here = list(heads[:fitting])
    found = [row for row in rows_of(here) if _row_is_ahead(row, stand)] if here else []
    if len(found) > stand.limit:
        found = found[: stand.limit]
        return Page(header, found, (str(found[-1][0]), str(found[-1][1])))
    onwards = (here[-1],) if len(heads) > fitting else ()
    return Page(header, found, onwards)


def _sliced(stand: Stand, header: tuple[str, ...], rows: list[Row]) -> Page:
    """A page of rows that are cheap to have all of."""
    ahead = sorted(
        (row for row in rows if _is_ahead(str(row[0]), stand)), key=lambda row: str(row[0])
    )
    here = ahead[: stand.limit]
    return Page(header, here, (str(here[-1][0]),) if len(ahead) > len(here) else ())


def _is_ahead(head: str, stand: Stand) -> bool:
    """Whether rows that begin so are still to come; some, where the page before broke off there."""
    if not stand.after:
        return True
    return head > stand.after[0] or (head == stand.after[0] and len(stand.after) > 1)


def _row_is_ahead(row: Row, stand: Stand) -> bool:
    if len(stand.after) < 2:
        return True
    return (str(row[0]), str(row[1])) > (stand.after[0], stand.after[1])


def _units(reader: Reader, stand: Stand, tree: OrganisationDay) -> list[str]:
    """Codes of the units of the day that are asked for and the reader's to follow, in order.

    By today's rights, a unit that has ended as the one that took over.
    """
    wanted = tree.subtree(stand.unit) if stand.unit else tree.units
    return sorted(code for code in wanted if reader.units.sees_figures_of(code))


def must_be_the_readers(stand: Stand, *, sees: Callable[[str], bool]) -> None:
    """Raises Problem for a unit that nobody knows or that the reader may not see, alike; and for a
    target or a business area that nobody knows: a slip of the hand is no empty answer.
    """
    wrong: list[Wrong] = []
    if stand.unit and not (sees(stand.unit) and Unit.objects.filter(code=stand.unit).exists()):
        wrong.append(Wrong("unit", stand.unit, str(EXPECTED["unit"])))
    if stand.targets:
        there = Target.objects.filter(code__in=stand.targets).values_list("code", flat=True)
        missing = ", ".join(code for code in stand.targets if code not in set(there))
        if missing:
            wrong.append(Wrong("target", missing, str(EXPECTED["target"])))
    if wrong:
        raise bad_parameters(*wrong, status=HTTPStatus.NOT_FOUND)
