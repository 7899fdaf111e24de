"""Courses and knowledge targets of a made-up city: those of the domain, as they are written.

The first fifteen reach most of the staff each, so that people times targets is nearly as many
results: the worst case for whoever computes or keeps them. Those after are narrow. Beyond the
list the same come again under codes of their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

CASE_WORKERS = "befattning=handläggare,socialsekreterare,biståndshandläggare"
CLOSE = f"{CASE_WORKERS},familjebehandlare,boendestödjare,stödassistent,undersköterska,kurator"
AREAS = (
    "verksamhetsomrade=ekonomiskt bistånd,barn och unga,missbruk och beroende,socialpsykiatri,"
    "lss,äldreomsorg"
)
DISTRICT = "enhetstyp=stadsdelsnamnd"
CHIEFS = "befattning=enhetschef,biträdande enhetschef,avdelningschef,stadsdelsdirektör"


@dataclass(frozen=True, slots=True)
class Course:
    """A row of `kurser.csv`; `weight`: how often somebody takes it."""

    code: str
    name: str
    form: str
    weight: int


COURSES = (
    Course("MOD-FREDA", "FREDA: att fråga om våld", "modul", 10),
    Course("MOD-INTRO", "Introduktion: våld och våldsutsatthet", "modul", 10),
    Course("NCK-VALD", "Webbkurs om våld", "extern_webb", 10),
    Course("HEDER-WEBB", "Webbkurs Heder", "extern_webb", 8),
    Course("NMT-PROSTITUTION", "Webbkurs om prostitution", "extern_webb", 6),
    Course("NMT-SMO", "Webbutbildning om sex mot ersättning", "extern_webb", 6),
    Course("KI-GRUND", "Grundutbildning om våld", "lararledd", 4),
    Course("INTRO-VALD", "Introduktion för nyanställda", "lararledd", 8),
    Course("PASS-VALD", "Pass om våld för nya handläggare", "lararledd", 4),
    Course("FREDA-KORT", "FREDA-kortfrågor", "lararledd", 7),
    Course("FREDA-BESKR-FARL", "FREDA-beskrivning och farlighetsbedömning", "lararledd", 3),
    Course("PATRIARK", "Patriark", "lararledd", 3),
    Course("MOTIVERA", "Motivera våldsutövare att söka stöd", "lararledd", 4),
    Course("MANNISKOHANDEL", "Människohandel, barn och unga", "lararledd", 4),
    Course("SAMTAL-BARN", "Samtal med barn, fem seminarier", "lararledd", 4),
    Course("SKYDDADE", "Skyddade personuppgifter", "extern_webb", 6),
    Course("SAMVERKAN", "Samverkan i nämnden", "lararledd", 5),
    Course("BARN-UPPLEVT", "Barn som upplevt våld", "lararledd", 4),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of `kunskapsmal.csv`; `due`: days from the city's day. `share_before`: corrected."""

    code: str
    name: str
    goal: int
    courses: str
    audience: str = ""
    level: str = "ska"
    due: int | None = None
    days_new: int | None = None
    validity: int | None = None
    share: int = 100
    share_before: int | None = None


GOALS = (
    Goal(
        *("K01", "Kunskap om våld mot närstående", 3),
        courses="NCK-VALD|KI-GRUND",
        audience=f"{DISTRICT};{AREAS} | enhet=SN",
        level="bor",
        due=-150,
        days_new=180,
        share=90,
        share_before=80,
    ),
    Goal(
        *("K02", "Första bedömning, även vid heder", 3),
        courses="HEDER-WEBB|PATRIARK",
        level="bor",
        due=120,
        days_new=180,
    ),
    Goal(
        *("K05", "Fråga om våld och veta vad man gör med svaret", 3),
        courses="MOD-FREDA|FREDA-KORT",
        audience=f"{DISTRICT};{CLOSE} | {DISTRICT};chef=ja | enhet=SN",
        due=-60,
        days_new=90,
        validity=24,
        share=80,
    ),
    Goal(
        *("K06", "Grunder om sex mot ersättning", 3),
        courses="NMT-SMO|NMT-PROSTITUTION",
        due=60,
        days_new=180,
        share=60,
    ),
    Goal(
        *("K07", "Särskild utsatthet och bemötande", 4),
        courses="MOD-INTRO+HEDER-WEBB|MOD-FREDA",
        audience="enhetstyp!=bolag;enhet!=KS",
        level="bor",
        due=-30,
        days_new=365,
        validity=36,
        share=75,
    ),
    Goal(
        *("K08", "Skyddade personuppgifter", 4),
        courses="SKYDDADE",
        due=-200,
        days_new=60,
        validity=12,
        share=95,
        share_before=100,
    ),
    Goal(
        *("K11", "Nämndens rutin för samverkan", 4),
        courses="SAMVERKAN",
        audience=DISTRICT,
        days_new=120,
    ),
    Goal(
        *("K12", "Upptäcka människohandel", 3),
        courses="MANNISKOHANDEL|NMT-PROSTITUTION",
        audience=f"{AREAS} | enhet=SN,AN;{CASE_WORKERS}",
        level="bor",
        due=210,
        days_new=365,
        share=60,
    ),
    Goal(
        *("K14", "Våld och heder i all socialtjänst", 6),
        courses="NCK-VALD+HEDER-WEBB",
        audience=f"{DISTRICT} | enhet=SN",
        level="bor",
    ),
    Goal(
        *("K20", "Våld i introduktionen för nyanställda", 6),
        courses="INTRO-VALD|MOD-INTRO|PASS-VALD",
        due=-240,
        days_new=180,
    ),
    Goal(
        *("K22", "Webbkurs om våld", 3),
        courses="NCK-VALD",
        audience=f"enhet=AMN,SN,UN,AN | {DISTRICT}",
        level="erbjuden",
    ),
    Goal(
        *("K23", "Webbkurs Heder", 3),
        courses="HEDER-WEBB",
        audience=f"enhet=AMN,SN,AN | {DISTRICT}",
        level="erbjuden",
    ),
    Goal(
        *("K24", "Webbkurs om prostitution", 3),
        courses="NMT-PROSTITUTION",
        audience=f"enhet=AMN,SN,UN | {DISTRICT}",
        level="erbjuden",
    ),
    Goal(
        *("K25", "Webbutbildning om sex mot ersättning", 3),
        courses="NMT-SMO",
        audience=f"enhet=SN | {DISTRICT}",
        level="erbjuden",
    ),
    Goal(
        *("K39", "Samtal med barn", 4),
        courses="SAMTAL-BARN|BARN-UPPLEVT+MOTIVERA",
        audience=f'{DISTRICT};befattning!="administratör"',
        level="bor",
        due=-10,
        validity=48,
        share=50,
    ),
    Goal(
        *("K04", "Strukturerad bedömning av hot och risk", 4),
        courses="FREDA-BESKR-FARL+PATRIARK",
        audience=f"{DISTRICT};verksamhetsomrade=relationsvåldsteam",
        due=-60,
        days_new=365,
        validity=60,
        share=90,
    ),
    Goal(
        *("K45", "Stöd till chefer", 3),
        courses="MOD-INTRO",
        audience=f"chef=ja | {CHIEFS}",
        level="bor",
        due=30,
        days_new=90,
    ),
    Goal(
        *("K10", "Vart man vänder sig när man möter våld", 3),
        courses="NCK-VALD|INTRO-VALD",
        audience="enhetstyp=utforare | befattning=boendestödjare",
        level="bor",
        due=150,
        days_new=180,
        share=75,
    ),
    Goal(
        *("K30", "Motivera våldsutövare", 2),
        courses="MOTIVERA",
        audience=f"{DISTRICT};befattning=socialsekreterare",
        level="erbjuden",
    ),
)


def goals(number: int) -> list[tuple[str, Goal]]:
    """So many targets, each with its code."""
    found = []
    for at in range(number):
        again, place = divmod(at, len(GOALS))
        goal = GOALS[place]
        found.append((f"{goal.code}-{again + 1}" if again else goal.code, goal))
    return found


def due_on(goal: Goal, today: date) -> date | None:
    """`senast`."""
    return None if goal.due is None else today + timedelta(days=goal.due)
