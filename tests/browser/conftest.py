"""Chromium at the two widths a person meets the platform at."""

import contextlib
import itertools
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests.afresh import PRELOADED, fork_again, restore
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.visitor import Visitor
from tests.program import Program, preloaded

# How long something may take before it is taken for never coming, on a machine with more to do.
PATIENCE = 25_000
expect.set_options(timeout=PATIENCE)
PHONE = (390, 844)
DESK = (1280, 900)
# The longest begin first: no core is left waiting at the end for a journey that began last.
LONG = ("test_trainers_hour", "test_every_module", "test_main_journey", "test_every_page")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of `LONG` in that order, then the others as they stand."""
    places = {name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONG)))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "Chromium is not installed (Debian: apt install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running(
    demo_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Program]]:
    """One program for all tests of this process; gives it as it began."""
    data = shutil.copytree(demo_data, tmp_path_factory.mktemp("program") / "data")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    program = Program(data, port, **PRELOADED)
    times = itertools.count(1)

    def as_it_began() -> Program:
        if program.running:
            program.listen()
            # The old workers finish what they were asked before the database is put back.
            fork_again(program.pid)
            restore(data, demo_data, times=next(times))
        else:
            restore(data, demo_data, times=next(times))
            program.start("--no-demo")  # it is loaded: nothing is looked through again
        return program

    with preloaded(data):
        yield as_it_began
    if program.running:
        program.kill()


@pytest.fixture
def program(running: Callable[[], Program]) -> Program:
    """The program, running, over the demo city: whatever an earlier test did is undone."""
    return running()


@pytest.fixture(params=[PHONE, DESK], ids=["390px", "1280px"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Width and height of the window."""
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def visitors() -> list[Visitor]:
    """Everybody made so far, in order."""
    return []


@pytest.fixture
def new_visitor(
    program: Program, browser: Browser, visitors: list[Visitor]
) -> Iterator[Callable[..., Visitor]]:
    """Makes people with a browser of their own; at the end nothing unexpected has happened."""
    made = visitors

    def make(size: tuple[int, int] = DESK, **options: object) -> Visitor:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            base_url=program.address,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        made.append(Visitor(context.new_page(), program))
        return made[-1]

    yield make
    for visitor in made:
        with contextlib.suppress(Error):  # the test has closed it
            visitor.page.context.close()
    assert [trouble for visitor in made for trouble in visitor.troubles] == []


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor], size: tuple[int, int]) -> Visitor:
    """A person with a phone, and then with a desk."""
    return new_visitor(size)
