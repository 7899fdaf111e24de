"""The demo's log-ins, and the people behind them: the same whatever the day and the chance."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from config.demo.districts import REFORM_2023, STAFF_AREA

DEMO_PASSWORD = "kompetens-demo"
TRAINERS_GROUP = "Utbildare"
LOCAL_TRAINERS_GROUP = "Lokala utbildare"
ADMINISTRATORS_GROUP = "Administratörer"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A log-in of the demo: who it is, what it may, and whom it belongs to."""

    username: str
    role: str
    person_id: str | None = None
    groups: tuple[str, ...] = ()
    is_superuser: bool = False


DEMO_ACCOUNTS = (
    DemoAccount("medarbetare", "Medarbetare: handläggare, ekonomiskt bistånd i Järva", "D00001"),
    DemoAccount("enhetschef", "Chef: enhetschef, ekonomiskt bistånd i Järva", "D00002"),
    DemoAccount("stadsdelschef", "Chef: stadsdelsdirektör i Järva", "D00003"),
    DemoAccount(
        "nyckelperson",
        "Nyckelperson och lokal utbildare för Järva stadsdelsnämnd",
        "D00004",
        (LOCAL_TRAINERS_GROUP,),
    ),
    DemoAccount("samordnare", "Samordnare för hela staden, socialförvaltningen", "D00005"),
    DemoAccount("revisor", "Revisor: siffror och granskningslogg", "D00010"),
    DemoAccount("faltchef", "Chef för tre enheter i två stadsdelar", "D10001"),
    DemoAccount("stallforetradare", "Ställföreträdare: biträdande enhetschef i Järva", "D10002"),
    DemoAccount("utforarchef", "Chef hos en utförare utanför staden", "D10003"),
    DemoAccount("utbildare", "Utbildare, socialförvaltningen", "D00006", (TRAINERS_GROUP,)),
    DemoAccount("administrator", "Administratör", None, (ADMINISTRATORS_GROUP,), True),
)


class Post(NamedTuple):
    """What somebody works as: unit of today, role, business area, and whether they manage it."""

    unit: str
    position: str
    area: str
    is_manager: bool = False


class ToldManager(NamedTuple):
    """A manager the demo has an account for: who holds a post, by another key and name.

    `also`: duties (role, unit) over further units than the post's own.
    """

    person_id: str
    first_name: str
    last_name: str
    unit: str
    position: str
    also: tuple[tuple[str, str], ...] = ()


TOLD_MANAGERS = (
    ToldManager(
        "D10001",
        "Yusuf",
        "Rosengren",
        "SDN-JARVA-FALT",
        "enhetschef",
        (("chef", "SDN-JARVA-UM"), ("chef", "SDN-HV-FALT")),
    ),
    ToldManager(
        "D10002",
        "Carina",
        "Holmström",
        "SDN-JARVA-EB",
        "biträdande enhetschef",
        (("stallforetradare", "SDN-JARVA-EB"),),
    ),
    ToldManager("D10003", "Patrik", "Sundell", "UTF-SADELN", "verksamhetschef"),
)


class Stint(NamedTuple):
    """A post held during [first, last]; `last` None: still."""

    post: Post
    first: date
    last: date | None = None


class Taken(NamedTuple):
    """A course completed so many days before today."""

    course: str
    days_ago: int
    source: str


@dataclass(frozen=True, slots=True)
class FixedPerson:
    """Somebody the demo tells of: name, career, and courses stand fast."""

    person_id: str
    first_name: str
    last_name: str
    stints: tuple[Stint, ...]
    taken: tuple[Taken, ...] = ()
    begun: tuple[tuple[str, int], ...] = ()  # course, days before today
    protected: bool = False


def fixed_people(today: date) -> tuple[FixedPerson, ...]:
    """The people behind the accounts, on `today`.

    The medarbetare began 62 days ago: a target that gives the newly employed 90 days is due in
    28. She has neither begun nor completed MOD-FREDA.
    """
    money = "ekonomiskt bistånd"
    eva_began = date(2018, 3, 5)
    return (
        FixedPerson(
            "D00001",
            "Samira",
            "Nyström",
            (
                Stint(
                    Post("SDN-JARVA-EB", "handläggare", money),
                    today - timedelta(days=62),
                ),
            ),
            (Taken("NCK-VALD", 41, "import"), Taken("HEDER-WEBB", 23, "import")),
        ),
        FixedPerson(
            "D00002",
            "Helena",
            "Sandqvist",
            (
                Stint(
                    Post("SDN-RK-EB", "biträdande enhetschef", money),
                    date(2019, 2, 4),
                    REFORM_2023 - timedelta(days=1),
                ),
                Stint(Post("SDN-JARVA-EB", "enhetschef", money, True), REFORM_2023),
            ),
            (
                Taken("NCK-VALD", 420, "intyg"),
                Taken("MOD-FREDA", 301, "plattform"),
                Taken("NMT-SMO", 120, "import"),
            ),
        ),
        FixedPerson(
            "D00003",
            "Mikael",
            "Åkerlund",
            (Stint(Post("SDN-JARVA", "stadsdelsdirektör", STAFF_AREA, True), REFORM_2023),),
            (Taken("NCK-VALD", 380, "import"),),
        ),
        FixedPerson(
            "D00004",
            "Leyla",
            "Bergdahl",
            (
                Stint(
                    Post("SDN-ST", "verksamhetscontroller", STAFF_AREA),
                    date(2020, 9, 7),
                    REFORM_2023 - timedelta(days=1),
                ),
                Stint(Post("SDN-JARVA", "verksamhetscontroller", STAFF_AREA), REFORM_2023),
            ),
            (Taken("PROG-INTRO", 340, "narvaro"), Taken("NCK-VALD", 290, "import")),
        ),
        FixedPerson(
            "D00005",
            "Johan",
            "Westerberg",
            (Stint(Post("SN-SOS", "utredare", STAFF_AREA), date(2020, 1, 13)),),
            (Taken("NCK-VALD", 500, "import"), Taken("HEDER-WEBB", 480, "import")),
        ),
        FixedPerson(
            "D00006",
            "Eva-Lena",
            "Hallström",
            (Stint(Post("SN-SOS", "utredare", STAFF_AREA), eva_began),),
            (Taken("NCK-VALD", 610, "import"), Taken("NMT-PROSTITUTION", 300, "import")),
        ),
        FixedPerson(
            "D00010",
            "Anders",
            "Wikström",
            (Stint(Post("KS-SLK", "utredare", STAFF_AREA), date(2021, 9, 6)),),
            (Taken("NCK-VALD", 260, "import"),),
        ),
        *_colleagues(today),
    )


def _colleagues(today: date) -> tuple[FixedPerson, ...]:
    """Three in the unit the demo tells of: one at it, one running out, one protected."""
    unit, money = "SDN-JARVA-EB", "ekonomiskt bistånd"
    social_worker = Post(unit, "socialsekreterare", money)
    return (
        FixedPerson(
            "D00007",
            "Farid",
            "Lundmark",
            (Stint(social_worker, today - timedelta(days=41)),),
            begun=(("MOD-FREDA", 9),),
        ),
        FixedPerson(
            "D00008",
            "Ingrid",
            "Sjödin",
            (Stint(social_worker, date(2023, 8, 14)),),
            (Taken("NCK-VALD", 640, "import"), Taken("MOD-FREDA", 697, "plattform")),
        ),
        FixedPerson(
            "D00009",
            "Mina",
            "Ekwall",
            (Stint(Post(unit, "handläggare", money), date(2023, 10, 2)),),
            (Taken("NCK-VALD", 200, "import"),),
            protected=True,
        ),
    )
