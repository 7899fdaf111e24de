"""`personal.csv`: who works where. With `--full` the file is all of today's workforce."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.bulk import update_rows
from foundation.cells import Column, code, day, email, person_key, text, yes_or_no
from foundation.facts import FactBatch
from foundation.intervals import FOREVER, exclusive
from tracking.imports.kinds.base import Key, Kind, Part, Plan, Row, interval_of, overlaps
from tracking.imports.kinds.people import DETAILS, SAID, UNCOVERED, follow_people, write_people
from tracking.imports.problems import Problem
from tracking.imports.staging import Staging
from tracking.organisation.forgetting import forgotten
from tracking.organisation.models import Employment

MOST_ENDED_PERCENT = 10
FORGOTTEN = "forgotten"  # effect: a row of somebody who has been pseudonymised


def _is_over(row: Row, on: date) -> bool:
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
    beside = ("says_protected",)
    counted = DETAILS

    def prepare(self, rows: list[Row], part: Part) -> list[Row]:
        """Without employments that ended before their person was pseudonymised: they are here."""
        days = forgotten({row.of for row in rows})
        kept = [row for row in rows if not (row.of in days and _is_over(row, days[row.of]))]
        for row in rows if len(kept) < len(rows) else []:
            if row.of in days and _is_over(row, days[row.of]):
                part.note(row.of, FORGOTTEN)
        return kept

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "position": values["befattning"],
            "business_area": values["verksamhetsomrade"],
            "is_manager": values["chef"],
            "valid_to": exclusive(values["till"]),
        }

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
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

    def complete(self, plan: Plan, rows: Sequence[Row], part: Part) -> None:
        """With `--full`: correct, withdraw or end the employments whose key the file lacks.

        Those of people of whom the file has a row that could not be read are left alone.
        """
        if not self.options.full:
            return
        as_of = self._as_of
        named = {row.key for row in rows}
        periods: dict[Key, list[Row]] = defaultdict(list)
        for row in rows:
            if not row.withdrawn:
                periods[row.key[:2]].append(row)
        for key, known in plan.known.items():
            interval = interval_of(key[-1], known.fields)
            if interval.end <= as_of or key in named or key[0] in part.spared:
                continue
            plan.take_away.add(key)
            if any(
                interval.start < (row.fields["valid_to"] or FOREVER) and row.key[-1] < interval.end
                for row in periods[key[:2]]
            ):
                continue  # its start was wrong: the file's row takes its place
            plan.ended.add(key)
            if interval.start < as_of:
                plan.bring[key] = self._ended(key, known.fields, as_of)

    @property
    def _as_of(self) -> date:
        return self.options.as_of or self.options.today

    def _ended(self, key: Key, fields: Mapping[str, Any], as_of: date) -> Row:
        last = as_of - timedelta(days=1)
        return Row("", 0, key, {**fields, "valid_to": exclusive(last)}, {"person_id": key[0]})

    def problems_in_all(self, table: Staging) -> list[Problem]:
        """A full file that would end too many is most likely not whole."""
        if not self.options.full or self.options.force:
            return []
        stopped = table.number("SELECT sum(stops) FROM change")
        goes_on = Q(valid_to=None) | Q(valid_to__gt=self._as_of)
        still_open = Employment.objects.known_now().filter(goes_on).count() if stopped else 0
        if stopped * 100 <= MOST_ENDED_PERCENT * still_open:
            return []
        value = _("%(stopped)d of %(open)d open employments would end") % {
            "stopped": stopped,
            "open": still_open,
        }
        expected = _("at most %(percent)d %%; is the file whole? Otherwise use --force") % {
            "percent": MOST_ENDED_PERCENT
        }
        return [Problem(self.files, None, "", value, expected)]

    def follow(self, plan: Plan, rows: Sequence[Row], part: Part) -> None:
        """Note what the rows say of people: names, addresses, protection."""
        follow_people(plan, rows, part)

    def warnings(self, table: Staging) -> list[str]:
        left_out, uncovered = (
            table.number("SELECT count(*) FROM effect WHERE name = ?", name)
            for name in (FORGOTTEN, UNCOVERED)
        )
        of_forgotten = ngettext(
            "%(count)d row is about somebody who has been pseudonymised, and was left out",
            "%(count)d rows are about people who have been pseudonymised, and were left out",
            left_out,
        )
        of_uncovered = ngettext(
            "%(count)d person is no longer protected (skyddad)",
            "%(count)d people are no longer protected (skyddad)",
            uncovered,
        )
        said = ((of_forgotten, left_out), (of_uncovered, uncovered))
        return [text % {"count": count} for text, count in said if count]

    def write_effects(self, table: Staging, batch: FactBatch | None) -> None:
        update_rows(Employment, "says_protected", table.effects(SAID))
        write_people(table.effects(DETAILS))

    def also(self, count: int) -> str:
        """Names, addresses and protection are no facts, but they change too."""
        if not count:
            return ""
        text = ngettext(
            "; the details of %(count)d person", "; the details of %(count)d people", count
        )
        return text % {"count": count}
