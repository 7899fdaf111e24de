"""Reads the rows of the implementation plan, which are kept as a file beside this one."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from foundation.intervals import exclusive

FILE = Path(__file__).with_name("implementeringsplan-2021.yaml")


class PlanRow(NamedTuple):
    """A row of the plan; its fields are those of an Undertaking."""

    code: str
    title: str
    goal: str
    goal_is_inferred: bool
    owner: str
    recipient: str
    recipient_kinds: list[str]
    recipient_units: list[str]
    recipient_is_inferred: bool
    period_said: str
    valid_from: date
    valid_to: date | None
    targets: list[str]
    source: str


def plan_rows() -> list[PlanRow]:
    """All rows, in the plan's order."""
    plan = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    always = plan["lopande"]
    return [
        PlanRow(
            code=f"2021-{row['rad']:02}",
            title=row["namn"],
            goal=str(row["programmal"]),
            goal_is_inferred=True,
            owner=row.get("agare", plan["agare"]),
            recipient=row["mottagare"],
            recipient_kinds=row.get("slag", []),
            recipient_units=row.get("enheter", []),
            recipient_is_inferred=row.get("harledd") == "ja",
            period_said=row["period"],
            valid_from=row.get("fran", always["fran"]),
            valid_to=exclusive(row.get("till", always["till"])),
            targets=row.get("mal", []),
            source=f"{plan['kalla']}, rad {row['rad']}",
        )
        for row in plan["rader"]
    ]


def programme_end() -> date | None:
    """The day after the programme's last, which its running undertakings hold through."""
    plan = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return exclusive(plan["lopande"]["till"])
