"""Fixtures for every test: the demo city, and the real program over a copy of it."""

import atexit
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pytest_django
from pytest_django.django_compat import is_django_unittest
from pytest_django.plugin import blocking_manager_key

from tests.migrated import fill_from_kept, keep, kept
from tests.program import DEMO_CITY, Program, demo_city

# Pages, words, the loading of content and of the demo, what works on what the engine has counted:
# they ask through Django for what they show, and say the same on any database. Facts, status,
# attempts, search, rights, jobs, what content that plays reports, and every address of ours with
# every role (tests/contracts/test_permission_matrix.py) are met on both.
ON_ONE_DATABASE = (
    "config/demo/",
    "config/sign_in/sso/",
    "config/test_headers.py",
    "content/",
    "contracts/test_canaries.py",
    "contracts/test_every_figure.py",
    "contracts/test_methods.py",
    "contracts/test_page_weight.py",
    "contracts/test_permission_matrix.py::test_the_admin_is_shut_to_everybody_outside_it",
    "contracts/test_redirects.py",
    "contracts/test_strangers.py",
    "contracts/test_swedish_admin.py",
    "courses/accessibility/",
    "courses/feedback/",
    "courses/h5p/own/",
    "courses/h5p/player/",
    "courses/local/",
    "courses/modules/",
    "courses/pages/",
    "courses/renewal/",
    "courses/sources/",
    "courses/upkeep/",
    "quizzes/interchange/",
    "tracking/programme/",
    "tracking/publication/",
    "tracking/reports/test_isolation.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on-the-database",
        action="store_true",
        help="Only the tests whose answer may depend on the database: the others say the same.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --on-the-database what asks none is left out: it has run beside the first one."""
    if not config.getoption("--on-the-database"):
        return
    others = [item for item in items if not _asks_the_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if _asks_the_database(item)]


def _asks_the_database(item: pytest.Item) -> bool:
    if item.nodeid.removeprefix("tests/").startswith(ON_ONE_DATABASE):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return (
        item.get_closest_marker("django_db") is not None
        or is_django_unittest(item)
        or bool(fixtures & {"db", "transactional_db", "live_server", "django_db_setup"})
    )


def pytest_configure(config: pytest.Config) -> None:
    """The folder the test settings made for this run goes when the run ends."""
    if not hasattr(config, "workerinput"):
        folder = os.environ.get("DATA_DIR", "")
        if Path(folder).name.startswith("kompetens-test-"):
            atexit.register(shutil.rmtree, folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _a_log_that_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """What empties the database after a test meets a log that refuses: it is let go first."""
    marker = request.node.get_closest_marker("django_db")
    empties = bool(marker and marker.kwargs.get("transaction"))
    if not empties and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from tests.audit_log import let_go
    from tests.tracking.scorecards import letting_go

    let_go()
    letting_go.let_go()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that emptied the database leaves it as the migrations made it.

    Which test comes next is not given where tests run on several cores. Such a test is marked
    `django_db(transaction=True, serialized_rollback=True)`; without the latter, what the
    migrations made is not kept anywhere, and this says so.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    # After the last one the database itself is gone.
    if nextitem and marker and marker.kwargs.get("transaction"):
        assert marker.kwargs.get("serialized_rollback"), f"{item.nodeid}: serialized_rollback=True"
        from django.db import connection

        with item.config.stash[blocking_manager_key].unblock():
            made_by_migrations = connection._test_serialized_contents
            connection.creation.deserialize_db_from_string(made_by_migrations)
    return result


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Before the database is made: it begins with what an earlier run has migrated."""
    fill_from_kept()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """Once it is made, for the next run."""
    with django_db_blocker.unblock():
        keep()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Data folder with the demo city: copy it, never change it."""
    if of_the_run := os.environ.get(DEMO_CITY):
        return demo_city(Path(of_the_run), kept())
    own = tmp_path_factory.getbasetemp()
    return demo_city(own if worker_id == "master" else own.parent, kept())


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def new_program(demo_data: Path, tmp_path: Path) -> Iterator[Callable[[int], Program]]:
    """Makes programs over one copy of the demo city; what still runs at the end is killed."""
    data = shutil.copytree(demo_data, tmp_path / "data")
    made: list[Program] = []

    def make(port: int) -> Program:
        made.append(Program(data, port))
        return made[-1]

    yield make
    for program in made:
        if program.address:
            program.kill()


@pytest.fixture
def program(new_program: Callable[[int], Program], free_port: int) -> Program:
    """The program, started, over a copy of the demo city of its own."""
    served = new_program(free_port)
    served.start("--no-demo")  # it is loaded: nothing is looked through again
    return served
