"""The demo's organisation: committees, districts with their mergers, units of each area.

Names of committees, districts and the city-wide units are real; which district hosts a
relationsvåldscentrum, the departments and the providers are assumptions (docs/demo-city.md).
"""

from dataclasses import dataclass
from datetime import date

from config.demo.districts import (
    AREAS,
    DEPARTMENTS,
    DISTRICTS,
    FIRST_DAY,
    RELATIONSHIP_CENTRES,
    ROOT,
    SOCIAL,
    STAFF_AREA,
    YOUTH_CLINICS,
    District,
)


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """A unit as it is during [first, last], both days included; `last` None: until further notice.

    `area` (verksamhetsområde) and `size` (relative number of staff) steer who is employed there;
    they are not part of the file.
    """

    code: str
    name: str
    kind: str
    parent: str
    first: date = FIRST_DAY
    last: date | None = None
    replaced_by: str = ""
    area: str = STAFF_AREA
    size: float = 0.0

    def covers(self, day: date) -> bool:
        """Whether the unit stands on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


def _city_wide() -> list[UnitPeriod]:
    """Committees, companies, and their units; then the providers outside the city."""
    sos, framtid = "SN-SOS", "SN-FRAMTID"
    rows = [
        (ROOT, "Stockholms stad", "kommun", "", STAFF_AREA, 1),
        ("KS", "Kommunstyrelsen", "namnd", ROOT, STAFF_AREA, 2),
        ("KS-SLK", "Stadsledningskontoret", "avdelning", "KS", STAFF_AREA, 18),
        ("SN", "Socialnämnden", "namnd", ROOT, STAFF_AREA, 6),
        (
            sos,
            "Avdelningen för stadsövergripande sociala frågor",
            "avdelning",
            "SN",
            STAFF_AREA,
            22,
        ),
        ("SN-SOC", "Socialtjänstavdelningen", "avdelning", "SN", STAFF_AREA, 14),
        ("SN-SOCIALJOUREN", "Socialjouren", "enhet", "SN-SOC", "socialjour", 38),
        ("SN-MIKA", "Mikamottagningen", "enhet", sos, "stöd och behandling", 12),
        ("SN-KAST", "KAST, köpare av sexuella tjänster", "enhet", sos, "stöd och behandling", 6),
        (
            "SN-ORIGO",
            "Origo, resurscentrum mot hedersrelaterat våld",
            "enhet",
            sos,
            "stöd och behandling",
            10,
        ),
        ("SN-KCK", "Kriscentrum–Kruton", "enhet", "SN-SOC", "stöd och behandling", 26),
        ("SN-HVILAN", "Hvilan", "enhet", "SN-SOC", "boende", 18),
        ("SN-SYRENEN", "Syrenen", "enhet", "SN-SOC", "boende", 16),
        ("SN-BARNAHUS", "Barnahus", "enhet", "SN-SOC", "stöd och behandling", 8),
        ("SN-FAMRAD", "Familjerådgivningen", "enhet", "SN-SOC", "stöd och behandling", 16),
        (framtid, "Framtid Stockholm", "avdelning", "SN", STAFF_AREA, 5),
        ("SN-STODCENTRUM", "Stödcentrum för unga", "enhet", framtid, "barn och unga", 16),
        ("SN-UNGDOMSJOUREN", "Ungdomsjouren", "enhet", framtid, "fältverksamhet", 14),
        ("SN-PLUS", "PLUS", "enhet", framtid, "öppenvård", 14),
        ("AN", "Äldrenämnden", "namnd", ROOT, STAFF_AREA, 12),
        ("AN-DIREKT", "Äldre direkt", "enhet", "AN", "äldreomsorg", 22),
        ("UN", "Utbildningsnämnden", "namnd", ROOT, STAFF_AREA, 10),
        ("UN-ELEVHALSA", "Elevhälsan", "enhet", "UN", "elevhälsa", 42),
        ("UN-GYMN", "Gymnasieavdelningen", "avdelning", "UN", STAFF_AREA, 14),
        ("AMN", "Arbetsmarknadsnämnden", "namnd", ROOT, STAFF_AREA, 8),
        ("AMN-JOBBTORG", "Jobbtorg Stockholm", "enhet", "AMN", "arbetsmarknad", 46),
        ("AMN-VUX", "Vuxenutbildningen", "enhet", "AMN", "arbetsmarknad", 20),
        ("BF", "Bostadsförmedlingen i Stockholm AB", "bolag", ROOT, STAFF_AREA, 5),
        ("BF-FORTUR", "Förtursenheten", "enhet", "BF", "boende", 14),
        ("SHIS", "SHIS Bostäder", "bolag", ROOT, STAFF_AREA, 5),
        ("SHIS-MELLANBO", "Mellanboendet", "enhet", "SHIS", "boende", 20),
        ("UTF-BJORKEN", "Björkens boendestöd (påhittad)", "utforare", ROOT, "socialpsykiatri", 14),
        (
            "UTF-SADELN",
            "Daglig verksamhet Sadeln (påhittad)",
            "utforare",
            ROOT,
            "funktionsnedsättning",
            16,
        ),
        (
            "UTF-KOMPASSEN",
            "Daglig verksamhet Kompassen (påhittad)",
            "utforare",
            ROOT,
            "funktionsnedsättning",
            14,
        ),
        (
            "UTF-LYKTAN",
            "Lyktans gruppboende (påhittat)",
            "utforare",
            ROOT,
            "funktionsnedsättning",
            14,
        ),
        ("UTF-STRANDLID", "Hemtjänst Strandlid (påhittad)", "utforare", ROOT, "äldreomsorg", 16),
    ]
    return [
        UnitPeriod(code, name, kind, parent, area=area, size=size)
        for code, name, kind, parent, area, size in rows
    ]


def _district_units(district: District) -> list[UnitPeriod]:
    """A district committee, its two departments and their units."""

    def unit(suffix: str, name: str, kind: str, parent: str, area: str, size: float) -> UnitPeriod:
        successor = f"{district.replaced_by}{suffix}" if district.replaced_by else ""
        return UnitPeriod(
            f"{district.code}{suffix}",
            name,
            kind,
            parent,
            district.first,
            district.last,
            successor,
            area,
            size * district.scale,
        )

    code, name = district.code, district.name
    units = [unit("", f"{name} stadsdelsnämnd", "stadsdelsnamnd", ROOT, STAFF_AREA, 6)]
    units += [
        unit(f"-{suffix}", f"{department}, {name}", "avdelning", code, STAFF_AREA, 2)
        for suffix, department in DEPARTMENTS.items()
    ]
    units += [
        unit(
            f"-{area.suffix}",
            f"{area.unit_name}, {name}",
            "enhet",
            f"{code}-{area.department}",
            area.area,
            area.size,
        )
        for area in AREAS
    ]
    if clinic := YOUTH_CLINICS.get(code):
        units.append(
            unit(
                "-UM",
                f"Ungdomsmottagningen {clinic}",
                "enhet",
                f"{code}-{SOCIAL}",
                "ungdomsmottagning",
                8,
            )
        )
    if centre := RELATIONSHIP_CENTRES.get(code):
        centre_code, region = centre
        units.append(
            UnitPeriod(
                centre_code,
                f"Relationsvåldscentrum {region}",
                "enhet",
                f"{code}-{SOCIAL}",
                date(2018, 1, 1),
                area="relationsvåldscentrum",
                size=10,
            )
        )
    return units


def _renamed(units: list[UnitPeriod]) -> list[UnitPeriod]:
    """Give Bromma's öppenvård a new name from 2022, so that one code has two rows."""
    changed: list[UnitPeriod] = []
    for unit in units:
        if unit.code != "SDN-BROMMA-OV":
            changed.append(unit)
            continue
        before = UnitPeriod(
            unit.code, unit.name, unit.kind, unit.parent, unit.first, date(2021, 12, 31)
        )
        after = UnitPeriod(
            unit.code,
            "Familjestödsenheten, Bromma",
            unit.kind,
            unit.parent,
            date(2022, 1, 1),
            area=unit.area,
            size=unit.size,
        )
        changed += [before, after]
    return changed


def unit_periods() -> list[UnitPeriod]:
    """Every unit of the city since 2015, parents before children."""
    units = _city_wide()
    for district in DISTRICTS:
        units += _district_units(district)
    return _renamed(units)


class Organisation:
    """The units, and who came before whom."""

    def __init__(self) -> None:
        self.periods = unit_periods()
        self.current = {unit.code: unit for unit in self.periods if unit.last is None}
        # Days on which a code's first row begins.
        self.first_day: dict[str, date] = {}
        self.last_day: dict[str, date | None] = {}
        self.predecessors: dict[str, list[str]] = {}
        for unit in self.periods:
            self.first_day.setdefault(unit.code, unit.first)
            self.last_day[unit.code] = unit.last
            if unit.replaced_by:
                self.predecessors.setdefault(unit.replaced_by, []).append(unit.code)

    def district(self, code: str) -> str | None:
        """The district committee above a unit of today; None outside the districts."""
        unit = self.current.get(code)
        while unit is not None and unit.kind != "stadsdelsnamnd":
            unit = self.current.get(unit.parent)
        return unit.code if unit else None

    def committee(self, code: str) -> str:
        """The unit right below the city that a unit of today belongs to."""
        unit = self.current[code]
        while unit.parent not in ("", ROOT):
            unit = self.current[unit.parent]
        return unit.code
