"""Every page looked over, on a phone in the dark and at a desk in the light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

TABLET = 768
COURSE = "/kurser/freda/"
PAGES = {
    "medarbetare": (
        "/min-utbildning/",
        "/kurser/",
        "/sok/",
        COURSE,
        f"{COURSE}varfor-fraga/",
        "/konto/",
        "/mina-uppgifter/",
        "/mina-uppgifter/vem-har-sett/",
        "/mina-uppgifter/ta-bort/interaktivt-innehall/",
        "/paminnelser/mina/",
        "/min-utbildning/intyg/",
        "/intyg/",
    ),
    "enhetschef": (
        "/paminnelser/forhandsgranska/?enhet=SDN-JARVA-EB&mal=K05-FRAGA",
        "/paminnelser/skickade/",
        "/paminnelser/kommande/",
        "/medarbetare/",
        "/medarbetare/?datum=2025-06-30",
        "/medarbetare/?namn=Nystr%C3%B6m",
        "/medarbetare/?namn=ingen-heter-s%C3%A5",
        "/medarbetare/undantag/",
        "/medarbetare/narvaro/",
        "/medarbetare/intyg/",
        "/medarbetare/undantag/nytt/",
        "/stallforetradare/",
        "/uppfoljning/jamforelse/?mal=K01-GRUND",
        "/uppfoljning/jamforelse/personer/?mal=K01-GRUND&orsak=genomford",
    ),
    "stadsdelschef": ("/medarbetare/?grupp=on&mal=K01-GRUND",),
    "nyckelperson": (
        "/uppfoljning/",
        "/min-utbildning/",
        "/uppfoljning/jamforelse/",
        "/styrkort/SDN-JARVA/",
        "/styrkort/SDN-JARVA/kommentar/",
        "/styrkort/SDN-JARVA/signera/",
        "/styrkort/SDN-JARVA/eget/",
    ),
    "samordnare": (
        "/paminnelser/regler/",
        "/paminnelser/returer/",
        "/uppfoljning/",
        "/uppfoljning/?datum=2023-06-30&kand=2023-06-30",
        "/uppfoljning/mal/?mal=K05-FRAGA",
        "/uppfoljning/likstallighet/?mal=K05-FRAGA",
        "/uppfoljning/mal/?mal=K05-FRAGA&datum=2019-01-01",
        "/datakvalitet/",
        "/datakvalitet/okanda-enheter/",
        "/datakvalitet/utan-chef/",
        "/datakvalitet/utan-anstallning/",
        "/datakvalitet/villkor/",
        "/datakvalitet/inlasningar/",
        "/datakvalitet/matchning/",
        "/datakvalitet/intyg/",
        "/publicerat/",
        "/uppfoljning/redovisning/?mal=K05-FRAGA",
        "/uppfoljning/redovisning/?mal=K05-FRAGA&enhet=SDN-JARVA&del=forsenad",
        "/api-nycklar/",
        "/api-beskrivning/",
        "/kunskapsmal/",
        "/kunskapsmal/mal/K05-FRAGA/",
        "/styrkort/staden/",
        "/styrkort/staden/stang/",
        "/styrkort/ataganden/fortsatt/",
        "/styrkort/ataganden/",
        "/styrkort/ataganden/nytt/",
        "/styrkort/perioder/",
        "/inlasning/",
    ),
    "revisor": ("/granskningslogg/",),
    "utbildare": (
        "/min-utbildning/",
        "/sa-gor-vi-har/",
        "/prov/mer-tid/",
        "/admin/h5p/",
        "/admin/h5p/ladda-upp/",
    ),
    "administrator": ("/admin/h5p-bibliotek/",),
}
# From one of them on, by links: addresses that are drawn by lot.
ON_THE_WAY = {
    "utbildare": (
        ("/admin/h5p/", "Samtalet med Tove"),
        ("/admin/h5p/", "Samtalet med Tove", "Ta bort innehållet"),
        ("/admin/h5p/", "Samtalet med Tove", "Prova"),
    ),
    "administrator": (("/admin/h5p-bibliotek/", "Branching conversation"),),
}


# The way through the course is walked in light at both widths.
@pytest.fixture(params=[(PHONE, "dark"), (DESK, "light")], ids=["phone-dark", "desk-light"])
def somebody(
    request: pytest.FixtureRequest, new_visitor: Callable[..., Visitor]
) -> Callable[[], Visitor]:
    """Makes people with this window, who prefer this scheme."""
    size, scheme = request.param
    return lambda: new_visitor(size, color_scheme=scheme)


@pytest.mark.parametrize("role", PAGES)
def test_each_role_s_pages(role: str, new_visitor: Callable[..., Visitor]) -> None:
    """Loaded on a phone in the dark; then as wide as a tablet, and as a desk in the light."""
    visitor = new_visitor(PHONE, color_scheme="dark")
    visitor.log_in(role)
    for page in PAGES[role]:
        visitor.go(page)
        _look_otherwise(visitor)


@pytest.mark.parametrize("role", ON_THE_WAY)
def test_pages_that_links_lead_to(role: str, new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(PHONE, color_scheme="dark")
    visitor.log_in(role)
    for first, *links in ON_THE_WAY[role]:
        visitor.page.goto(first)
        for name in links:
            visitor.page.get_by_role("link", name=name, exact=True).first.click()
        visitor.look()
        _look_otherwise(visitor)


def _look_otherwise(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
    visitor.look_otherwise(TABLET, "dark")
    with visitor.at(DESK, "light"):
        visitor.look()


def test_what_is_refused_or_is_not_there(somebody: Callable[[], Visitor]) -> None:
    visitor = somebody()
    visitor.log_in("medarbetare")
    with visitor.expecting_failures():
        for page in ("/medarbetare/", "/finns-inte/", "/intyg/x/"):
            visitor.go(page)
            expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_date_that_is_none(somebody: Callable[[], Visitor]) -> None:
    visitor = somebody()
    visitor.log_in("enhetschef")
    with visitor.expecting_failures():
        visitor.go("/medarbetare/?datum=i-maj")
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def test_before_logging_in(somebody: Callable[[], Visitor]) -> None:
    visitor = somebody()
    visitor.go("/lamna/")
    visitor.go("/min-utbildning/")
    page = visitor.page
    page.get_by_label("Användarnamn").fill("medarbetare")
    page.get_by_label("Lösenord").fill("fel")
    with visitor.expecting_failures():
        page.get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("alert")).to_be_visible()
    visitor.look()
    expect(page.get_by_label("Användarnamn")).to_have_value("medarbetare")
