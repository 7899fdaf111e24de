"""The demo's accessibility statement: what is known of this platform, as it is."""

from datetime import date

from courses.accessibility.actions import publish_statement
from courses.accessibility.models import AccessibilityStatementPage, Compliance
from courses.modules.groundwork import site_root

SHORTCOMINGS = """
<ul>
<li><b>Redigeringsverktyget.</b> Utbildare och administratörer arbetar i Wagtails verktyg. Vi har
inte bedömt det själva. Enligt Wagtail finns kända brister, bland annat för den som använder
skärmläsare i redigeraren för sidors innehåll.</li>
<li><b>Breda tabeller.</b> På en smal skärm, eller vid stor förstoring, rullas ”Mina medarbetare”
och ”Uppföljning” i sidled inom en egen ruta. Namnet eller målet står kvar till vänster.</li>
<li><b>Filer att hämta.</b> Excel- och CSV-filer har rubriker på första raden, men är inte prövade
med hjälpmedel.</li>
<li><b>Språk.</b> Menyer och knappar finns på engelska. Kurserna och namnen på mål och enheter
finns bara på svenska. Det finns inga versioner på teckenspråk eller lättläst svenska.</li>
<li><b>Datum.</b> Hur datumväljaren ser ut och fungerar beror på webbläsaren. Det går alltid att
skriva datumet i stället.</li>
</ul>
"""
OTHERWISE = """
<p>Säg till om du behöver en kurs eller en rapport på ett annat sätt, till exempel utskriven på
papper eller uppläst. Din chef, eller den som svarar för plattformen, ordnar det med dig.</p>
"""
TESTING = """
<p>Vi har själva prövat plattformen mot WCAG 2.2, nivå A och AA (självskattning):</p>
<ul>
<li>automatiskt med verktyget axe i Chromium, på varje sida och i båda färgsättningarna, varje
gång programmet ändras</li>
<li>med enbart tangentbord: menyn, en kurs, ett helt slutprov och formuläret som rapporterar en
brist</li>
<li>på 320 bildpunkters bredd, med fyra gångers förstoring och med större avstånd i texten</li>
<li>utan skript: läsa, svara på prov och rapportera brister.</li>
</ul>
<p>Vi har ännu inte prövat med skärmläsare i händerna på någon som använder det till vardags, och
inte tillsammans med personer med funktionsnedsättning.</p>
"""
NOT_COVERED = """
<p>Sidor hos andra som kurserna hänvisar till, till exempel lagtexter och andra myndigheters
kurser.</p>
"""


def publish_demo_statement() -> AccessibilityStatementPage:
    """The statement at /tillganglighet/; one that somebody has written is left alone."""
    return publish_statement(
        below=site_root(),
        fields={
            "title": "Tillgänglighetsredogörelse",
            "organisation": "Den som driver den här demon",
            "compliance": Compliance.PARTIAL,
            "shortcomings": SHORTCOMINGS,
            "not_covered": NOT_COVERED,
            "otherwise": OTHERWISE,
            "testing": TESTING,
            "assessed_on": date(2026, 11, 21),
            "reviewed_on": date(2026, 11, 21),
            "email": "tillganglighet@example.org",
        },
    )
