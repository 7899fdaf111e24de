"""Who takes which course, how often, and on which days: the invented figures of the demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from config.demo.accounts import Post
from config.demo.organisation import Organisation

# Share of the audience of K05-FRAGA that has a valid completion. Invented, and dealt out without
# regard to what the real districts are like.
QUALITY = {
    "SDN-FARSTA": 0.88,
    "SDN-KH": 0.82,
    "SDN-SKARHOLMEN": 0.76,
    "SDN-HA": 0.72,
    "SDN-SODERMALM": 0.68,
    "SDN-JARVA": 0.62,
    "SDN-EAV": 0.58,
    "SDN-BROMMA": 0.54,
    "SDN-SKARPNACK": 0.49,
    "SDN-NI": 0.43,
    "SDN-HV": 0.36,
}
ELSEWHERE = 0.65
CASE_ROLES = frozenset(
    {"handläggare", "socialsekreterare", "biståndshandläggare", "biträdande enhetschef"}
)
CASE_AREAS = frozenset(
    {
        "ekonomiskt bistånd",
        "barn och unga",
        "missbruk och beroende",
        "socialpsykiatri",
        "funktionsnedsättning",
        "äldreomsorg",
        "relationsvåldsteam",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """What decides a person's chances: the post, its committee and its district if it has one."""

    post: Post
    committee: str
    in_district: bool
    quality: float

    @property
    def is_case_worker(self) -> bool:
        """Whether the post is in K05-FRAGA's audience."""
        return (
            self.in_district and self.post.area in CASE_AREAS and self.post.position in CASE_ROLES
        )


def place_of(organisation: Organisation, post: Post) -> Place:
    """Where a post of today stands; an unknown unit stands at the city's root."""
    if post.unit not in organisation.current:
        return Place(post, "", False, ELSEWHERE)
    district = organisation.district(post.unit)
    quality = QUALITY[district] if district else ELSEWHERE
    return Place(post, organisation.committee(post.unit), district is not None, quality)


@dataclass(frozen=True, slots=True)
class Offer:
    """A course, the chance that a person in a place takes it, and its days.

    `sessions` empty: any day since `begins`; `yearly`: a session each spring and autumn as well.
    """

    course: str
    chance: Callable[[Place], float]
    begins: date
    ends: date | None = None
    sessions: tuple[date, ...] = ()
    yearly: bool = False

    @property
    def is_classroom(self) -> bool:
        """Whether it is taken on given days."""
        return bool(self.sessions)

    def days(self, today: date) -> list[date]:
        """Days of its sessions before `today`."""
        days = list(self.sessions)
        if self.yearly:
            for year in range(self.sessions[-1].year + 1, today.year + 1):
                days += [date(year, 4, 23), date(year, 10, 8)]
        return [day for day in days if day < today]


def _web(case_worker: float, other: float, *committees: str) -> Callable[[Place], float]:
    """Chances of a web course spread to districts and these committees."""

    def chance(place: Place) -> float:
        if not (place.in_district or place.committee in committees):
            return 0.0
        base = case_worker if place.is_case_worker else other
        return base * (0.5 + place.quality * 0.8)

    return chance


def _areas(**chances: float) -> Callable[[Place], float]:
    """Chances by verksamhetsområde, underscores for spaces; `other` for the rest of districts."""
    by_area = {area.replace("_", " "): value for area, value in chances.items()}

    def chance(place: Place) -> float:
        if place.post.position == "administratör":
            return 0.0
        other = by_area.get("other", 0.0) if place.in_district else 0.0
        return by_area.get(place.post.area, other)

    return chance


def _case_work(value: float) -> Callable[[Place], float]:
    """The same chance for everybody who works with cases in a district."""
    return lambda place: value if place.is_case_worker else 0.0


def _overview(place: Place) -> float:
    """Chances of the programme's introduction: the functions that follow up."""
    return 0.7 if place.post.position in {"verksamhetscontroller", "avdelningschef"} else 0.02


PROGRAMME = date(2021, 10, 18)
OFFERS = (
    Offer("NCK-VALD", _web(0.62, 0.26, "AMN", "SN", "UN", "AN"), PROGRAMME),
    Offer("HEDER-WEBB", _web(0.46, 0.16, "AMN", "SN", "AN"), PROGRAMME),
    Offer("NMT-PROSTITUTION", _web(0.30, 0.10, "AMN", "SN", "UN"), PROGRAMME),
    Offer("NMT-SMO", _web(0.38, 0.10, "SN"), date(2022, 3, 1)),
    Offer(
        "KI-GRUND",
        _case_work(0.55),
        date(2017, 1, 1),
        sessions=(
            date(2017, 10, 4),
            date(2018, 4, 18),
            date(2018, 11, 7),
            date(2019, 5, 8),
            date(2019, 11, 6),
            date(2020, 2, 12),
        ),
    ),
    Offer(
        "PASS-VALD",
        _areas(funktionsnedsättning=0.25, missbruk_och_beroende=0.25),
        date(2022, 4, 1),
        sessions=(date(2022, 4, 7), date(2022, 10, 6)),
        yearly=True,
    ),
    Offer(
        "FREDA-KORT",
        _case_work(0.28),
        date(2022, 10, 1),
        sessions=(date(2022, 10, 12), date(2022, 11, 16)),
        yearly=True,
    ),
    Offer(
        "FREDA-BESKR-FARL",
        _areas(relationsvåldsteam=0.8),
        date(2022, 10, 1),
        sessions=(date(2022, 10, 26), date(2022, 12, 7)),
        yearly=True,
    ),
    Offer(
        "PATRIARK",
        _areas(relationsvåldsteam=0.75, barn_och_unga=0.2),
        date(2021, 11, 1),
        sessions=(date(2021, 11, 18), date(2021, 12, 2), date(2022, 5, 11), date(2022, 10, 5)),
        yearly=True,
    ),
    Offer(
        "MOTIVERA",
        _areas(
            ekonomiskt_bistånd=0.25,
            barn_och_unga=0.3,
            socialpsykiatri=0.2,
            äldreomsorg=0.15,
            missbruk_och_beroende=0.3,
            funktionsnedsättning=0.15,
        ),
        date(2021, 10, 1),
        sessions=(date(2021, 10, 13), date(2021, 11, 24), date(2022, 2, 9), date(2022, 4, 6)),
    ),
    Offer(
        "MOTIVERA-STOD",
        _areas(
            öppenvård=0.35, relationsvåldscentrum=0.7, fältverksamhet=0.3, ungdomsmottagning=0.3
        ),
        date(2022, 10, 1),
        sessions=(date(2022, 11, 9), date(2023, 3, 15)),
        yearly=True,
    ),
    Offer(
        "VIP-LEDARE",
        lambda place: 0.3 if place.post.position in {"gruppledare", "stödassistent"} else 0.0,
        date(2019, 9, 1),
        sessions=(date(2019, 10, 9), date(2022, 9, 21)),
        yearly=True,
    ),
    Offer(
        "TRAPPAN",
        _areas(relationsvåldscentrum=0.9),
        date(2021, 3, 1),
        sessions=(date(2021, 3, 10), date(2021, 9, 22)),
        yearly=True,
    ),
    Offer(
        "MANNISKOHANDEL",
        _areas(barn_och_unga=0.3, socialjour=0.35, other=0.05),
        date(2021, 11, 1),
        sessions=(date(2021, 11, 10), date(2021, 11, 17)),
        yearly=True,
    ),
    Offer(
        "SMO-DAGAR",
        _areas(stöd_och_behandling=0.4, relationsvåldsteam=0.3, other=0.04),
        date(2022, 10, 1),
        sessions=(date(2022, 10, 19),),
        yearly=True,
    ),
    Offer(
        "SAMTAL-BARN",
        _areas(
            barn_och_unga=0.5,
            öppenvård=0.45,
            familjerätt=0.5,
            boende=0.3,
            relationsvåldscentrum=0.5,
            other=0.05,
        ),
        date(2022, 2, 1),
        sessions=(date(2022, 3, 23), date(2022, 9, 14)),
        yearly=True,
    ),
    Offer(
        "BARN-UPPLEVT",
        _areas(boende=0.6, stöd_och_behandling=0.4),
        date(2023, 2, 1),
        sessions=(date(2023, 2, 15),),
        yearly=True,
    ),
    Offer(
        "PROG-INTRO",
        _overview,
        date(2021, 11, 1),
        sessions=(date(2021, 11, 25), date(2022, 2, 3)),
        yearly=True,
    ),
)
