"""`python -m tests.browser.gallery FOLDER [--data DIR] [--only TEXT]`: every page, to be looked at.

A sheet for each page, role and theme: the page at 390, 768 and 1280 px beside each other, as the
running program shows it. Nothing of it is kept in the repository: the default is a new temporary
folder, whose name is printed.
"""

import argparse
import io
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.program import Program, demo_city

WIDTHS = (390, 768, 1280)
TALLEST, GAP, GROUND = 2600, 24, "#8a8a8a"
THEMES = ("light", "dark")
COURSE = "/kurser/freda/"
GROUPS = ("frame", "way", "acting", "forms", "saying", "standing", "tables", "reading")
# Role → addresses; "" is who is not signed in.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/logga-in/",
        "/lamna/",
        "/tillganglighet/",
        "/tillganglighet/brist/",
    ),
    "medarbetare": (
        "/min-utbildning/",
        "/kurser/",
        COURSE,
        f"{COURSE}varfor-fraga/",
        f"{COURSE}varfor-fraga/4/",
        "/konto/",
        "/mina-uppgifter/",
        "/mina-uppgifter/vem-har-sett/",
        "/konto/losenord/",
        "/medarbetare/",
        "/finns-inte/",
    ),
    "enhetschef": (
        "/medarbetare/",
        "/medarbetare/?namn=ingen-heter-s%C3%A5",
        "/medarbetare/?datum=i-maj",
        "/jobb/",
    ),
    "stadsdelschef": ("/medarbetare/?sida=2",),
    "nyckelperson": ("/uppfoljning/",),
    "samordnare": ("/uppfoljning/", "/komponenter/", *(f"/komponenter/{one}/" for one in GROUPS)),
    "utbildare": ("/admin/finns-inte/",),
}

PAPER: dict[str, tuple[str, ...]] = {
    "": ("/tillganglighet/",),
    "medarbetare": ("/min-utbildning/", COURSE, f"{COURSE}varfor-fraga/2/"),
    "enhetschef": ("/medarbetare/",),
    "samordnare": ("/uppfoljning/",),
}


def _context(browser: Browser, program: Program, theme: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        base_url=program.address,
        color_scheme="dark" if theme == "dark" else "light",
    )


def _at_every_width(page: Page) -> Image.Image:
    pictures = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        raw = page.screenshot(full_page=True, animations="disabled")
        pictures.append(Image.open(io.BytesIO(raw)).convert("RGB"))
    height = min(max(one.height for one in pictures), TALLEST)
    sheet = Image.new("RGB", (sum(WIDTHS) + 4 * GAP, height + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        sheet.paste(picture.crop((0, 0, picture.width, min(picture.height, TALLEST))), (left, GAP))
        left += picture.width + GAP
    return sheet


def _sheets(
    browser: Browser, program: Program, theme: str, only: str
) -> Iterator[tuple[str, Image.Image]]:
    for role, paths in PAGES.items():
        wanted = [path for path in paths if only in f"{role}{path}"]
        quiz = role == "medarbetare" and only in "medarbetare/prov/"
        if not wanted and not quiz:
            continue
        context = _context(browser, program, theme)
        page = context.new_page()
        if role:
            Learner(Visitor(page, program)).log_in_plainly(role)
            page.wait_for_url(lambda address: "/logga-in/" not in address)
        for path in wanted:
            page.goto(path)
            yield f"{role or 'anonym'}{path}", _at_every_width(page)
        if quiz:
            yield from _of_the_quiz(Visitor(page, program))
        context.close()


def _printed(browser: Browser, program: Program, folder: Path) -> None:
    """What is printed, as PDF on A4."""
    for role, paths in PAPER.items():
        page = _context(browser, program, "light").new_page()
        if role:
            Learner(Visitor(page, program)).log_in_plainly(role)
            page.wait_for_url(lambda address: "/logga-in/" not in address)
        for path in paths:
            page.goto(path)
            name = re.sub(r"[^a-z0-9-]+", "_", f"{role or 'anonym'}{path}".lower())
            page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)


def _of_the_quiz(visitor: Visitor) -> Iterator[tuple[str, Image.Image]]:
    quiz = Learner(visitor).begin_quiz()
    yield "medarbetare/prov/", _at_every_width(visitor.page)
    visitor.page.get_by_role("button", name="Lämna in", exact=True).click()
    visitor.page.locator(".error-summary").wait_for()
    yield "medarbetare/prov-obesvarat/", _at_every_width(visitor.page)
    visitor.page.get_by_role("button", name="Lämna in ändå").click()
    quiz.page.wait_for_url("**/resultat/")
    yield "medarbetare/prov-resultat/", _at_every_width(visitor.page)


def main() -> int:
    """Take the pictures; 1 when Chromium is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where the sheets go")
    parser.add_argument("--data", type=Path, help="a data folder with the demo city to copy")
    parser.add_argument("--only", default="", help="only role/path with this text")
    parser.add_argument("--paper", action="store_true", help="print what is printed, to PDF")
    parser.add_argument("--theme", choices=THEMES, help="only this theme")
    given = parser.parse_args()
    path = chromium()
    if path is None:
        print("Chromium is not installed (Debian: apt install chromium).", file=sys.stderr)
        return 1
    folder: Path = given.folder or Path(tempfile.mkdtemp(prefix="kompetens-gallery-"))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kompetens-pictures-") as scratch:
        data = Path(scratch) / "data"
        if given.data:
            shutil.copytree(given.data, data)
        else:
            data = demo_city(Path(scratch))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            program = Program(data, int(listener.getsockname()[1]))
        program.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
                if given.paper:
                    _printed(browser, program, folder)
                for theme in [] if given.paper else [given.theme] if given.theme else THEMES:
                    for name, sheet in _sheets(browser, program, theme, given.only):
                        plain = re.sub(r"[^a-z0-9-]+", "_", f"{name}{theme}".lower())
                        sheet.save(folder / f"{plain}.png")
                browser.close()
        finally:
            program.stop()
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
