"""The demo's courses: modules taken here, web courses elsewhere, classroom courses."""

from dataclasses import dataclass

MODULE = "MOD-FREDA"
INTRODUCTION = "MOD-INTRO"


@dataclass(frozen=True, slots=True)
class Course:
    """A row of kurser.csv; `minutes` None: not known."""

    code: str
    name: str
    form: str
    provider: str
    minutes: int | None = None


WEB, CLASSROOM = "extern_webb", "lararledd"
COURSES = (
    Course(MODULE, "FREDA: att fråga om våld", "modul", "Stockholms stad", 84),
    Course(INTRODUCTION, "Introduktion: våld och våldsutsatthet", "modul", "Stockholms stad", 46),
    Course("NCK-VALD", "Webbkurs om våld", WEB, "Nationellt centrum för kvinnofrid", 180),
    Course("HEDER-WEBB", "Webbkurs Heder", WEB, "Länsstyrelsen Stockholm", 180),
    Course(
        "NMT-PROSTITUTION",
        "Webbkurs om prostitution",
        WEB,
        "Nationellt metodstöd mot prostitution och människohandel",
    ),
    Course(
        "NMT-SMO",
        "Webbutbildning om sex mot ersättning",
        WEB,
        "Nationellt metodstöd mot prostitution och människohandel",
    ),
    Course("KI-GRUND", "Grundutbildning om våld 2017–2020", CLASSROOM, "Karolinska Institutet"),
    Course(
        "INTRO-VALD",
        "Introduktion för nyanställda: avsnitt om våld",
        CLASSROOM,
        "Socialförvaltningen",
    ),
    Course("PASS-VALD", "Pass om våld för nya handläggare", CLASSROOM, "Socialförvaltningen"),
    Course("FREDA-KORT", "FREDA-kortfrågor", CLASSROOM, "Socialförvaltningen"),
    Course(
        "FREDA-BESKR-FARL",
        "FREDA-beskrivning och FREDA-farlighetsbedömning",
        CLASSROOM,
        "Socialförvaltningen",
    ),
    Course("PATRIARK", "Patriark", CLASSROOM, "Upphandlad metodutbildning"),
    Course(
        "MOTIVERA",
        "Motivera våldsutövare att söka och ta emot stöd",
        CLASSROOM,
        "Marie Cederschiöld högskola",
    ),
    Course(
        "MOTIVERA-STOD",
        "Motivera våldsutövare, för verksamheter utan myndighetsutövning",
        CLASSROOM,
        "Relationsvåldscentrum och socialförvaltningen",
    ),
    Course("VIP-LEDARE", "VIP, utbildning till gruppledare", CLASSROOM, "Socialförvaltningen"),
    Course("TRAPPAN", "Trappan, metodutbildning", CLASSROOM, "Extern utbildare"),
    Course("MANNISKOHANDEL", "Människohandel, barn och unga", CLASSROOM, "Socialförvaltningen"),
    Course(
        "SMO-DAGAR",
        "Två utbildningsdagar om sex mot ersättning och människohandel",
        CLASSROOM,
        "Mikamottagningen, KAST, regionkoordinatorerna, Stödcentrum och Ungdomsjouren",
    ),
    Course(
        "SAMTAL-BARN",
        "Samtal med barn, fem seminarier",
        CLASSROOM,
        "Sveriges Kommuner och Regioner",
    ),
    Course("BARN-UPPLEVT", "Barn som upplevt våld", CLASSROOM, "Socialförvaltningen"),
    Course("PROG-INTRO", "Introduktion till programmet mot våld", CLASSROOM, "Socialförvaltningen"),
)
