"""`python -m bench.weight`: what a lesson weighs, moves and takes on a slow network, in Chromium.

The demo city is loaded and served as in production (hashed, compressed files). Each lesson without
film or sound is opened on the heaviest of its screens: with an empty cache, then again. The profile
is the one browsers call fast 3G.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, ViewportSize, sync_playwright

from bench.processes import HOST, served
from bench.surroundings import ROOT, commit, machine, run, say
from config.demo.accounts import DEMO_PASSWORD
from tests.browser.chromium import ARGUMENTS, chromium

KB = 1000
FIRST_KB, SECOND_KB, SHIFT, RENDERED_MS = 150, 30, 0.0, 1000
# 1.6 Mbit/s down, 750 kbit/s up, 150 ms before each answer begins.
PROFILE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PHONE: ViewportSize = {"width": 390, "height": 844}
SETTLED_MS = 700  # after the page is loaded: what moves late has moved
OBSERVED = """() => new Promise((told) => {
  const found = { shift: 0, rendered: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) found.shift += entry.value;
  })).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    found.rendered = entry.startTime;
  })).observe({ type: "largest-contentful-paint", buffered: true });
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  setTimeout(() => told({ ...found, first: first ? first.startTime : 0 }), 100);
})"""
HEAD = (
    "| lesson | first view kB | requests | again kB | layout shift | first paint ms | "
    "largest paint ms |\n|---|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True)
class View:
    """A page as it came: bytes over the network, requests, and what the browser observed."""

    size: int
    requests: int
    shift: float
    first_paint: float
    largest_paint: float


@dataclass(frozen=True)
class Weighed:
    """A lesson's two views."""

    title: str
    first: View
    again: View

    def row(self) -> str:
        """A line of the table."""
        one, two = self.first, self.again
        return (
            f"| {self.title} | {one.size / KB:.1f} | {one.requests} | {two.size / KB:.1f} | "
            f"{max(one.shift, two.shift):.3f} | {one.first_paint:.0f} | {one.largest_paint:.0f} |"
        )

    def over(self) -> list[str]:
        """Which limits it does not keep."""
        one, two = self.first, self.again
        kept = {
            f"{FIRST_KB} kB at first": one.size < FIRST_KB * KB,
            f"{SECOND_KB} kB again": two.size < SECOND_KB * KB,
            "no layout shift": max(one.shift, two.shift) <= SHIFT,
            f"rendered within {RENDERED_MS} ms": one.largest_paint < RENDERED_MS,
        }
        return [limit for limit, is_kept in kept.items() if not is_kept]


def addresses() -> list[dict[str, Any]]:
    """Every published lesson of every module without film or sound, with its screens."""
    from courses.pages.models import CoursePage

    found = []
    for course in CoursePage.objects.live().order_by("path"):
        for lesson in course.lessons() if course.is_source else ():
            kinds = {
                block["type"]
                for screen in lesson.body.raw_data
                for block in screen["value"]["content"]
            }
            if not kinds & {"film", "audio"}:
                urls = [lesson.screen_url(at + 1) for at in range(lesson.screen_count)]
                found.append({"title": f"{course.title}: {lesson.title}", "urls": urls})
    return found


@contextmanager
def somebody(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """Within: a phone on which a learner is signed in."""
    context = browser.new_context(base_url=base, viewport=PHONE, locale="sv-SE")
    page = context.new_page()
    page.goto("/logga-in/")
    page.fill("input[name=username]", "medarbetare")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/min-utbildning/")
    page.close()
    yield context
    context.close()


def heaviest(context: BrowserContext, urls: list[str]) -> str:
    """The screen with most HTML."""
    return max(urls, key=lambda url: len(context.request.get(url).body()))


def view(context: BrowserContext, url: str, *, empty_cache: bool) -> View:
    """Open a page of its own on the slow network and see how it comes."""
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    session.send("Network.enable")
    if empty_cache:
        session.send("Network.clearBrowserCache")
    session.send("Network.emulateNetworkConditions", PROFILE)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED_MS)
    observed = page.evaluate(OBSERVED)
    page.close()
    over_the_network = [size for size in sizes if size]
    return View(
        size=int(sum(over_the_network)),
        requests=len(over_the_network),
        shift=observed["shift"],
        first_paint=observed["first"],
        largest_paint=observed["rendered"],
    )


def weigh(base: str, lessons: list[dict[str, Any]]) -> Iterator[Weighed]:
    """Each lesson in turn."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with somebody(browser, base) as context:
            for lesson in lessons:
                url = heaviest(context, lesson["urls"])
                first = view(context, url, empty_cache=True)
                yield Weighed(lesson["title"], first, view(context, url, empty_cache=False))
        browser.close()


def start(settings: str) -> None:
    """Load the platform, in a process of its own."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()


def main() -> None:
    """Print the table; ends with 1 where a lesson is over a limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.weight", description=__doc__)
    parser.add_argument("--list", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--lessons", type=int, help="only so many, from the first")
    given = parser.parse_args()
    if given.list:
        start("bench.weight_settings")
        print(json.dumps(addresses()))
        return
    folder = Path(tempfile.mkdtemp(prefix="kompetens-weight-"))
    place = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "bench.weight_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    try:
        say("Loading the demo city ...")
        run(place, "manage.py", "migrate", "--verbosity=0")
        run(place, "manage.py", "load_demo")
        run(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        lessons = json.loads(run(place, "-m", "bench.weight", "--list"))
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        print(f"Measured on: {machine()}; commit {commit()}. Load (1, 5, 15 minutes): {busy}.\n")
        print(HEAD, flush=True)
        over = []
        with served(place, 2, settings="bench.weight_settings") as (port, _web):
            for one in weigh(f"http://{HOST}:{port}", lessons[: given.lessons]):
                print(one.row(), flush=True)
                over += [f"{one.title}: {limit}" for limit in one.over()]
        print("\nOver a limit: " + ("; ".join(over) if over else "none."))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(bool(over))


if __name__ == "__main__":
    main()
