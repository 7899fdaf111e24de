"""`python -m tests.browser.gallery FOLDER [--data DIR] [--only TEXT]`: every page, to be looked at.

A sheet for each page, role and theme: the page at 390, 768 and 1280 px beside each other, as the
running program shows it; with --paper what is printed, as PDF on A4. Nothing of it is kept in the
repository: the default is a new temporary folder, whose name is printed.
"""

import argparse
import io
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.gallery.journeys import JOURNEYS, save_certificate
from tests.browser.gallery.pages import PAGES, PAPER
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.config.sign_in.second_factor.phone import PASSWORD
from tests.program import Program, demo_city, manage

WIDTHS = (390, 768, 1280)
TALLEST, GAP, GROUND = 2600, 24, "#8a8a8a"
THEMES = ("light", "dark")
# An identity provider nobody asks: its button is what is pictured.
SSO = {
    "OIDC_ISSUER": "http://127.0.0.1:9/",
    "OIDC_NAME": "Stockholms stad",
    "OIDC_CLIENT_ID": "kompetens",
    "OIDC_CLIENT_SECRET": "hemligt",
    "OIDC_PERSON_ID_CLAIM": "employee_id",
}
Sheet = tuple[str, Image.Image]


def _page(browser: Browser, program: Program, theme: str, role: str = "") -> Page:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        base_url=program.address,
        color_scheme="dark" if theme == "dark" else "light",
    )
    page = context.new_page()
    if role:
        Learner(Visitor(page, program)).log_in_plainly(role)
        page.wait_for_url(lambda address: "/logga-in/" not in address)
    return page


def _at_every_width(page: Page) -> Image.Image:
    pictures = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, 0)")
        raw = page.screenshot(full_page=True, animations="disabled")
        pictures.append(Image.open(io.BytesIO(raw)).convert("RGB"))
    height = min(max(one.height for one in pictures), TALLEST)
    sheet = Image.new("RGB", (sum(WIDTHS) + 4 * GAP, height + 2 * GAP), GROUND)
    left = GAP
    for picture in pictures:
        sheet.paste(picture.crop((0, 0, picture.width, min(picture.height, TALLEST))), (left, GAP))
        left += picture.width + GAP
    return sheet


def _sheets(browser: Browser, program: Program, theme: str, only: str) -> Iterator[Sheet]:
    for role, paths in PAGES.items():
        wanted = [path for path in paths if only in f"{role}{path}"]
        ways = [way for way in JOURNEYS.get(role, ()) if only in f"{role}/{way.__name__}"]
        if not wanted and not ways:
            continue
        page = _page(browser, program, theme, role)
        for path in wanted:
            page.goto(path)
            yield f"{role or 'anonym'}{path}", _at_every_width(page)
        for way in ways:
            for name in way(Visitor(page, program)):
                yield f"{role or 'anonym'}/{way.__name__}/{name}", _at_every_width(page)
        page.context.close()


def _closed(browser: Browser, program: Program, theme: str) -> Iterator[Sheet]:
    """The log-in page of an installation with single sign-on; the page of one that is closed."""
    page = _page(browser, program, theme)
    page.goto("/logga-in/")
    yield "anonym/sso", _at_every_width(page)
    manage(program.data, "maintenance", "on")
    page.goto("/logga-in/")
    yield "anonym/maintenance", _at_every_width(page)
    manage(program.data, "maintenance", "off")
    page.context.close()


def _printed(browser: Browser, program: Program, folder: Path) -> None:
    for role, paths in PAPER.items():
        page = _page(browser, program, "light", role)
        for path in paths:
            page.goto(path)
            name = _file_name(f"{role or 'anonym'}{path}")
            page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)
        if role == "medarbetare":
            for name in JOURNEYS[role][1](Visitor(page, program)):
                file = folder / f"{_file_name(f'{role}/{name}')}.pdf"
                page.pdf(path=file, format="A4", prefer_css_page_size=True)
            save_certificate(page, folder)
        page.context.close()


def _file_name(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "_", name.lower()).strip("_")


def _save(sheets: Iterator[Sheet], theme: str, folder: Path) -> None:
    for name, sheet in sheets:
        sheet.save(folder / f"{_file_name(name)}.{theme}.png")


@contextmanager
def _running(data: Path, **environment: str) -> Iterator[Program]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        program = Program(data, int(listener.getsockname()[1]))
    os.environ.update(environment)
    program.start()
    try:
        yield program
    finally:
        program.stop()
        for name in environment:
            del os.environ[name]


def _prepared(city: Path, data: Path) -> Path:
    """A copy of the city with jobs in every state, and an administrator without a phone."""
    shutil.copytree(city, data)
    manage(data, "migrate", "--verbosity=0")
    manage(data, "shell", "-c", "from tests.browser.gallery.standing import lay; lay()")
    os.environ["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    who = ("--username=anna", "--email=anna@example.org")
    manage(data, "createsuperuser", "--noinput", *who)
    return data


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
        city = given.data or demo_city(Path(scratch))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            if given.paper:
                with _running(_prepared(city, Path(scratch) / "paper")) as program:
                    _printed(browser, program, folder)
            for theme in () if given.paper else (given.theme,) if given.theme else THEMES:
                data = _prepared(city, Path(scratch) / theme)
                with _running(data) as program:
                    _save(_sheets(browser, program, theme, given.only), theme, folder)
                if given.only in "anonym/sso anonym/maintenance":
                    with _running(data, **SSO) as program:
                        _save(_closed(browser, program, theme), theme, folder)
            browser.close()
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
