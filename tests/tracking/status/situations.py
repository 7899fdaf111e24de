"""The situations of STATUS.md 7, as files: each is a list of batches."""

from datetime import UTC, datetime
from typing import Any

from tests.tracking.rows import Batch, Row

FIRST_LOAD = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)

CITY = {"kod": "STAD", "namn": "Staden", "typ": "kommun", "fran": "2000-01-01"}
WEB_COURSES = ("HEDER", "GRUND", "FORDJUP")


def unit(kod: str, fran: str, till: str = "", **other: str) -> Row:
    """A district committee right under the city, unless told otherwise."""
    return {
        "kod": kod,
        "namn": f"Enheten {kod}",
        "typ": "stadsdelsnamnd",
        "overordnad": "STAD",
        "fran": fran,
        "till": till,
        **other,
    }


def employment(person: str, enhet: str, fran: str, till: str = "", **other: str) -> Row:
    """A social worker's employment, unless told otherwise."""
    return {
        "person_id": person,
        "fornamn": person,
        "efternamn": "Andersson",
        "epost": f"{person.lower()}@exempel.se",
        "enhet": enhet,
        "befattning": "Socialsekreterare",
        "verksamhetsomrade": "Ekonomiskt bistånd",
        "chef": "nej",
        "fran": fran,
        "till": till,
        "skyddad": "nej",
        **other,
    }


def target(kod: str = "T", **other: str) -> Row:
    """A target for every district committee, done by the course GRUND."""
    return {
        "kod": kod,
        "namn": f"Målet {kod}",
        "programmal": "1",
        "kurser": "GRUND",
        "omfattar": "enhetstyp=stadsdelsnamnd",
        **other,
    }


def completion(person: str, kurs: str, datum: str, **other: str) -> Row:
    return {"person_id": person, "kurs": kurs, "datum": datum, "kalla": "import", **other}


def city(*, units: list[Row], staff: list[Row], targets: list[Row], **more: Any) -> list[Batch]:
    """The batches of a first load, in the order a city loads them."""
    courses = [
        {"kod": code, "namn": code.title(), "form": "extern_webb", "minuter": "60"}
        for code in WEB_COURSES
    ]
    rows: dict[str, list[Row]] = {
        "organisation": [CITY, *units],
        "staff": staff,
        "courses": courses,
        "targets": targets,
        **more,
    }
    return [Batch(kind, tuple(each), FIRST_LOAD) for kind, each in rows.items()]


REORGANISATION = city(
    units=[
        unit("SDN-RK", "2000-01-01", "2023-06-30", ersatts_av="SDN-JARVA"),
        unit("SDN-JARVA", "2023-07-01"),
    ],
    staff=[employment("A", "SDN-RK", "2022-01-10")],
    targets=[target(senast="2022-12-31", dagar_nyanstalld="90")],
)
ALTERNATIVES = city(
    units=[unit("SDN-FARSTA", "2000-01-01")],
    staff=[employment("B", "SDN-FARSTA", "2020-01-01")],
    targets=[target(kurser="HEDER|GRUND+FORDJUP", giltighet_manader="24")],
    completions=[
        completion("B", "GRUND", "2022-03-01"),
        completion("B", "FORDJUP", "2022-09-01"),
    ],
)
ALSO_HEDER = Batch("completions", (completion("B", "HEDER", "2023-01-15"),), FIRST_LOAD)
TWO_DISTRICTS = city(
    units=[unit("SDN-FARSTA", "2000-01-01"), unit("SDN-BROMMA", "2000-01-01")],
    staff=[
        employment("C", "SDN-FARSTA", "2021-01-01"),
        employment("C", "SDN-BROMMA", "2021-01-01"),
    ],
    targets=[target(omfattar="befattning=socialsekreterare")],
)
NEWLY_HIRED = city(
    units=[unit("SDN-FARSTA", "2000-01-01")],
    staff=[employment("D", "SDN-FARSTA", "2024-11-01")],
    targets=[target(senast="2022-12-31", dagar_nyanstalld="90")],
)
ENTERED_LATE = [
    *city(
        units=[unit("SDN-FARSTA", "2000-01-01")],
        staff=[employment("A", "SDN-FARSTA", "2022-01-10")],
        targets=[target()],
    ),
    Batch(
        "completions",
        (completion("A", "GRUND", "2024-04-20"),),
        datetime(2024, 6, 3, 9, 0, tzinfo=UTC),
    ),
]


def shares(done: int, people: int, *shares_wanted: int) -> list[Batch]:
    """So many people in one district, so many of them done, a target for each wanted share."""
    names = [f"P{number:03}" for number in range(people)]
    return city(
        units=[unit("SDN-FARSTA", "2000-01-01")],
        staff=[employment(name, "SDN-FARSTA", "2022-01-01") for name in names],
        targets=[target(f"T{share}", andel=str(share)) for share in shares_wanted],
        completions=[completion(name, "GRUND", "2023-01-01") for name in names[:done]],
    )
