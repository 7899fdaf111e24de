"""STATUS.md 6 read aloud: who sees whom, worked out one pair at a time from plain rows.

Shares nothing with the program: no query, no set of reachable people, no tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

Days = tuple[date, date | None]  # both ends included, as files say them


@dataclass(frozen=True)
class UnitRow:
    code: str
    parent: str
    days: Days
    replaced_by: str = ""


@dataclass(frozen=True)
class Work:
    unit: str
    days: Days
    is_manager: bool = False


@dataclass(frozen=True)
class Held:
    role: str  # as uppdrag.csv says it
    unit: str
    days: Days


@dataclass(frozen=True)
class Somebody:
    key: str
    works: tuple[Work, ...] = ()
    duties: tuple[Held, ...] = ()
    protected: bool = False
    on_leave: bool = False


@dataclass(frozen=True)
class Organisation:
    """What the files say; the first unit is the root."""

    today: date
    units: tuple[UnitRow, ...]
    people: tuple[Somebody, ...] = field(default=())


def covers(days: Days, on: date) -> bool:
    return days[0] <= on and (days[1] is None or on <= days[1])


class Oracle:
    """Answers for one organisation on its today."""

    def __init__(self, organisation: Organisation) -> None:
        self.all = organisation
        self.rows = {row.code: row for row in organisation.units}
        self.root = organisation.units[0].code

    def stands(self, code: str) -> bool:
        return code in self.rows and covers(self.rows[code].days, self.all.today)

    def successor(self, code: str) -> str | None:
        """The unit itself, or who has taken over, along the chain; None where it leads nowhere."""
        while not self.stands(code):
            row = self.rows.get(code)
            if row is None or row.days[0] > self.all.today or not row.replaced_by:
                return None
            code = row.replaced_by
        return code

    def place(self, code: str) -> str:
        """STATUS.md 3.1: what leads nowhere counts in the city only."""
        return self.successor(code) or self.root

    def upwards(self, code: str) -> Iterator[str]:
        while code:
            yield code
            code = self.rows[code].parent

    def works(self, who: Somebody) -> list[str]:
        """Where somebody's employments of today count."""
        return [self.place(work.unit) for work in who.works if covers(work.days, self.all.today)]

    def leads(self, who: Somebody, *roles: str) -> set[str]:
        """The units that somebody leads today, by a flag or by one of these duties."""
        today = self.all.today
        codes = [work.unit for work in who.works if work.is_manager and covers(work.days, today)]
        codes += [d.unit for d in who.duties if d.role in roles and covers(d.days, today)]
        return {found for code in codes if (found := self.successor(code))}

    def holds(self, who: Somebody, role: str) -> bool:
        return any(d.role == role and covers(d.days, self.all.today) for d in who.duties)

    def manages(self, reader: Somebody, code: str) -> bool:
        """A manager or deputy of the unit, or of one above it."""
        led = self.leads(reader, "chef", "stallforetradare")
        return any(above in led for above in self.upwards(code))

    def is_nearest_manager(self, reader: Somebody, who: Somebody) -> bool:
        """Of any unit where `who` works: the first level upwards that somebody else leads."""
        for home in self.works(who):
            for above in self.upwards(home):
                leaders = [one for one in self.all.people if above in self.leads(one, "chef")]
                if leaders and who not in leaders:
                    if reader in leaders:
                        return True
                    break
        return False

    def sees(self, reader: Somebody, who: Somebody) -> bool:
        """By name."""
        if reader.key == who.key:
            return True
        if who.protected:
            return self.is_nearest_manager(reader, who)
        return self.reaches(reader, who)

    def reaches(self, reader: Somebody, who: Somebody) -> bool:
        """Whether a duty of today would show the person, were nobody protected."""
        if self.holds(reader, "samordnare"):
            return True
        return any(self.manages(reader, home) for home in self.works(who))

    def sees_staff_of(self, reader: Somebody, code: str) -> bool:
        if self.holds(reader, "samordnare"):
            return True
        found = self.successor(code)
        return found is not None and self.manages(reader, found)

    def sees_figures_of(self, reader: Somebody, code: str) -> bool:
        if self.holds(reader, "samordnare") or self.holds(reader, "revisor"):
            return True
        found = self.successor(code)
        if found is None:
            return False
        today = self.all.today
        followed = {
            self.successor(d.unit)
            for d in reader.duties
            if d.role == "nyckelperson" and covers(d.days, today)
        }
        return self.manages(reader, found) or any(up in followed for up in self.upwards(found))
