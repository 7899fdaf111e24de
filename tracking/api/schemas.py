"""The shapes of answers, for the OpenAPI document; tests hold every answer to them."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, WithJsonSchema

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Count = Annotated[int, Field(ge=0)]
YesNo = Literal["ja", "nej"]
StatusCode = Literal["undantagen", "klar", "utgangen", "forsenad", "pagaende", "ej_paborjad"]


class Exact(Schema):
    """Holds what it names and nothing else."""

    model_config = ConfigDict(extra="forbid")


class StandShape(Exact):
    """What the rows stand for."""

    as_of: Day
    known_at: str | None = Field(description="As it was asked; null for what is known now.")
    known_through: AwareDatetime | None = Field(
        description="When the last batch of facts behind the rows was recorded."
    )
    batch: Count = Field(description="The number of that batch.")


class PageShape(Exact):
    """A page of rows."""

    stand: StandShape
    next: str | None = Field(description="Address of the next page; null on the last.")
    next_cursor: str | None = Field(description="The cursor in it, for who builds addresses.")


class SummaryRow(Exact):
    """A unit, with all below it, and a target; see STATUS.md 5."""

    enhet: str
    mal: str
    malgrupp: Count = Field(description="People in the audience.")
    undantagna: Count
    klara: Count
    utgangna: Count
    forsenade: Count
    pagaende: Count
    ej_paborjade: Count
    andel: Count | None = Field(
        description="Done of those who are not exempt, whole percent rounded down; null when all "
        "are exempt.",
        le=100,
    )
    uppfyllt: YesNo | None = Field(description="Whether the target's share is reached.")


class StatusRow(Exact):
    """A person and a target; see STATUS.md 5."""

    person_id: str = Field(description="HR's key.")
    mal: str
    status: StatusCode
    klar_datum: Day | None
    giltig_till: Day | None
    senast: Day | None
    start: Day


class UnitRow(Exact):
    """A unit as it stood on the day."""

    kod: str
    namn: str
    typ: str
    overordnad: str = Field(description="Empty for the topmost of those you may see.")
    niva: Count = Field(description="Steps from the root, which is 0.")


class TargetRow(Exact):
    """A knowledge target in force on the day, as kunskapsmal.csv has it."""

    kod: str
    namn: str
    programmal: str
    kurser: str
    omfattar: str
    niva: Literal["ska", "bor", "erbjuden"]
    andel: Count
    senast: Day | None
    dagar_nyanstalld: Count | None
    giltighet_manader: Count | None
    fran: Day | None
    till: Day | None
    kalla: str
    antagande: YesNo


class CourseRow(Exact):
    """A course of the catalogue, as kurser.csv has it."""

    kod: str
    namn: str
    form: Literal["modul", "extern_webb", "lararledd"]
    anordnare: str
    minuter: Count | None


class AreaRow(Exact):
    """A business area."""

    verksamhetsomrade: str


class SummaryPage(PageShape):
    """Counts of units and targets."""

    rows: list[SummaryRow]


class StatusPage(PageShape):
    """Status of people."""

    utanfor: Count = Field(
        description="People of the unit asked for who are not yours to see, and stand in no row."
    )
    skyddade: Count | None = Field(
        description="People with protected identity, who stand in no row; null for anything "
        "narrower than a district."
    )
    rows: list[StatusRow]


class UnitPage(PageShape):
    """Units."""

    rows: list[UnitRow]


class TargetPage(PageShape):
    """Targets."""

    rows: list[TargetRow]


class CoursePage(PageShape):
    """Courses."""

    rows: list[CourseRow]


class AreaPage(PageShape):
    """Business areas."""

    rows: list[AreaRow]


class WrongShape(Exact):
    """A parameter that can't be used."""

    parameter: str
    value: str
    expected: str


class ProblemShape(Exact):
    """An error (RFC 9457)."""

    type: str = Field(description="urn:kompetens-mot-vald:problem:… and which.")
    title: str
    status: int
    detail: str
    errors: list[WrongShape]
