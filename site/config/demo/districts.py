"""Stockholm's districts since 2015, and the units each of them has.

The districts and their mergers are real, and so are the names of the youth clinics and of the
four relationsvåldscentrum; who hosts a centre, and the departments, are assumptions.
"""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2015, 1, 1)
REFORM_2020 = date(2020, 7, 1)
REFORM_2023 = date(2023, 7, 1)
ROOT = "STHLM"
STAFF_AREA = "ledning och stab"


@dataclass(frozen=True, slots=True)
class District:
    """A district committee: its name, its days, and who took over. `scale`: size to the mean."""

    code: str
    name: str
    first: date = FIRST_DAY
    replaced_by: str = ""
    replaced_on: date | None = None
    scale: float = 1.0

    @property
    def last(self) -> date | None:
        """The last day, the one before its successor's first."""
        return self.replaced_on - timedelta(days=1) if self.replaced_on else None


DISTRICTS = (
    District("SDN-RK", "Rinkeby-Kista", replaced_by="SDN-JARVA", replaced_on=REFORM_2023),
    District("SDN-ST", "Spånga-Tensta", replaced_by="SDN-JARVA", replaced_on=REFORM_2023),
    District("SDN-HV", "Hässelby-Vällingby"),
    District("SDN-BROMMA", "Bromma", scale=0.9),
    District("SDN-KH", "Kungsholmen", scale=0.8),
    District("SDN-NORRMALM", "Norrmalm", replaced_by="SDN-NI", replaced_on=REFORM_2023),
    District("SDN-OSTERMALM", "Östermalm", replaced_by="SDN-NI", replaced_on=REFORM_2023),
    District("SDN-SODERMALM", "Södermalm", scale=1.2),
    District("SDN-EAV", "Enskede-Årsta-Vantör", scale=1.25),
    District("SDN-SKARPNACK", "Skarpnäck", scale=0.75),
    District("SDN-FARSTA", "Farsta", scale=0.95),
    District("SDN-ALVSJO", "Älvsjö", replaced_by="SDN-HA", replaced_on=REFORM_2020),
    District("SDN-HL", "Hägersten-Liljeholmen", replaced_by="SDN-HA", replaced_on=REFORM_2020),
    District("SDN-SKARHOLMEN", "Skärholmen", scale=0.75),
    District("SDN-HA", "Hägersten-Älvsjö", first=REFORM_2020, scale=1.3),
    District("SDN-JARVA", "Järva", first=REFORM_2023, scale=1.15),
    District("SDN-NI", "Norra innerstaden", first=REFORM_2023, scale=1.1),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A unit that every district has: code suffix, name, verksamhetsområde, department, size."""

    suffix: str
    unit_name: str
    area: str
    department: str
    size: float


SOCIAL, CARE = "IFO", "OMS"
DEPARTMENTS = {
    SOCIAL: "Avdelningen för individ- och familjeomsorg",
    CARE: "Avdelningen för äldre och funktionsnedsättning",
}
AREAS = (
    Area("EB", "Enheten för ekonomiskt bistånd", "ekonomiskt bistånd", SOCIAL, 24),
    Area("BU", "Enheten för barn och unga", "barn och unga", SOCIAL, 34),
    Area("MB", "Enheten för missbruk och beroende", "missbruk och beroende", SOCIAL, 18),
    Area("SP", "Enheten för socialpsykiatri", "socialpsykiatri", SOCIAL, 18),
    Area("FR", "Familjerätten", "familjerätt", SOCIAL, 6),
    Area("OV", "Öppenvården", "öppenvård", SOCIAL, 16),
    Area("RVT", "Relationsvåldsteamet", "relationsvåldsteam", SOCIAL, 9),
    Area("FALT", "Fältverksamheten", "fältverksamhet", SOCIAL, 7),
    Area("FN", "Enheten för funktionsnedsättning", "funktionsnedsättning", CARE, 30),
    Area("AO", "Enheten för äldreomsorg", "äldreomsorg", CARE, 32),
)

# District (as it was before the mergers) -> name of the youth clinic it hosts.
YOUTH_CLINICS = {
    "SDN-RK": "Järva",
    "SDN-HV": "Västerort",
    "SDN-NORRMALM": "Norrtull",
    "SDN-SODERMALM": "Södermalm",
    "SDN-EAV": "Gullmarsplan",
    "SDN-FARSTA": "Farsta",
    "SDN-HL": "Midsommarkransen",
    "SDN-SKARHOLMEN": "Skärholmen",
    "SDN-JARVA": "Järva",
    "SDN-NI": "Norrtull",
    "SDN-HA": "Midsommarkransen",
}
# The four regions are real, since 2018; the hosts are assumptions.
RELATIONSHIP_CENTRES = {
    "SDN-SODERMALM": ("RVC-INNERSTADEN", "Innerstaden"),
    "SDN-FARSTA": ("RVC-SYDOST", "Sydost"),
    "SDN-BROMMA": ("RVC-VAST", "Väst"),
    "SDN-SKARHOLMEN": ("RVC-SYDVAST", "Sydväst"),
}
