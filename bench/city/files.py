"""`personal.csv` of a made-up city: what HR's system delivers of it on its day."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench.city.plan import CityPlan
from bench.city.tables import People
from bench.city.writing import CAPITALISED, address, person_id, stretches
from config.demo.names import FIRST_NAMES, LAST_NAMES

COLUMNS = (
    *("person_id", "fornamn", "efternamn", "epost", "enhet", "befattning"),
    *("verksamhetsomrade", "chef", "fran", "till", "skyddad"),
)


def write_staff_file(path: Path, plan: CityPlan, changed: float = 0.0) -> int:
    """Every employment that is open on the city's day; gives how many rows.

    `changed`: so large a part says another role than the city knows, by chance.
    """
    rng = np.random.default_rng([plan.seed, 4])
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for people in stretches(plan):
            held = people.employments
            told = np.flatnonzero((held.night_out < 0) & ((held.end < 0) | (held.end > plan.today)))
            roles = held.role[told] + (rng.random(len(told)) < changed)
            writer.writerows(
                _row(plan, people, at, role % len(plan.roles))
                for at, role in zip(told.tolist(), roles.tolist(), strict=True)
            )
            rows += len(told)
    return rows


def _row(plan: CityPlan, people: People, at: int, role: int) -> tuple[str, ...]:
    held = people.employments
    person, unit = int(held.person[at]), int(held.unit[at])
    place = person - people.begin
    position, area = plan.roles[role], plan.unit_areas[unit]
    if person % CAPITALISED == 0:
        position, area = position.capitalize(), area.capitalize()
    end = int(held.end[at])
    return (
        person_id(person),
        FIRST_NAMES[people.first_names[place]],
        LAST_NAMES[people.last_names[place]],
        address(person),
        plan.unit_codes[unit],
        position,
        area,
        "ja" if held.manager[at] else "nej",
        date.fromordinal(int(held.first[at])).isoformat(),
        (date.fromordinal(end) - timedelta(days=1)).isoformat() if end > 0 else "",
        "ja" if people.protected[place] else "nej",
    )
