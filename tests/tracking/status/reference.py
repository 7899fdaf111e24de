"""A second reading of STATUS.md 1-5: slow, obvious, one day at a time, on the files' own rows.

It shares no code with the platform. Rows are dicts of strings with the columns of STATUS.md 2;
a batch is one file and the moment it was loaded. No interval is ever added, cut or merged: what
holds on a day is asked of that day, and a stretch is found by walking days backwards.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.tracking.rows import Batch, Row, covers, day, field, folded, known
from tests.tracking.status.audience_text import Clause, Condition, parse_audience

ONE_DAY = timedelta(days=1)
COUNTING_LEAVE = 30


@dataclass(frozen=True)
class Leave:
    """One unbroken absence: its first and last day (None: no end)."""

    first: date
    last: date | None


@dataclass(frozen=True)
class Reached:
    """One reached alternative: its date and the last day it is valid (None: without end)."""

    on: date
    through: date | None


def months_later(first: date, months: int) -> date:
    year, month = first.year, first.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(first.day, monthrange(year, month)[1]))


class City:
    """Everything known at one moment; answers for any day."""

    def __init__(self, batches: Collection[Batch], known_at: datetime | None = None) -> None:
        facts = known(batches, known_at)
        self.units = list(facts["organisation"].values())
        self.staff = list(facts["staff"].values())
        self.absences = list(facts["absence"].values())
        self.targets = list(facts["targets"].values())
        self.starts = list(facts["starts"].values())
        self.completions = list(facts["completions"].values())
        self.exemptions = list(facts["exemptions"].values())
        # Protection is judged as it is now, whatever was asked for; one source is enough.
        self.protected = {
            field(row, "person_id")
            for row in known(batches, None)["staff"].values()
            if field(row, "skyddad") == "ja"
        }
        self.people = sorted({field(row, "person_id") for row in self.staff})
        self._paths: dict[tuple[str, date], tuple[Row, ...]] = {}
        self._places: dict[tuple[str, date], str | None] = {}
        self._audience: dict[tuple[str, str, date], frozenset[tuple[str, str]]] = {}
        self._leaves: dict[str, list[Leave]] = {}
        self._clauses: dict[str, list[Clause]] = {}

    # 3. Where a person belongs

    def unit_on(self, code: str, on: date) -> Row | None:
        for row in self.units:
            if field(row, "kod") == code and covers(row, on):
                return row
        return None

    def root_on(self, on: date) -> str | None:
        for row in self.units:
            if not field(row, "overordnad") and covers(row, on):
                return field(row, "kod")
        return None

    def place(self, code: str, on: date) -> str | None:
        """The unit an employment in `code` counts in that day; None: nowhere at all."""
        if (code, on) not in self._places:
            self._places[code, on] = self._place(code, on)
        return self._places[code, on]

    def _place(self, code: str, on: date) -> str | None:
        root = self.root_on(on)
        if root is None:
            return None
        while self.unit_on(code, on) is None:
            rows = [row for row in self.units if field(row, "kod") == code]
            if not rows:
                return root
            last = max(rows, key=lambda row: field(row, "fran"))
            ended = day(field(last, "till"))
            if ended is None or ended >= on or not field(last, "ersatts_av"):
                return root
            code = field(last, "ersatts_av")
        return code

    def path(self, code: str, on: date) -> tuple[Row, ...]:
        """The unit and every unit above it that day, as rows, from itself to the root."""
        if (code, on) not in self._paths:
            rows = []
            step: str = code
            while step:
                row = self.unit_on(step, on)
                if row is None:
                    break
                rows.append(row)
                step = field(row, "overordnad")
            self._paths[code, on] = tuple(rows)
        return self._paths[code, on]

    def codes_above(self, code: str, on: date) -> list[str]:
        return [field(row, "kod") for row in self.path(code, on)]

    # 4. A target's audience

    def holds(self, condition: Condition, row: Row, placed: str, on: date) -> bool:
        """Whether an employment's row, placed in a unit that day, meets a condition."""
        above, key, values = self.path(placed, on), condition.key, condition.values
        if key == "enhet":
            mine = {field(unit, "kod") for unit in above}
            wanted = set(values)
        elif key == "enhetstyp":
            mine = {field(unit, "typ") for unit in above}
            wanted = set(values)
        elif key == "chef":
            mine = {field(row, "chef") or "nej"}
            wanted = set(values)
        else:
            text = folded(field(row, key))
            mine = {text} if text else set()
            wanted = {folded(value) for value in values}
        return bool(mine & wanted) != condition.negated

    def audience_units(self, person: str, target: Row, on: date) -> frozenset[str]:
        """Placed units of the employments through which a clause holds; empty: not in it."""
        return frozenset(unit for unit, _area in self.audience_places(person, target, on))

    def audience_places(self, person: str, target: Row, on: date) -> frozenset[tuple[str, str]]:
        """The same units, each with the employment's business area, folded."""
        code = field(target, "kod")
        if (person, code, on) not in self._audience:
            self._audience[person, code, on] = frozenset(self._through(person, target, on))
        return self._audience[person, code, on]

    def _through(self, person: str, target: Row, on: date) -> Iterator[tuple[str, str]]:
        code = field(target, "kod")
        if not covers(target, on):
            return
        if code not in self._clauses:
            self._clauses[code] = parse_audience(field(target, "omfattar"))
        clauses = self._clauses[code]
        for row in self.staff:
            if field(row, "person_id") != person or not covers(row, on):
                continue
            placed = self.place(field(row, "enhet"), on)
            if placed is None:
                continue
            if not clauses or any(
                all(self.holds(condition, row, placed, on) for condition in clause)
                for clause in clauses
            ):
                yield placed, folded(field(row, "verksamhetsomrade"))

    def stretch_start(self, person: str, target: Row, on: date) -> date:
        first = on
        while self.audience_places(person, target, first - ONE_DAY):
            first -= ONE_DAY
        return first

    def leaves(self, person: str) -> list[Leave]:
        """The person's leaves that count, from marking every absent day in a calendar."""
        if person not in self._leaves:
            self._leaves[person] = list(self._counting_leaves(person))
        return self._leaves[person]

    def _counting_leaves(self, person: str) -> Iterator[Leave]:
        rows = [row for row in self.absences if field(row, "person_id") == person]
        if not rows:
            return
        written = [day(field(row, name)) for row in rows for name in ("fran", "till")]
        dates = [each for each in written if each]
        horizon = max(dates) + ONE_DAY  # only a leave without an end lasts that long
        step, run = min(dates), 0
        while step <= horizon + ONE_DAY:
            absent = step <= horizon and any(covers(row, step) for row in rows)
            if absent:
                run += 1
            elif run:
                last = step - ONE_DAY
                first = step - timedelta(days=run)
                if last == horizon:
                    yield Leave(first, None)
                elif run >= COUNTING_LEAVE:
                    yield Leave(first, last)
                run = 0
            step += ONE_DAY

    def due(self, person: str, target: Row, on: date) -> date | None:
        latest_day, days = day(field(target, "senast")), field(target, "dagar_nyanstalld")
        if field(target, "niva") == "erbjuden" or (latest_day is None and not days):
            return None
        start = self.stretch_start(person, target, on)
        due = start + timedelta(days=int(days or 0))
        if latest_day is not None:
            due = max(due, latest_day)
        grace = timedelta(days=max(int(days or 0), 30))
        for leave in self.leaves(person):
            if leave.last is not None and leave.last < on:
                due = max(due, leave.last + grace)
        return due

    # 5. Status

    def best(self, person: str, target: Row, on: date) -> Reached | None:
        """The best reached alternative, or None."""
        months = field(target, "giltighet_manader")
        best: Reached | None = None
        for alternative in field(target, "kurser").split("|"):
            dates = []
            for course in alternative.split("+"):
                done = [
                    field(row, "datum")
                    for row in self.completions
                    if field(row, "person_id") == person
                    and field(row, "kurs") == course.strip()
                    and date.fromisoformat(field(row, "datum")) <= on
                ]
                dates.append(date.fromisoformat(max(done)) if done else None)
            reached = [each for each in dates if each is not None]
            if len(reached) < len(dates):
                continue
            through = min(months_later(each, int(months)) for each in reached) if months else None
            this = Reached(max(reached), through)
            if best is None or _better(this, best):
                best = this
        return best

    def status(self, person: str, target: Row, on: date) -> str:
        """The first status that holds, for a person in the audience that day."""
        best = self.best(person, target, on)
        due = self.due(person, target, on)
        if any(
            leave.first <= on and (leave.last is None or on <= leave.last)
            for leave in self.leaves(person)
        ) or any(
            field(row, "person_id") == person
            and field(row, "mal") == field(target, "kod")
            and covers(row, on)
            for row in self.exemptions
        ):
            return "undantagen"
        if best is not None:
            return "klar" if best.through is None or on <= best.through else "utgangen"
        if due is not None and due < on:
            return "forsenad"
        courses = {
            course.strip() for course in field(target, "kurser").replace("|", "+").split("+")
        }
        if any(
            field(row, "person_id") == person
            and field(row, "kurs") in courses
            and date.fromisoformat(field(row, "datum")) <= on
            for row in [*self.starts, *self.completions]
        ):
            return "pagaende"
        return "ej_paborjad"


def _better(one: Reached, other: Reached) -> bool:
    """Whose last valid day is later; among equals, whose date is earlier."""
    one_end, other_end = one.through or date.max, other.through or date.max
    return one_end > other_end or (one_end == other_end and one.on < other.on)
