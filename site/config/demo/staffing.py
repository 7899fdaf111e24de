"""Which roles a unit has, and how many people each unit of today gets."""

from dataclasses import dataclass

from config.demo.accounts import Post
from config.demo.districts import STAFF_AREA
from config.demo.organisation import Organisation, UnitPeriod


@dataclass(frozen=True, slots=True)
class Profile:
    """The make-up of a unit: its manager's title, deputies, and roles by relative number."""

    manager: str
    roles: tuple[tuple[str, int], ...]
    people_per_deputy: int = 0  # 0: no biträdande enhetschef


_SOCIAL_WORK = (("socialsekreterare", 8), ("administratör", 1))
_TREATMENT = Profile("enhetschef", (("behandlare", 5), ("kurator", 2), ("administratör", 1)))

PROFILES: dict[str, Profile] = {
    "ekonomiskt bistånd": Profile(
        "enhetschef", (("socialsekreterare", 5), ("handläggare", 3), ("administratör", 1)), 12
    ),
    "barn och unga": Profile(
        "enhetschef", (("socialsekreterare", 9), ("familjebehandlare", 1), ("administratör", 1)), 12
    ),
    "missbruk och beroende": Profile(
        "enhetschef", (("socialsekreterare", 6), ("handläggare", 1), ("behandlare", 2)), 14
    ),
    "socialpsykiatri": Profile(
        "enhetschef",
        (("socialsekreterare", 3), ("biståndshandläggare", 3), ("boendestödjare", 4)),
        14,
    ),
    "funktionsnedsättning": Profile(
        "enhetschef", (("biståndshandläggare", 6), ("handläggare", 3), ("boendestödjare", 3)), 14
    ),
    "äldreomsorg": Profile(
        "enhetschef", (("biståndshandläggare", 8), ("handläggare", 2), ("administratör", 1)), 14
    ),
    "familjerätt": Profile("enhetschef", (("socialsekreterare", 5), ("administratör", 1))),
    "öppenvård": Profile("enhetschef", (("familjebehandlare", 5), ("kurator", 2))),
    "relationsvåldsteam": Profile("enhetschef", (("socialsekreterare", 1),), 7),
    "relationsvåldscentrum": Profile("enhetschef", (("behandlare", 1),)),
    "fältverksamhet": Profile("enhetschef", (("fältassistent", 1),)),
    "ungdomsmottagning": Profile("enhetschef", (("kurator", 3), ("barnmorska", 4))),
    "socialjour": Profile("enhetschef", _SOCIAL_WORK, 12),
    "stöd och behandling": _TREATMENT,
    "boende": Profile("enhetschef", (("boendestödjare", 6), ("socialsekreterare", 1))),
    "elevhälsa": Profile("enhetschef", (("kurator", 5), ("skolsköterska", 3))),
    "arbetsmarknad": Profile("enhetschef", (("handläggare", 5), ("coach", 4)), 20),
    STAFF_AREA: Profile(
        "avdelningschef", (("utredare", 4), ("verksamhetscontroller", 1), ("hr-konsult", 1))
    ),
}
PROVIDER_ROLES: dict[str, tuple[tuple[str, int], ...]] = {
    "funktionsnedsättning": (("stödassistent", 6), ("gruppledare", 1)),
    "socialpsykiatri": (("boendestödjare", 1),),
    "äldreomsorg": (("undersköterska", 7), ("samordnare hemtjänst", 1)),
}
HEADS = {
    "kommun": "stadsdirektör",
    "namnd": "förvaltningschef",
    "stadsdelsnamnd": "stadsdelsdirektör",
    "bolag": "verkställande direktör",
    "utforare": "verksamhetschef",
}
# The unit the demo tells of: small enough to be read on one screen.
FIXED_HEADCOUNT = {"SDN-JARVA-EB": 18}


def headcounts(organisation: Organisation, people: int) -> dict[str, int]:
    """How many of `people` work in each unit of today: by size, the largest remainders first."""
    counts = dict(FIXED_HEADCOUNT)
    units = [unit for code, unit in organisation.current.items() if code not in counts]
    left = people - sum(counts.values())
    whole = sum(unit.size for unit in units)
    exact = {unit.code: unit.size * left / whole for unit in units}
    counts |= {code: max(1, int(number)) for code, number in exact.items()}
    missing = people - sum(counts.values())
    by_remainder = sorted(exact, key=lambda code: (int(exact[code]) - exact[code], code))
    for code in by_remainder[:missing]:
        counts[code] += 1
    return counts


def roles_of(unit: UnitPeriod) -> tuple[tuple[str, int], ...]:
    """Roles of a unit's staff with their relative numbers."""
    if unit.kind == "utforare":
        return PROVIDER_ROLES[unit.area]
    return PROFILES[unit.area].roles


def posts(unit: UnitPeriod, number: int) -> list[Post]:
    """The posts of a unit with `number` people: its manager first, then deputies, then the rest."""
    profile = PROFILES[unit.area]
    found = [Post(unit.code, HEADS.get(unit.kind, profile.manager), unit.area, True)]
    if profile.people_per_deputy and unit.kind == "enhet":
        deputies = max(1, number // profile.people_per_deputy)
        found += [Post(unit.code, "biträdande enhetschef", unit.area)] * deputies
    roles = roles_of(unit)
    whole = sum(weight for _, weight in roles)
    given = dict.fromkeys((role for role, _ in roles), 0)
    for seat in range(1, number - len(found) + 1):
        # The role that is furthest behind its share of the seats so far.
        role = max(roles, key=lambda item: item[1] * seat / whole - given[item[0]])[0]
        given[role] += 1
        found.append(Post(unit.code, role, unit.area))
    return found[:number]
