"""A trainer's hour: a module from nothing to the figures of its quiz, by hand in the admin."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.program import Program, manage

pytestmark = pytest.mark.browser

MODULE, CODE = "Fråga i dörren", "MOD-DORR"
FIRST, SECOND = "Innan dörren öppnas", "När dörren är öppen"
ASKED = "Var frågar du?"
SECOND_TRAINER = """
from django.contrib.auth.models import Group
from tracking.organisation.models import User
from config.demo.accounts import DEMO_PASSWORD
user = User.objects.create_user("utbildare2", password=DEMO_PASSWORD, is_demo=True)
user.groups.add(Group.objects.get(name="Utbildare"))
"""
# A second of a moving square, recorded by the browser itself: no other program is needed.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 36 });
  const ink = canvas.getContext("2d");
  let at = 0;
  const draw = setInterval(() => {
    ink.fillStyle = `rgb(${(at += 20) % 255} 80 80)`;
    ink.fillRect(0, 0, 64, 36);
  }, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.start();
  await new Promise((done) => setTimeout(done, 900));
  recorder.stop();
  await stopped;
  clearInterval(draw);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}"""
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nHon knackar på.\n"


@pytest.fixture
def trainer(new_visitor: Callable[..., Visitor]) -> Desk:
    return Desk(_signed_in(new_visitor, "utbildare"))


@pytest.fixture
def second_trainer(program: Program, new_visitor: Callable[..., Visitor]) -> Desk:
    manage(program.data, "shell", "-v", "0", "-c", SECOND_TRAINER)
    return Desk(_signed_in(new_visitor, "utbildare2"))


def _signed_in(new_visitor: Callable[..., Visitor], name: str) -> Page:
    visitor = new_visitor((1280, 1400))
    Learner(visitor).log_in_plainly(name)
    # The role's own page is the admin, which is Wagtail's to look over.
    visitor.page.wait_for_url("**/admin/")
    return visitor.page


@pytest.fixture
def film(trainer: Desk, tmp_path: Path) -> tuple[Path, Path]:
    """A film and its captions."""
    recorded, captions = tmp_path / "dorr.webm", tmp_path / "dorr.vtt"
    recorded.write_bytes(base64.b64decode(trainer.page.evaluate(RECORD)))
    captions.write_text(CAPTIONS, "utf-8")
    return recorded, captions


def _question(desk: Desk) -> None:
    desk.open("/admin/snippets/quizzes/question/add/")
    desk.fill(key="dorr-001")
    desk.write(desk.field("text"), ASKED)
    body = desk.page.locator('[data-contentpath="body"]').first
    body.get_by_title("Lägg till ett block").first.click()
    desk.page.get_by_role("option", name="Ett rätt svar", exact=True).click()
    for at, (words, why) in enumerate(
        (("I enrum.", "Där går det att svara."), ("I väntrummet.", "Där hör andra."))
    ):
        option = f"body-0-value-options-{at}-value"
        if at:
            body.get_by_title("Lägg till", exact=True).last.click()
        desk.page.locator(f"[name={option}-text]").fill(words)
        desk.page.locator(f"[name={option}-feedback]").fill(why)
    desk.page.locator("[name=body-0-value-options-0-value-correct]").check()
    desk.act("Publicera")
    expect(desk.said()).to_contain_text("dorr-001")


def _quiz(desk: Desk) -> None:
    desk.open("/admin/snippets/quizzes/quiz/add/")
    desk.fill(key="dorr", title="Slutprov i dörren")
    part = desk.page.locator("#inline_child_parts-0")
    desk.choose(part.get_by_role("button", name="Välj fråga"), "dorr-001")
    desk.page.get_by_role("button", name="Lägg till Del").click()
    desk.choose(
        desk.page.locator("#inline_child_parts-1").get_by_role("button", name="Välj fråga"),
        "freda-001",
    )
    desk.fill(pass_percent="50")
    desk.act("Publicera")
    expect(desk.said()).to_contain_text("Slutprov i dörren")


def _course(desk: Desk) -> int:
    desk.open("/admin/pages/")
    # Each language has its tree; the Swedish one is where courses are written.
    rows = desk.page.get_by_role("row").filter(has_not_text="English")
    rows.get_by_role("link", name="Utforska undersidor till 'Kompetens mot våld'").click()
    desk.page.get_by_role("link", name="Utforska undersidor till 'Kurser'").click()
    desk.page.wait_for_load_state("networkidle")
    desk.page.locator("a[href$='/add_subpage/']").first.click()
    desk.page.wait_for_load_state("networkidle")
    desk.fill(title=MODULE, course_code=CODE, summary="Att fråga där man är.", minutes="15")
    desk.choose(desk.page.get_by_role("button", name="Välj prov"), "Slutprov i dörren")
    desk.save_draft()
    return desk.number


def _lesson(desk: Desk, course: int, title: str, minutes: str) -> None:
    desk.open(f"/admin/pages/add/courses/lessonpage/{course}/")
    desk.fill(title=title, objective="Du kan fråga i enrum.", minutes=minutes)


def _first_lesson(desk: Desk, course: int, film: tuple[Path, Path]) -> int:
    _lesson(desk, course, FIRST, "5")
    desk.add_screen("Se hur det går till")
    block = desk.add_block("Film")
    block.locator("[name$='-title']").fill("Hon knackar på")
    desk.upload(block.get_by_role("button", name="Välj ett dokument").first, "Dörr", film[0])
    desk.save_draft()
    # Without captions and transcript nothing is sent on, and the panel leads to the place.
    panel = desk.checks()
    expect(panel).to_contain_text("Filmen saknar undertexter.")
    desk.act("Publicera")
    expect(desk.said()).to_contain_text("är inte publicerad än")
    desk.said().get_by_role("link", name="undertexter").click()
    block = desk.page.locator("[data-streamfield-child]").last
    desk.upload(
        desk.field("captions").get_by_role("button", name="Välj ett dokument"), "Text", film[1]
    )
    desk.write(desk.field("transcript"), "Hon knackar på och frågar om hon får komma in.")
    desk.save_draft()
    return desk.number


def _case(desk: Desk) -> None:
    desk.add_block("Fall")
    start = "body-0-value-content-0-value"
    desk.page.locator(f"[name={start}-key]").fill("dorren")
    desk.page.locator(f"[name={start}-title]").fill("I trappan")
    desk.page.locator(f"[name={start}-start]").fill("a")
    steps = desk.field("steps")
    for at, (name, text) in enumerate(
        (("a", "Grannen står bredvid."), ("b", "Ni går in."), ("c", "Hon säger att allt är bra."))
    ):
        if at:
            steps.locator(":scope > div").get_by_title("Lägg till", exact=True).last.click()
        desk.unfold(steps)
        desk.page.locator(f"[name={start}-steps-{at}-value-id]").fill(name)
        desk.write(desk.field("steps.text"), text)
        if at:
            desk.page.locator(f"[name={start}-steps-{at}-value-end]").check()
            verdict = desk.page.locator(f"[name={start}-steps-{at}-value-verdict]")
            verdict.select_option("good" if name == "b" else "poor")
    for at, (words, to) in enumerate((("Vänta tills ni är ensamma.", "b"), ("Fråga nu.", "c"))):
        choices = desk.page.locator("[data-contentpath=choices]").first
        choices.get_by_title("Lägg till", exact=True).last.click()
        choice = f"{start}-steps-0-value-choices-{at}-value"
        desk.page.locator(f"[name={choice}-text]").fill(words)
        desk.page.locator(f"[name={choice}-to]").fill(to)


def _second_lesson(desk: Desk, course: int) -> int:
    _lesson(desk, course, SECOND, "8")
    desk.add_screen("I trappan")
    _case(desk)
    desk.add_screen("Pröva dig själv")
    check = desk.add_block("Kunskapskontroll")
    desk.choose(check.get_by_role("button", name="Välj fråga"), "freda-002")
    preview = desk.preview()
    expect(preview.get_by_role("heading", level=1)).to_have_text("I trappan")
    preview.get_by_role("button", name="Vänta tills ni är ensamma.").click()
    expect(preview.get_by_text("Ni går in.").last).to_be_visible()
    preview.get_by_role("link", name="Nästa").click()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Pröva dig själv")
    desk.save_draft()
    return desk.number


def _approve(desk: Desk, title: str) -> None:
    desk.open("/admin/")
    waiting = desk.page.locator("section", has_text="Inväntar din granskning")
    waiting.get_by_role("link", name=title, exact=True).click()
    desk.page.wait_for_load_state("networkidle")
    desk.act("Godkänn och publicera")
    expect(desk.said()).not_to_contain_text("inte publicerad")


def test_a_trainer_s_hour(
    trainer: Desk,
    second_trainer: Desk,
    film: tuple[Path, Path],
    new_visitor: Callable[..., Visitor],
    visitors: list[Visitor],
) -> None:
    _question(trainer)
    _quiz(trainer)
    course = _course(trainer)
    pages = [course, _first_lesson(trainer, course, film), _second_lesson(trainer, course)]
    for number in pages:
        trainer.open(f"/admin/pages/{number}/edit/")
        trainer.act("Lämna in till Granskning")
    for title in (MODULE, FIRST, SECOND):
        _approve(second_trainer, title)

    visitor = new_visitor((390, 844))
    visitor.log_in("medarbetare")
    learner = Learner(visitor, MODULE)
    learner.open_course()
    visitor.page.get_by_role("button", name="Börja").click()
    expect(visitor.page.locator("video track")).to_have_attribute("kind", "captions")
    learner.read_lessons()
    visitor.page.get_by_role("button", name="Börja provet").click()
    learner.quiz()
    visitor.page.get_by_label("I enrum.").check()
    visitor.page.get_by_role("button", name="Lämna in", exact=True).click()
    visitor.page.get_by_role("button", name="Lämna in ändå").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Du är godkänd")

    trainer.open("/admin/fragor/analys/")
    trainer.page.get_by_role("link", name="Slutprov i dörren").click()
    expect(trainer.page.locator("main")).to_contain_text(ASKED)
    expect(trainer.page.locator("main")).to_contain_text("dorr-001")

    for one in visitors:
        # A draft that is saved by itself before a required field is filled in is refused.
        one.troubles[:] = [
            said
            for said in one.troubles
            if "Bad Request" not in said and not (": 400 from " in said and "/admin/" in said)
        ]
