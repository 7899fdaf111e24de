"""What every address answers whom, read out of STATUS.md 6 one pair at a time.

Builds on the plain oracle of the rights alone; shares nothing with the program.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from tests.contracts.random_city import ADMINISTRATOR, Plan
from tests.tracking.organisation.rights_oracle import Oracle, Somebody

LEADING = ("chef", "stallforetradare")
FOLLOWING = ("nyckelperson", "samordnare", "revisor")
HIDDEN = "Skyddade uppgifter"
NOBODY = Somebody(ADMINISTRATOR)  # an account that HR knows nothing of: no work, no duty


@dataclass(frozen=True)
class Said:
    """A status, and whom the body names beside the reader themself."""

    status: int
    names: frozenset[str] = frozenset()
    rows: list[tuple[str, str]] = field(default_factory=list)  # of a file: name and unit
    outside: int = 0  # people of the unit who are neither named nor hidden rows


class Pages:
    """Answers for one organisation."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.today = Oracle(plan.organisation)
        self.people = {one.key: one for one in plan.organisation.people}

    def somebody(self, key: str) -> Somebody:
        return self.people.get(key, NOBODY)

    def names(self, reader: str) -> frozenset[str]:
        """Everybody whom anything at all may show to the reader by name."""
        asks = self.somebody(reader)
        return frozenset(key for key, who in self.people.items() if self.today.sees(asks, who))

    def opens_staff(self, reader: str) -> bool:
        """Whether a duty of today is over people, wherever its unit has gone."""
        asks, today = self.somebody(reader), self.plan.organisation.today
        leads = [work.days for work in asks.works if work.is_manager]
        leads += [held.days for held in asks.duties if held.role in LEADING]
        leads += [held.days for held in asks.duties if held.role == "samordnare"]
        return any(first <= today and (last is None or today <= last) for first, last in leads)

    def opens_figures(self, reader: str) -> bool:
        return any(self.today.holds(self.somebody(reader), role) for role in FOLLOWING)

    def staff(self, reader: str, unit: str, day: date) -> Said:
        """Mina medarbetare of a unit as it was on a day, by the rights of today."""
        if not self.opens_staff(reader):
            return Said(403)
        then = Oracle(replace(self.plan.organisation, today=day))
        asks = self.somebody(reader)
        there = then.stands(unit) or self.today.stands(unit)
        if not there or not self.today.sees_staff_of(asks, unit):
            return Said(400)
        names, rows, hidden, outside = set(), [], [], 0
        for who in self.plan.organisation.people:
            units = [code for code in then.works(who) if unit in then.upwards(code)]
            if not units:
                continue
            if self.today.sees(asks, who):
                names.add(who.key)
                rows.append((f"För{who.key}q Efter{who.key}q", _called(units)))
            elif who.protected and self.today.reaches(asks, who):
                if unit == then.root or then.rows[unit].parent == then.root:
                    hidden.append((HIDDEN, _called([unit])))
            else:
                outside += 1
        return Said(200, frozenset(names), sorted(rows) + hidden, outside)

    def overview(self, reader: str, unit: str) -> Said:
        if not self.opens_figures(reader):
            return Said(403)
        seen = self.today.sees_figures_of(self.somebody(reader), unit)
        return Said(200 if self.today.stands(unit) and seen else 400)

    def person(self, reader: str, whose: str) -> Said:
        seen = self.today.sees(self.somebody(reader), self.somebody(whose))
        return Said(200, frozenset({whose})) if seen else Said(404)

    def why(self, reader: str, whose: str) -> Said:
        """As the person's page; but without a target there is nothing to explain."""
        seen = self.person(reader, whose)
        return replace(seen, status=400) if seen.status == 200 else seen

    def log(self, reader: str) -> Said:
        """Who did something stands there by name, unless protected."""
        if not self.today.holds(self.somebody(reader), "revisor"):
            return Said(403)
        return Said(200, frozenset(key for key, one in self.people.items() if not one.protected))

    def may_import(self, reader: str) -> bool:
        return reader == ADMINISTRATOR or self.today.holds(self.somebody(reader), "samordnare")

    def own(self, reader: str, whose: str, status: int = 200) -> Said:
        """What is the owner's alone."""
        return Said(status if reader == whose else 404)

    def may_have_file(self, reader: str) -> bool:
        """Whether all whom one's file names are still one's to see, by a duty."""
        about = self.plan.files.get(reader, ())
        return self.opens_staff(reader) and self.names(reader).issuperset(about)

    def file(self, reader: str, whose: str) -> Said:
        """What a job found: of one's own, and only while one may see all whom it names."""
        if reader != whose:
            return Said(404)
        if not self.may_have_file(reader):
            return Said(403)
        return Said(200, frozenset(self.plan.files.get(reader, ())))

    def attendance(self, reader: str, whose: str, status: int = 200) -> Said:
        """Who recorded it sees it again, and coordinators see all: of those it names, whom they may
        see today, and who recorded it unless protected.
        """
        if not self.opens_staff(reader):
            return Said(403)
        if reader != whose and not self.today.holds(self.somebody(reader), "samordnare"):
            return Said(404)
        by = {whose} - {one.key for one in self.people.values() if one.protected}
        return Said(status, self.names(reader) | by if status == 200 else frozenset())

    def reminders(self, reader: str, whose: str) -> Said:
        """What became of the mails one has asked for oneself, to whom one may see today."""
        if not self.opens_staff(reader):
            return Said(403)
        return Said(200, self.names(reader)) if reader == whose else Said(404)

    def exemption(self, reader: str, whose: str) -> Said:
        """A manager's and a deputy's matter, of their own staff; nobody decides on their own."""
        asks, who = self.somebody(reader), self.somebody(whose)
        if not self.today.leads(asks, *LEADING):
            return Said(403)
        managed = any(self.today.manages(asks, home) for home in self.today.works(who))
        if reader == whose or not managed or not self.today.sees(asks, who):
            return Said(404)
        return Said(200, frozenset({whose}))

    def waiting(self, reader: str, whose: str) -> Said:
        """Whose a row is coordinators say; one of somebody protected is not there for them."""
        if not self.today.holds(self.somebody(reader), "samordnare"):
            return Said(403)
        if self.somebody(whose).protected:
            return Said(404)
        return Said(200, frozenset(key for key, one in self.people.items() if not one.protected))

    def judges(self, reader: str, whose: str) -> bool:
        """Evidence is judged by whom a duty shows its owner; never by themself."""
        asks, who = self.somebody(reader), self.somebody(whose)
        return reader != whose and self.opens_staff(reader) and self.today.sees(asks, who)

    def paper(self, reader: str, whose: str) -> Said:
        """Whoever judges it is told whose the same file is too, as far as they may see them."""
        if not self.opens_staff(reader):
            return Said(403)
        return Said(200, self.names(reader)) if self.judges(reader, whose) else Said(404)

    def picture(self, reader: str, whose: str) -> Said:
        may = reader == whose or self.judges(reader, whose)
        return Said(200 if may else 404)

    def delegation(self, reader: str, whose: str) -> Said:
        """Who gave it and who holds it end it; random_things.py gives each to the next."""
        keys = list(self.people)
        if whose not in keys:
            return Said(404)
        holder = [*keys[1:], keys[0]][keys.index(whose)]
        return Said(302 if reader in (whose, holder) else 404)

    def bounce(self, reader: str, whose: str) -> Said:
        """Whether an address works coordinators say; of somebody protected they know of none."""
        hidden = self.somebody(whose).protected
        return self.match(reader, 404 if hidden else 303)

    def match(self, reader: str, status: int = 303) -> Said:
        coordinates = self.today.holds(self.somebody(reader), "samordnare")
        return Said(status if coordinates else 403)

    def own_data(self, reader: str) -> Said:
        """Mina uppgifter: of others no more than what a job of one's own says, as its page does."""
        return replace(self.job(reader, reader), status=200)

    def job(self, reader: str, whose: str) -> Said:
        """The job's own page stands; what it found only as the file does."""
        file = self.file(reader, whose)
        return Said(404) if file.status == 404 else Said(200, file.names)


def _called(codes: list[str]) -> str:
    return ", ".join(sorted({f"Enheten {code}" for code in codes}))
