"""`personal.csv`: who works where. With `--full` the file is all of today's workforce."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.cells import Column, code, day, email, person_key, text, yes_or_no
from foundation.facts import Fact, FactBatch
from foundation.intervals import FOREVER, exclusive
from tracking.imports.kinds.base import (
    Key,
    Kind,
    Options,
    Plan,
    Row,
    interval_of,
    overlaps,
)
from tracking.imports.problems import Problem
from tracking.organisation.actions import name_accounts
from tracking.organisation.forgetting import forgotten
from tracking.organisation.models import Employment, Person

MOST_ENDED_PERCENT = 10


def _ended(row: Row, on: date) -> bool:
    """Whether the row's employment was over on the day, or is taken away by the row."""
    end = row.fields.get("valid_to")
    return row.withdrawn or (end is not None and end <= on)


class StaffFile(Kind):
    """Employments, and the current row of each person they name."""

    name = "staff"
    model = Employment
    columns = (
        Column("person_id", person_key, required=True),
        Column("fornamn", text(100)),
        Column("efternamn", text(100)),
        Column("epost", email),
        Column("enhet", code, required=True),
        Column("befattning", text(200)),
        Column("verksamhetsomrade", text(200)),
        Column("chef", yes_or_no, empty=False),
        Column("fran", day, required=True),
        Column("till", day, empty=None),
        Column("skyddad", yes_or_no, empty=None),  # empty: as it was
    )
    key_columns = ("person_id", "enhet", "fran")
    rests_on = ()

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.forgotten_rows = 0

    def prepare(self, rows: list[Row]) -> list[Row]:
        """Without employments that ended before their person was pseudonymised: they are here."""
        days = forgotten({row.key[0] for row in rows})
        kept = [row for row in rows if not (row.key[0] in days and _ended(row, days[row.key[0]]))]
        self.forgotten_rows = len(rows) - len(kept)
        return kept

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "position": values["befattning"],
            "business_area": values["verksamhetsomrade"],
            "is_manager": values["chef"],
            "valid_to": exclusive(values["till"]),
        }

    def problems_after(self, plan: Plan) -> list[Problem]:
        return [
            row.problem(
                "fran",
                key[-1],
                _("periods of one person in one unit that do not overlap; another begins %(day)s")
                % {"day": other[-1]},
            )
            for key, row, other in overlaps(plan, group=2)
            if row is not None
        ]

    def complete(self, plan: Plan, rows: Sequence[Row], spared: set[Any]) -> list[Problem]:
        """With `--full`: correct, withdraw or end the employments whose key the file lacks.

        `spared`: people of whom the file has a row that could not be read; theirs are left alone.
        """
        if self.forgotten_rows:
            text = ngettext(
                "%(count)d row is about somebody who has been pseudonymised, and was left out",
                "%(count)d rows are about people who have been pseudonymised, and were left out",
                self.forgotten_rows,
            )
            self.warnings.append(text % {"count": self.forgotten_rows})
        if not self.options.full:
            return []
        as_of = self.options.as_of or self.options.today
        named = {row.key for row in rows}
        periods: dict[Key, list[Row]] = defaultdict(list)
        for row in rows:
            if not row.withdrawn:
                periods[row.key[:2]].append(row)
        still_open, stopped = 0, 0
        for key, known in plan.known.items():
            interval = interval_of(key[-1], known.fields)
            if interval.end <= as_of:
                continue
            still_open += 1
            if key in named or key[0] in spared:
                continue
            plan.take_away.add(key)
            if any(
                interval.start < (row.fields["valid_to"] or FOREVER) and row.key[-1] < interval.end
                for row in periods[key[:2]]
            ):
                continue  # its start was wrong: the file's row takes its place
            stopped += 1
            if interval.start < as_of:
                plan.bring[key] = self._ended(key, known.fields, as_of)
        if stopped * 100 > MOST_ENDED_PERCENT * still_open and not self.options.force:
            value = _("%(stopped)d of %(open)d open employments would end") % {
                "stopped": stopped,
                "open": still_open,
            }
            expected = _("at most %(percent)d %%; is the file whole? Otherwise use --force") % {
                "percent": MOST_ENDED_PERCENT
            }
            return [Problem(self.files, None, "", value, expected)]
        return []

    def _ended(self, key: Key, fields: Mapping[str, Any], as_of: date) -> Row:
        last = as_of - timedelta(days=1)
        return Row("", 0, key, {**fields, "valid_to": exclusive(last)}, {"person_id": key[0]})

    def instances(self, plan: Plan, batch: FactBatch) -> Iterator[Fact]:
        self._create_people(plan)
        yield from super().instances(plan, batch)

    def _create_people(self, plan: Plan) -> None:
        keys = {row.key[0] for row in plan.bring.values()}
        known = self._people(keys)
        Person.objects.bulk_create(
            [Person(person_id=key) for key in sorted(keys - known.keys())], batch_size=500
        )

    def finish(self, rows: Sequence[Row], batch: FactBatch | None) -> int:
        """Bring the people's current rows up to date: the row that begins latest says the name.

        Protection: `ja` when any current source says so. A source is any employment that is known,
        ended or not: age alone must never uncover somebody. What each last said is kept beside it.
        """
        said: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if not row.withdrawn:
                said[row.key[0]].append(row)
        people = {
            person.person_id: person
            for person in Person.objects.all().iterator(chunk_size=5000)
            if person.person_id in said
        }
        self._remember_protection(rows, batch)
        protected = self._protected(set(said))
        changed = []
        uncovered = 0
        for key, person in people.items():
            latest = max(said[key], key=lambda row: row.key[-1]).values
            fields = {
                "first_name": latest["fornamn"],
                "last_name": latest["efternamn"],
                "email": latest["epost"],
                "protected": key in protected,
            }
            uncovered += person.protected and key not in protected
            if any(getattr(person, name) != value for name, value in fields.items()):
                for name, value in fields.items():
                    setattr(person, name, value)
                changed.append(person)
        Person.objects.bulk_update(
            changed, ["first_name", "last_name", "email", "protected"], batch_size=500
        )
        name_accounts(people=changed)
        self.touched = {person.pk for person in changed}
        if uncovered:
            text = ngettext(
                "%(count)d person is no longer protected (skyddad)",
                "%(count)d people are no longer protected (skyddad)",
                uncovered,
            )
            self.warnings.append(text % {"count": uncovered})
        return len(changed)

    def also(self, count: int) -> str:
        """Names, addresses and protection are no facts, but they change too."""
        if not count:
            return ""
        text = ngettext(
            "; the details of %(count)d person", "; the details of %(count)d people", count
        )
        return text % {"count": count}

    def _remember_protection(self, rows: Sequence[Row], batch: FactBatch | None) -> None:
        says = self._said_before(batch)
        says |= {
            row.key: row.values["skyddad"]
            for row in rows
            if not row.withdrawn and row.values["skyddad"] is not None
        }
        wrong = []
        known = Employment.objects.known_now().select_related("person")
        for employment in known.iterator(chunk_size=5000):
            key = (employment.person.person_id, employment.unit_code, employment.valid_from)
            if says.get(key, employment.says_protected) != employment.says_protected:
                employment.says_protected = says[key]
                wrong.append(employment)
        Employment.objects.bulk_update(wrong, ["says_protected"], batch_size=500)

    @staticmethod
    def _said_before(batch: FactBatch | None) -> dict[Key, bool]:
        """What employments replaced by this batch had said: those `--full` ends still say it."""
        if batch is None:
            return {}
        replaced = Employment.objects.filter(batch_out=batch, says_protected=True)
        keys = replaced.values_list("person__person_id", "unit_code", "valid_from")
        return dict.fromkeys(keys, True)

    @staticmethod
    def _protected(keys: set[str]) -> set[str]:
        says = Employment.objects.known_now().filter(says_protected=True)
        return keys & set(says.values_list("person__person_id", flat=True))
