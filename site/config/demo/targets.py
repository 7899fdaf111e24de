"""The demo's knowledge targets, with their sources.

What the city only spreads or offers is `erbjuden`: it makes nobody late. Where a source gives no
deadline, validity, share, course or audience, the row says `antagande=ja`. Deadlines follow
`today`, so that the demo never looks abandoned.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from config.demo.catalogue import INTRODUCTION, MODULE

PLAN = "Implementeringsplan för programmet mot våld 2021–2025 (hösten 2021)"
REPORT = "Lägesrapport för programmet mot våld (våren 2022)"
REPLY = "Svar på skrivelse om utbildning (september 2022)"
REVIEW = "Översyn av stadens stöd (maj 2023)"
GUIDELINES = "Riktlinjer för handläggning av ärenden som rör våld (2023)"

ASKING = "K05-FRAGA"


@dataclass(frozen=True, slots=True)
class Target:
    """A row of kunskapsmal.csv. `due` is a month's last day, counted in months from today's."""

    code: str
    name: str
    goal: int
    courses: str
    audience: str
    level: str
    source: str
    due: int | None = None
    days_new: int | None = None
    validity: int | None = None
    share: int = 100
    assumption: bool = False


DISTRICT = "enhetstyp=stadsdelsnamnd"
CASE_AREAS = (
    "verksamhetsomrade=ekonomiskt bistånd,barn och unga,missbruk och beroende,socialpsykiatri,"
    "funktionsnedsättning,äldreomsorg,relationsvåldsteam"
)
CASE_WORKERS = "befattning=handläggare,socialsekreterare,biståndshandläggare"
CASE_WORK = f"{DISTRICT};{CASE_AREAS};{CASE_WORKERS},biträdande enhetschef"
ALL_CASE_WORK = f"{CASE_WORK} | {DISTRICT};verksamhetsomrade=familjerätt;{CASE_WORKERS}"
EMERGENCY = f"enhet=SN-SOCIALJOUREN;{CASE_WORKERS},biträdande enhetschef"
CHIEFS = "befattning=enhetschef,biträdande enhetschef"
RVT = "verksamhetsomrade=relationsvåldsteam"
AUTHORITY = (
    "verksamhetsomrade=ekonomiskt bistånd,barn och unga,missbruk och beroende,socialpsykiatri,"
    "funktionsnedsättning,äldreomsorg"
)
SOCIAL_SERVICES = "enhet=SN | enhetstyp=stadsdelsnamnd"

TARGETS = (
    Target(
        "K01-GRUND",
        "Kunskap om våld och övergrepp av eller mot närstående",
        3,
        "NCK-VALD|KI-GRUND",
        f"{ALL_CASE_WORK} | {EMERGENCY}",
        "bor",
        f"{GUIDELINES}, ”Kompetens om våld och förtryck inom socialtjänsten”; allmänna råd "
        "4 kap. HSLF-FS 2022:39",
        due=-5,
        days_new=180,
        assumption=True,
    ),
    Target(
        "K02-HEDER",
        "Teori för en första bedömning av omedelbar risk, även vid heder",
        3,
        "HEDER-WEBB|PATRIARK",
        ALL_CASE_WORK,
        "bor",
        f"{GUIDELINES}, ”Kompetens om våld och förtryck inom socialtjänsten”",
        due=4,
        days_new=180,
        assumption=True,
    ),
    Target(
        "K04-BEDOMNING",
        "Strukturerad bedömning av hot och risk: FREDA och Patriark",
        4,
        "FREDA-BESKR-FARL+PATRIARK",
        f"{DISTRICT};{RVT};befattning=socialsekreterare,biträdande enhetschef",
        "ska",
        f"{GUIDELINES}, ”Utredning enligt 11 kap. 1 §” och ”Bedömningsmetoder”",
        due=-2,
        days_new=365,
        validity=60,
        share=90,
        assumption=True,
    ),
    Target(
        ASKING,
        "Fråga om våld och veta vad man gör med svaret",
        3,
        MODULE,
        CASE_WORK,
        "ska",
        f"{GUIDELINES}, ”Rutiner för att upptäcka att någon utsätts för våld och förtryck”",
        due=-2,
        days_new=90,
        validity=24,
        share=80,
        assumption=True,
    ),
    Target(
        "K06-ERSATTNING",
        "Grundläggande kunskap om sex mot ersättning",
        3,
        "NMT-SMO|NMT-PROSTITUTION|SMO-DAGAR",
        f"{CASE_WORK} | {EMERGENCY}",
        "ska",
        f"{GUIDELINES}, ”I mötet med den våldsutsatta”",
        due=2,
        days_new=180,
        share=60,
        assumption=True,
    ),
    Target(
        "K09-BARN",
        "Kunskap om barns behov på boenden som tar emot barn",
        4,
        "BARN-UPPLEVT|SAMTAL-BARN",
        "enhet=SN-KCK,SN-HVILAN,SN-SYRENEN",
        "bor",
        f"{GUIDELINES}, ”Skyddat boende”; allmänna råd 6 kap. HSLF-FS 2022:39",
        due=-1,
        days_new=365,
        share=75,
        assumption=True,
    ),
    Target(
        "K10-UTFORARE",
        "Veta vart man vänder sig när man möter våld",
        3,
        "NCK-VALD|INTRO-VALD",
        "enhetstyp=utforare | befattning=boendestödjare",
        "bor",
        f"{GUIDELINES}, ”Samverkan med utförare”",
        due=5,
        days_new=180,
        share=75,
        assumption=True,
    ),
    Target(
        "K12-MANNISKOHANDEL",
        "Upptäcka människohandel, prostitution och de som utnyttjar",
        3,
        "MANNISKOHANDEL|NMT-PROSTITUTION",
        f"{DISTRICT};{CASE_AREAS};{CASE_WORKERS} | enhet=SN;befattning=socialsekreterare,"
        "behandlare,kurator",
        "bor",
        f"{REPORT}, ”Implementering av stadens handlingsplan”",
        due=7,
        days_new=365,
        share=60,
        assumption=True,
    ),
    Target(
        "K20-INTRO",
        "Avsnitt om våld i introduktionen för nyanställda",
        6,
        f"INTRO-VALD|{INTRODUCTION}|NCK-VALD|KI-GRUND|PASS-VALD",
        f"{DISTRICT};{CASE_AREAS};{CASE_WORKERS}",
        "ska",
        f"{PLAN}, bilaga 1, ”alla introutbildningar”",
        due=-8,
        days_new=180,
        assumption=True,
    ),
    Target(
        "K21-PASS",
        "Pass om våld för nya handläggare",
        3,
        "PASS-VALD",
        f"{DISTRICT};verksamhetsomrade=funktionsnedsättning,missbruk och beroende;{CASE_WORKERS}",
        "erbjuden",
        f"{REPLY}, ”introduktionsutbildningarna”",
    ),
    Target(
        "K22-NCK",
        "Webbkurs om våld",
        3,
        "NCK-VALD",
        "enhet=AMN,SN,UN,AN | enhetstyp=stadsdelsnamnd",
        "erbjuden",
        f"{PLAN}, bilaga 1, ”Sprida grundkursen Webbkurs om våld”",
    ),
    Target(
        "K23-HEDER",
        "Webbkurs Heder",
        3,
        "HEDER-WEBB",
        "enhet=AMN,SN,AN | enhetstyp=stadsdelsnamnd",
        "erbjuden",
        f"{PLAN}, bilaga 1, ”Sprida grundkursen Webbkurs Heder”",
    ),
    Target(
        "K24-PROSTITUTION",
        "Webbkurs om prostitution",
        3,
        "NMT-PROSTITUTION",
        "enhet=AMN,SN,UN | enhetstyp=stadsdelsnamnd",
        "erbjuden",
        f"{PLAN}, bilaga 1, ”Sprida grundkursen Webbkurs om prostitution”",
    ),
    Target(
        "K25-SMO",
        "Webbutbildning om sex mot ersättning",
        3,
        "NMT-SMO",
        SOCIAL_SERVICES,
        "erbjuden",
        f"{REPLY}, tredje frågan; {REPORT}, ”Kunskapshöjande insatser”",
    ),
    Target(
        "K26-FREDA-KORT",
        "FREDA-kortfrågor",
        3,
        "FREDA-KORT",
        f"{DISTRICT};{CASE_AREAS};{CASE_WORKERS},enhetschef,biträdande enhetschef",
        "erbjuden",
        f"{REPLY}, ”utbildning i FREDA”; {REPORT}, ”Att upptäcka våld”",
    ),
    Target(
        "K27-FREDA",
        "FREDA-beskrivning och FREDA-farlighetsbedömning",
        4,
        "FREDA-BESKR-FARL",
        f"{DISTRICT};{RVT}",
        "erbjuden",
        f"{REPORT}, ”Under hösten planeras”; målgruppen står inte i källan",
        assumption=True,
    ),
    Target(
        "K29-PATRIARK",
        "Patriark",
        4,
        "PATRIARK",
        f"{DISTRICT};verksamhetsomrade=relationsvåldsteam,barn och unga;"
        "befattning=socialsekreterare,enhetschef,biträdande enhetschef",
        "erbjuden",
        f"{REPORT}, ”riskbedömningsmetoden Patriark”; {PLAN}, mål 4 och 6",
    ),
    Target(
        "K30-MOTIVERA",
        "Motivera våldsutövare att söka och ta emot stöd",
        2,
        "MOTIVERA",
        f"{DISTRICT};{AUTHORITY};befattning=socialsekreterare,enhetschef,biträdande enhetschef",
        "erbjuden",
        f"{PLAN}, mål 2 och 6; {REPORT}, ”Stöd till vuxna”",
    ),
    Target(
        "K31-MOTIVERA-STOD",
        "Motivera våldsutövare, utan myndighetsutövning",
        2,
        "MOTIVERA-STOD",
        f"{DISTRICT};verksamhetsomrade=öppenvård,relationsvåldscentrum,fältverksamhet,"
        "ungdomsmottagning",
        "erbjuden",
        f"{REPORT}, ”Stöd till vuxna”",
    ),
    Target(
        "K33-VIP",
        "Gruppledare för VIP",
        1,
        "VIP-LEDARE",
        "enhetstyp=utforare;verksamhetsomrade=funktionsnedsättning",
        "erbjuden",
        f"{REPLY}, ”VIP-utbildning”",
    ),
    Target(
        "K34-TRAPPAN",
        "Trappan för behandlare på relationsvåldscentrum",
        4,
        "TRAPPAN",
        "verksamhetsomrade=relationsvåldscentrum;befattning=behandlare",
        "erbjuden",
        f"{REPORT}, ”Trappansamtal”",
    ),
    Target(
        "K39-SAMTAL-BARN",
        "Samtal med barn",
        4,
        "SAMTAL-BARN",
        DISTRICT,
        "erbjuden",
        f"{REPORT}, ”4. Bemötande”: spridd till samtliga stadsdelsförvaltningar",
    ),
    Target(
        "K47-PROGRAM",
        "Introduktion till programmet för nyckelfunktioner",
        6,
        "PROG-INTRO",
        "befattning=verksamhetscontroller,avdelningschef,stadsdelsdirektör,förvaltningschef,"
        "verkställande direktör",
        "erbjuden",
        f"{PLAN}, ”Olika roller i implementeringen”; befattningarna är ett antagande",
        assumption=True,
    ),
)


def month_end(today: date, months: int) -> date:
    """The last day of the month so many months from today's (0: this month's)."""
    month = today.year * 12 + today.month - 1 + months
    year, index = divmod(month, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


def due_on(target: Target, today: date) -> date | None:
    """The deadline of `senast`, laid relative to `today`."""
    return None if target.due is None else month_end(today, target.due)
