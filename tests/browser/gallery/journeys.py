"""Pages that are only there on the way through something: quiz, second factor, files, jobs."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.bank import one_of_each
from tests.browser.gallery.pages import COURSE
from tests.browser.learner import Learner
from tests.browser.prepared import attempt_with
from tests.browser.quiz_page import QuizPage, rightly, wrongly
from tests.browser.visitor import Visitor
from tests.config.sign_in.second_factor.phone import PASSWORD, Phone

Named = Iterator[str]  # the page that stands there now is to be pictured under this name
Journey = Callable[[Visitor], Named]
# What can stand in a lesson, by what it looks like there.
BLOCKS = {
    "text": ".prose p",
    "figur": ".figure, figure",
    "fall": "[data-case]",
    "kontroll": "[data-check]",
    "reflektion": ".reflection",
    "anmarkning": ".note",
    "steg": ".steps",
    "repliker": ".sayings",
    "stod": ".support-pointer",
    "tabell": ".prose table",
}
WRONG_FILE = "kod;namn;form;minuter\r\n;Namnlös;brevkurs;en kvart\r\nX;;extern_webb;30\r\n"
GOOD_FILE = "kod;namn;form;minuter\r\nNY-KURS;En ny kurs;extern_webb;30\r\n"


def lessons(visitor: Visitor) -> Named:
    """The first screen that has each block, then its case walked and its check answered wrongly."""
    page, left = visitor.page, dict(BLOCKS)
    page.goto(COURSE)
    parts = page.locator(".parts a").evaluate_all("all => all.map((a) => a.href)")
    for part in dict.fromkeys(parts):
        page.goto(part)
        for number in range(1, page.locator(".lesson__ticks > *").count() + 1):
            page.goto(f"{part}{number}/")
            found = [name for name, where in left.items() if page.locator(where).count()]
            if not found:
                continue
            yield f"lektion-{'-'.join(found)}"
            for name in found:
                del left[name]
            if "fall" in found:
                page.locator(".case__option").first.click()
                yield "lektion-fall-gatt"
            if "kontroll" in found:
                check = page.locator("[data-check]").first
                check.locator(".option input").first.check()
                check.get_by_role("button").first.click()
                page.locator(".question__outcome").first.wait_for()
                yield "lektion-kontroll-besvarad"


def quiz(visitor: Visitor) -> Named:
    """Asked, handed in with nothing, failed; asked again, passed; the certificate's place."""
    page = visitor.page
    Learner(visitor).begin_quiz()
    yield "prov"
    page.get_by_role("button", name="Lämna in", exact=True).click()
    page.locator(".error-summary").wait_for()
    yield "prov-obesvarat"
    page.get_by_role("button", name="Lämna in ändå").click()
    page.wait_for_url("**/resultat/")
    yield "prov-underkant"
    again = Learner(visitor).begin_quiz()
    again.answer_all(rightly)
    again.wait_until("saved")
    again.hand_in()
    yield "prov-godkant"
    page.goto("/min-utbildning/")
    yield "min-utbildning-med-intyg"
    page.goto(COURSE)
    yield "kurs-klar"


def question_types(visitor: Visitor) -> Named:
    """A question of each type: asked, answered wrongly, judged."""
    questions = one_of_each("freda")
    keys = [question.key for question in questions]
    visitor.page.goto(attempt_with(visitor.program, "medarbetare", keys))
    yield "fragetyper"
    asked = QuizPage(visitor.page)
    asked.answer_all(wrongly)
    asked.wait_until("saved")
    yield "fragetyper-besvarade"
    asked.hand_in()
    yield "fragetyper-bedomda"


def seen_by(visitor: Visitor) -> Named:
    """The log of who has seen her, after her manager has."""
    visitor.page.goto("/mina-uppgifter/vem-har-sett/")
    yield "vem-har-sett"


def person(visitor: Visitor) -> Named:
    """One of the manager's people, and the menu standing open."""
    page = visitor.page
    page.goto("/medarbetare/")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    yield "en-medarbetare"
    page.locator(".person-menu summary").click()
    yield "menyn"


def jobs(visitor: Visitor) -> Named:
    """The list, and each of its jobs."""
    page = visitor.page
    page.goto("/jobb/")
    yield "jobb"
    links = page.locator("tbody a").evaluate_all("all => all.map((a) => a.href)")
    for number, link in enumerate(links, start=1):
        page.goto(link)
        yield f"jobb-{number}"


def files(visitor: Visitor) -> Named:
    """A file with faults, a good one tried and brought in, and nothing chosen."""
    page = visitor.page
    page.goto("/inlasning/")
    page.get_by_role("button", name="Provläs filen").click()
    page.locator(".error-summary").wait_for()
    yield "inlasning-inget-valt"
    for name, text in (("fel", WRONG_FILE), ("provlast", GOOD_FILE)):
        page.goto("/inlasning/")
        page.get_by_label("Vad filen innehåller").select_option("courses")
        file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Provläs filen").click()
        page.wait_for_url("**/jobb/**")
        page.locator(".job__outcome").wait_for(timeout=60_000)
        yield f"inlasning-{name}"
    page.get_by_role("button", name="Läs in filen").click()
    page.wait_for_url("**/jobb/**")
    yield "inlasning-inlast"


def writing(visitor: Visitor) -> Named:
    """A question and a quiz as the trainer edits them."""
    page = visitor.page
    for kind in ("question", "quiz"):
        page.goto(f"/admin/snippets/quizzes/{kind}/")
        page.locator("tbody a[href*='/edit/']").first.click()
        page.wait_for_load_state()
        yield f"redigera-{kind}"


def report(visitor: Visitor) -> Named:
    """The form with its errors, the wrong password, and the thanks."""
    page = visitor.page
    page.goto("/tillganglighet/brist/")
    page.get_by_role("button", name="Skicka rapporten").click()
    page.get_by_role("alert").wait_for()
    yield "brist-med-fel"
    page.get_by_label("Vad fungerar inte?").fill("Knappen syns inte.")
    page.get_by_role("button", name="Skicka rapporten").click()
    page.wait_for_load_state()
    yield "brist-tack"
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("medarbetare")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("alert").wait_for()
    yield "logga-in-fel"


def second_factor(visitor: Visitor) -> Named:
    """Setting the phone up, its code refused, the recovery codes, and the code asked for."""
    page = visitor.page
    page.goto("/logga-in/?next=/konto/")
    page.get_by_label("Användarnamn").fill("anna")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/logga-in/telefon/")
    yield "telefon"
    phone = Phone(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Kod").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_text("Koden är fel").first.wait_for()
    yield "telefon-fel-kod"
    page.get_by_role("textbox", name="Kod").fill(phone.code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/konto/reservkoder/")
    yield "reservkoder"
    page.get_by_role("button", name="Jag har sparat dem").click()
    page.wait_for_url("**/konto/")
    yield "konto-med-telefon"
    page.goto("/konto/kod/")
    yield "byt-telefon"
    page.goto("/konto/")
    page.get_by_role("button", name="Logga ut överallt").click()
    page.wait_for_url("**/logga-in/")
    page.get_by_label("Användarnamn").fill("anna")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/logga-in/kod/")
    yield "kod"


# After the plain addresses of the same role; "" is who is not signed in.
JOURNEYS: dict[str, tuple[Journey, ...]] = {
    "": (report, second_factor),
    "medarbetare": (lessons, quiz, question_types, seen_by),
    "enhetschef": (person, jobs),
    "samordnare": (files,),
    "utbildare": (writing,),
}


def save_certificate(page: Page, folder: Path) -> None:
    """The certificate as it is handed out, where there is one."""
    page.goto("/min-utbildning/")
    link = page.locator("a[href*='/intyg/']").first
    if link.count():
        page.goto(str(link.get_attribute("href")))
        page.pdf(path=folder / "intyg.pdf", format="A4", prefer_css_page_size=True)
