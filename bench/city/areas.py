"""What a city's units do: business areas with their relative size, and the posts in each."""

from dataclasses import dataclass

STAFF_AREA = "ledning och stab"
UNIT_MANAGER, DEPUTY_MANAGER = "enhetschef", "biträdande enhetschef"
PEOPLE_PER_DEPUTY = 14


@dataclass(frozen=True, slots=True)
class Area:
    """A business area: code of its department, its relative size, its roles by relative number."""

    suffix: str
    area: str
    size: float
    roles: tuple[tuple[str, int], ...]


# Every district committee has these departments.
DISTRICT_AREAS = (
    Area("EB", "ekonomiskt bistånd", 14, (("socialsekreterare", 5), ("handläggare", 4))),
    Area("BU", "barn och unga", 18, (("socialsekreterare", 9), ("familjebehandlare", 1))),
    Area("MB", "missbruk och beroende", 8, (("socialsekreterare", 6), ("handläggare", 2))),
    Area("SP", "socialpsykiatri", 8, (("handläggare", 4), ("boendestödjare", 3))),
    Area("LSS", "LSS", 14, (("biståndshandläggare", 6), ("handläggare", 3), ("stödassistent", 3))),
    Area("AO", "äldreomsorg", 20, (("biståndshandläggare", 7), ("undersköterska", 4))),
    Area("FR", "familjerätt", 3, (("socialsekreterare", 1),)),
    Area("OV", "öppenvård", 7, (("familjebehandlare", 5), ("kurator", 2))),
    Area("RVT", "relationsvåldsteam", 4, (("socialsekreterare", 1),)),
    Area("FALT", "fältverksamhet", 3, (("fältassistent", 1),)),
)
STAFF_ROLES = (("utredare", 4), ("verksamhetscontroller", 1), ("administratör", 2))
HEADS = {
    "kommun": "stadsdirektör",
    "namnd": "förvaltningschef",
    "stadsdelsnamnd": "stadsdelsdirektör",
    "bolag": "verkställande direktör",
    "avdelning": "avdelningschef",
    "utforare": "verksamhetschef",
    "enhet": UNIT_MANAGER,
}


@dataclass(frozen=True, slots=True)
class CityWide:
    """A committee, company or provider that is not a district's; `size`: percent of the staff."""

    code: str
    name: str
    kind: str
    size: float
    area: str
    roles: tuple[tuple[str, int], ...]


CITY_WIDE = (
    CityWide(
        *("SN", "Socialnämnden", "namnd", 6.0, "stöd och behandling"),
        (("socialsekreterare", 4), ("behandlare", 4), ("kurator", 2)),
    ),
    CityWide(
        *("UN", "Utbildningsnämnden", "namnd", 2.2, "elevhälsa"),
        (("kurator", 5), ("skolsköterska", 3)),
    ),
    CityWide(
        *("AMN", "Arbetsmarknadsnämnden", "namnd", 1.6, "arbetsmarknad"),
        (("handläggare", 5), ("coach", 4)),
    ),
    CityWide(
        *("AN", "Äldrenämnden", "namnd", 0.8, "äldreomsorg"),
        (("biståndshandläggare", 3), ("handläggare", 1)),
    ),
    CityWide(*("KS", "Kommunstyrelsen", "namnd", 0.4, STAFF_AREA), STAFF_ROLES),
    CityWide(
        *("SHIS", "SHIS Bostäder", "bolag", 0.4, "boende"),
        (("boendestödjare", 6), ("socialsekreterare", 1)),
    ),
    CityWide(*("UTF-A", "Björkens boendestöd", "utforare", 0.3, "LSS"), (("stödassistent", 1),)),
    CityWide(
        *("UTF-B", "Hemtjänst Strandlid", "utforare", 0.3, "äldreomsorg"), (("undersköterska", 1),)
    ),
)
