"""`python -m tests.browser.screenshots`: the documents' pictures, taken of the running program."""

import io
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.bank import one_of_each
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.follow_up_pictures import follow_up_pictures
from tests.browser.h5p_pictures import h5p_pictures
from tests.browser.learner import Learner
from tests.browser.prepared import attempt_with
from tests.browser.quiz_page import QuizPage
from tests.browser.test_scorecard import last_ended
from tests.browser.trainer_pictures import trainer_pictures
from tests.browser.visitor import Visitor
from tests.program import ROOT, Program, demo_city

IMAGES = ROOT / "docs" / "images"
PICTURE = IMAGES / "kompetens-mot-vald.png"
PHONE, DESK, QUESTION, GAP, HEIGHT = 390, 1180, 720, 40, 844
GROUND = "#e9e4da"


def _visitor(browser: Browser, program: Program, width: int) -> Visitor:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        base_url=program.address,
        color_scheme="light",
    )
    return Visitor(context.new_page(), program)


def _lesson(visitor: Visitor) -> bytes:
    """The first screen of the module's first lesson that has a figure, on a phone."""
    learner = Learner(visitor)
    learner.log_in_plainly("medarbetare")
    learner.open_course()
    visitor.page.get_by_role("button", name="Börja").click()
    while not visitor.page.locator(".prose figure").count():
        learner.next_screen()
    visitor.page.locator(".lesson__head").evaluate("head => head.scrollIntoView()")
    return visitor.page.screenshot()


def _report(visitor: Visitor) -> bytes:
    """Mina medarbetare of the same unit's manager, at a desk."""
    Learner(visitor).log_in_plainly("enhetschef")
    return visitor.page.screenshot()


def _scorecard(visitor: Visitor) -> bytes:
    """Vårt styrkort in the last period that has ended, which the demo leaves to be signed."""
    Learner(visitor).log_in_plainly("nyckelperson")
    visitor.page.goto(f"/styrkort/SDN-JARVA/?period={last_ended()}")
    return visitor.page.screenshot(
        clip={"x": 0, "y": 0, "width": DESK, "height": 1500}, full_page=True
    )


def _questions(visitor: Visitor, program: Program) -> Iterator[tuple[str, Image.Image]]:
    """A question of each type, half of it answered, for the guide to writing them."""
    questions = one_of_each("freda")
    address = attempt_with(program, "medarbetare", [question.key for question in questions])
    Learner(visitor).log_in_plainly("medarbetare")
    visitor.page.wait_for_url("**/min-utbildning/")
    visitor.page.goto(address)
    # What stays in sight while one scrolls would stand in the pictures.
    visitor.page.evaluate(
        "document.querySelectorAll('.quiz__state, .exit-bar').forEach(one => one.remove())"
    )
    quiz = QuizPage(visitor.page)
    for number, question in enumerate(questions, start=1):
        if number in quiz.at_once:
            quiz.answer(number, lambda _number, one: one.right[: max(1, len(one.right) // 2)])
        raw = visitor.page.locator(f"[data-question='{number}']").screenshot()
        yield (
            question.type,
            Image.open(io.BytesIO(raw)).convert("P", palette=Image.Palette.ADAPTIVE),
        )


def _side_by_side(left: bytes, right: bytes) -> Image.Image:
    pictures = [Image.open(io.BytesIO(one)).convert("RGB") for one in (left, right)]
    width = sum(one.width for one in pictures) + 3 * GAP
    whole = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    whole.paste(pictures[0], (GAP, GAP))
    whole.paste(pictures[1], (pictures[0].width + 2 * GAP, GAP))
    return whole


def main() -> int:
    """Take the pictures; 1 when Chromium is missing."""
    path = chromium()
    if path is None:
        print("Chromium is not installed (Debian: apt install chromium).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="kompetens-pictures-") as folder:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = int(listener.getsockname()[1])
        program = Program(demo_city(Path(folder)), port)
        program.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
                lesson = _lesson(_visitor(browser, program, PHONE))
                report = _report(_visitor(browser, program, DESK))
                scorecard = _scorecard(_visitor(browser, program, DESK))
                asked = dict(_questions(_visitor(browser, program, QUESTION), program))
                guide = dict(trainer_pictures(_visitor(browser, program, DESK), program))
                followed = dict(follow_up_pictures(lambda: _visitor(browser, program, DESK)))
                played = dict(h5p_pictures(lambda: _visitor(browser, program, DESK), program))
                browser.close()
        finally:
            program.stop()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    _side_by_side(lesson, report).save(PICTURE, optimize=True)
    whole = Image.open(io.BytesIO(scorecard)).convert("P", palette=Image.Palette.ADAPTIVE)
    whole.save(IMAGES / "styrkort.png", optimize=True)
    for kind, picture in asked.items():
        picture.save(IMAGES / f"fraga-{kind}.png", optimize=True)
    for name, picture in guide.items():
        picture.save(IMAGES / f"utbildare-{name}.png", optimize=True)
    for name, picture in followed.items():
        picture.save(IMAGES / f"uppfoljning-{name}.png", optimize=True)
    for name, picture in played.items():
        picture.save(IMAGES / f"h5p-{name}.png", optimize=True)
    print(IMAGES.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
