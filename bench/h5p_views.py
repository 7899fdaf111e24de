"""`python -m bench.h5p_views`: what a lesson with a player moves, at first and later views.

The demo city is loaded and served as in production. A browser with nothing kept opens a lesson and
its content until it plays; then the lesson once more; then, begun anew on the same folder, the
day after, when the content has another address. Counted is what passes between browser and server,
and how long it takes from the press of the button until it plays, on a phone's slow network.
"""

import argparse
import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, TimeoutError, sync_playwright

from bench.processes import HOST, served
from bench.relay import Line, Passed, Relay, relayed
from bench.surroundings import ROOT, commit, machine, run, say
from bench.weight import KB, PHONE, PROFILE, start
from config.demo.accounts import DEMO_PASSWORD
from tests.browser.chromium import ARGUMENTS, chromium

SETTINGS = "bench.h5p_views_settings"
LIBRARIES, SCRIPTS, SCRIPT_BYTES, FILM_BYTES = 20, 3, 20_000, 2_000_000
ONE_CACHE = "--disable-features=SplitCacheByNetworkIsolationKey"
QUIET_SECONDS = 1.5  # after the last byte has passed
VIEWS = ("first", "again", "the day after")
KINDS = {
    "libraries": "/h5p/bibliotek/",
    "content": "/h5p/spel/",
    "core and our own": "/static/",
}
WORDS = """
    var this function return if else for null true length prototype event params content
    trigger question H5P jQuery $container addClass removeClass index value options self
    undefined === && || ( ) { } [ ] ; , . = + 0 1
"""
TYPE = """
window.Bench = window.Bench || {};
Bench.Film = class extends H5P.EventDispatcher {
  constructor(params, id) { super(); this.params = params; this.contentId = id; }
  attach($container) {
    const film = document.createElement("video");
    film.preload = "auto";
    film.muted = true;
    film.src = H5P.getPath(this.params.film, this.contentId);
    $container.append(film);
    film.play().catch(() => undefined);
  }
};
"""


def script(mark: int) -> str:
    """Give a script as large as they are, of words that code is made of; it does nothing."""
    chosen, words = random.Random(mark), WORDS.split()
    text, size = [f"/* {mark} "], 0
    while size < SCRIPT_BYTES:
        word = chosen.choice(words) if chosen.random() < 0.8 else f"v{chosen.randrange(900)}"
        text.append(word)
        size += len(word) + 1
    return " ".join([*text, "*/"])


def film() -> bytes:
    """Give something to play that does not pack: sound, as no film is made without a tool."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(random.Random(1).randbytes(FILM_BYTES))
    return out.getvalue()


def make(path: Path) -> None:
    """Write a package as large as those of InteractiveVideo are."""
    from bench.h5p import written
    from courses.h5p.package import LibraryName, Opener, describe, pack

    names = [LibraryName(f"Bench.Part{at}", 1, 0) for at in range(1, LIBRARIES)]
    names.append(LibraryName("Bench.Film", 1, 0))
    needs = [
        {"machineName": one.machine_name, "majorVersion": 1, "minorVersion": 0} for one in names
    ]
    libraries = {}
    for number, name in enumerate(names):
        scripts = {f"{at}.js": script(number * SCRIPTS + at) for at in range(SCRIPTS)}
        if name == names[-1]:
            scripts["0.js"] += TYPE
        described = {
            "machineName": name.machine_name, "majorVersion": 1, "minorVersion": 0,
            "patchVersion": 0, "title": name.machine_name, "runnable": int(name == names[-1]),
            "preloadedJs": [{"path": file} for file in scripts],
            "preloadedCss": [{"path": "a.css"}],
        }  # fmt: skip
        style = "".join(f".{name.machine_name}-{at} {{ margin: {at}px }}\n" for at in range(200))
        files = {**scripts, "library.json": described, "a.css": style, "semantics.json": []}
        libraries[name] = {file: written(value) for file, value in files.items()}
    content: dict[str, Opener] = {
        "content.json": written({"film": "videos/film.wav"}),
        "videos/film.wav": partial(io.BytesIO, film()),
    }
    description = describe(
        {
            "title": "Bench", "language": "sv", "mainLibrary": "Bench.Film",
            "embedTypes": ["div"], "preloadedDependencies": needs,
        }
    )  # fmt: skip
    with path.open("wb") as out:
        pack(out, description, content, libraries)


def prepare(path: str) -> list[dict[str, str]]:
    """Put the package into a lesson; give a screen with each of our own types, and that one."""
    from django.utils import timezone

    from courses.h5p.store.actions import approve_libraries, import_package
    from courses.h5p.store.models import H5PContent
    from courses.pages.models import LessonPage

    swedish = LessonPage.objects.live().filter(alias_of=None, locale__language_code="sv")
    found: dict[str, dict[str, str]] = {}
    for lesson in swedish.order_by("pk"):
        for at, screen in enumerate(lesson.body.raw_data, start=1):
            for block in screen["value"]["content"]:
                if block["type"] == "interactive":
                    content = H5PContent.objects.get(pk=block["value"]["content"])
                    assert content.current is not None
                    url = lesson.screen_url(at)
                    about = {"title": content.current.main_library, "url": url}
                    found.setdefault(content.current.main_library, about)
    now = timezone.now()
    came = import_package(path=Path(path), actor=None, now=now)
    approve_libraries(libraries=list(came.brought), actor=None, now=now)
    lesson = swedish.order_by("pk")[0]
    screens = list(lesson.body.raw_data)
    value = {"content": came.content.pk, "requirement": "shown", "percent": None}
    block = {"type": "interactive", "value": value, "id": str(came.content.public_id)}
    screens[0]["value"]["content"].append(block)
    lesson.body = screens
    lesson.save()
    large = {"title": f"{LIBRARIES} libraries, film of 2 MB", "url": lesson.screen_url(1)}
    return [*found.values(), large]


@contextmanager
def browser(
    playwright: Playwright, base: str, folder: Path, arguments: list[str]
) -> Iterator[BrowserContext]:
    """Within: a learner signed in, in a browser that keeps what it keeps in `folder`."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=chromium(),
        args=ARGUMENTS + arguments,
        base_url=base,
        viewport=PHONE,
        locale="sv-SE",
    )
    page = context.new_page()
    page.goto("/logga-in/")
    page.fill("input[name=username]", "medarbetare")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/min-utbildning/")
    page.close()
    yield context
    context.close()


def settled(relay: Relay, page: Page) -> None:
    """Wait until nothing has passed for a while."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_SECONDS:
        page.wait_for_timeout(100)
        passed = sum(one.size + 1 for one in relay.passed)
        if passed != before:
            before, since = passed, time.monotonic()


def slow() -> Line:
    """Give the network of the other benches that are slow."""
    return Line(float(PROFILE["downloadThroughput"]), float(PROFILE["latency"]) / 1000)


def view(context: BrowserContext, relay: Relay, url: str) -> tuple[float, list[Passed]]:
    """Open the lesson in a page of its own, and in it the content.

    Gives the seconds from the button's press until it played, and what passed.
    """
    page = context.new_page()
    relay.taken()
    relay.line = slow()
    page.goto(url, wait_until="load")
    settled(relay, page)
    block = page.locator("[data-h5p]").last
    pressed = time.monotonic()
    block.locator("[data-h5p-open] button").first.click()
    try:
        page.locator("[data-h5p][data-standing=playing]").wait_for(timeout=60_000)
    except TimeoutError:
        told(relay.passed, "never played")
        raise
    seconds = time.monotonic() - pressed
    settled(relay, page)
    found = relay.taken()
    page.close()
    relay.line = None
    return seconds, found


def told(passed: list[Passed], when: str) -> None:
    """Say each request, to whoever looks into the table."""
    for one in passed:
        say(f"{when}: {one.status} {one.size:>8} {one.path}")


def row(title: str, when: str, seconds: float, passed: list[Passed]) -> str:
    """A line of the table: how long, everything, and of which kinds."""
    cells = [title, when, f"{seconds:.1f}", *_weighed(passed)]
    for start_of in KINDS.values():
        cells += _weighed([one for one in passed if one.path.startswith(start_of)])
    return f"| {' | '.join(cells)} |"


def head() -> str:
    """The table's first two lines."""
    names = "".join(f" {name} | kB |" for name in ("requests", *KINDS))
    columns = "---:|" * (3 + 2 * len(KINDS))
    return f"| content | view | plays after s |{names}\n|---|---|{columns}"


def _weighed(passed: list[Passed]) -> list[str]:
    return [str(len(passed)), f"{sum(one.size for one in passed) / KB:.1f}"]


def measure(
    place: dict[str, str], folder: Path, lessons: list[dict[str, str]], arguments: list[str]
) -> Iterator[str]:
    """Each content in a browser of its own, that day and the day after: rows of the table."""
    rows: dict[int, list[str]] = {number: [] for number in range(len(lessons))}
    with relayed(HOST) as relay, sync_playwright() as playwright:
        base = f"http://{HOST}:{relay.port}"
        for hours, views in ((0, VIEWS[:2]), (24, VIEWS[2:])):
            later = place | {"BENCH_HOURS": str(hours)}
            with served(later, 2, settings=SETTINGS) as (relay.server, _web):
                for number, lesson in enumerate(lessons):
                    kept = folder / f"browser-{number}"
                    # What every page has is there once signed in: the lesson's is what is new.
                    with browser(playwright, base, kept, arguments) as context:
                        for when in views:
                            seconds, passed = view(context, relay, lesson["url"])
                            told(passed, when)
                            rows[number].append(row(lesson["title"], when, seconds, passed))
    for some in rows.values():
        yield from some


def main() -> None:
    """Load, prepare, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.h5p_views", description=__doc__)
    parser.add_argument("--city", type=Path, help="a data folder with the demo, to be copied")
    parser.add_argument(
        "--one-cache", action="store_true", help="a browser that keeps files of all frames together"
    )
    parser.add_argument("--prepare", help=argparse.SUPPRESS)
    parser.add_argument("--only", type=int, nargs="+", help="of the contents, from 0")
    given = parser.parse_args()
    if given.prepare:
        start(SETTINGS)
        print(json.dumps(prepare(given.prepare)))
        return
    if chromium() is None:
        sys.exit("Chromium is not installed: apt install chromium")
    folder = Path(tempfile.mkdtemp(prefix="kompetens-h5p-"))
    place = {
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    try:
        if given.city:
            shutil.copytree(given.city, folder / "data")
        else:
            say("Loading the demo city ...")
            (folder / "data").mkdir()
        run(place, "manage.py", "migrate", "--verbosity=0")
        if not given.city:
            run(place, "manage.py", "load_demo")
        run(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        make(folder / "bench.h5p")
        said = run(place, "-m", "bench.h5p_views", "--prepare", str(folder / "bench.h5p"))
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        print(f"Measured on: {machine()}; commit {commit()}. Load (1, 5, 15 minutes): {busy}.\n")
        print(head(), flush=True)
        arguments = [ONE_CACHE] if given.one_cache else []
        lessons = json.loads(said)
        say("\n".join(f"{at}: {one['title']} {one['url']}" for at, one in enumerate(lessons)))
        lessons = [lessons[at] for at in given.only or range(len(lessons))]
        for line in measure(place, folder, lessons, arguments):
            print(line, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
