"""What a person meets when something fails: in the same look, in their language, with a way on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from config.maintenance import sign
from courses.modules.groundwork import lay_groundwork
from tests.factories import account, person, trainer

PLAIN = ("400.html", "403_csrf.html", "500.html", "503.html", "maintenance.html")


@pytest.fixture
def reader() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account(person("A")))
    return client


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """The sign that closes the platform must not close it for tests that run beside these."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def closed(own_folder: None) -> Iterator[Path]:
    call_command("maintenance", "on")
    yield sign()
    call_command("maintenance", "off")


@pytest.mark.parametrize("template", PLAIN)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_of_last_resort_is_whole_without_request_and_database(
    template: str, language: str
) -> None:
    # No fixture lets this test near a database: a question to it would fail.
    with translation.override(language):
        page = render_to_string(template)
    assert f'<html lang="{language}">' in page
    assert page.count("<h1>") == 1
    assert "css/tokens.css" in page
    assert 'href="/"' in page or 'href=""' in page


@pytest.mark.parametrize("template", ["500.html", "503.html", "maintenance.html"])
def test_where_the_language_may_be_unknown_english_stands_below(template: str) -> None:
    with translation.override("sv"):
        assert 'lang="en"' in render_to_string(template)


@pytest.mark.django_db
def test_a_failing_database_gives_the_page_of_last_resort(reader: Client) -> None:
    def fail(*_args: Any) -> Any:
        raise OSError("no database")

    with connection.execute_wrapper(fail):
        answer = reader.get("/min-utbildning/")
    assert answer.status_code == 500
    assert "Något gick fel" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/finns-inte/", 404), ("/medarbetare/", 403)])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_not_there_or_not_mine_leads_to_my_start_page(
    reader: Client, path: str, status: int, language: str
) -> None:
    lay_groundwork()
    reader.cookies["django_language"] = language
    answer = reader.get(path)
    assert answer.status_code == status
    page = answer.content.decode()
    assert '<a class="button" href="/">' in page
    assert 'class="masthead"' in page


@pytest.mark.django_db
def test_a_form_that_had_grown_old_says_that_nothing_was_changed() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tillganglighet/brist/", {"text": "x"})
    assert answer.status_code == 403
    assert "Inget ändrades" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_nobody_can_read_is_said_to_be_that(reader: Client) -> None:
    answer = reader.get("/media/../../etc/passwd")
    assert answer.status_code in {400, 404}
    assert "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_in_the_admin_too_a_missing_page_has_our_look() -> None:
    lay_groundwork()
    who = person("T")
    trainer(who)
    client = Client()
    client.force_login(account(who))
    answer = client.get("/admin/finns-inte/")
    assert answer.status_code == 404
    assert 'class="masthead"' in answer.content.decode()
    assert 'href="/admin/"' in answer.content.decode()


def test_closed_every_page_says_so_and_when_to_come_back(closed: Path) -> None:
    # Without the database: it may be what is being looked after.
    answer = Client().get("/min-utbildning/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert "Stängt en liten stund" in answer.content.decode()


def test_closed_by_the_environment(settings: Any) -> None:
    settings.MAINTENANCE = True
    assert Client().post("/logga-in/").status_code == 503


def test_closed_the_reader_s_language_is_kept(closed: Path) -> None:
    answer = Client().get("/", headers={"Accept-Language": "en"})
    assert "Closed for a little while" in answer.content.decode()


@pytest.mark.django_db
def test_open_again_pages_are_there(own_folder: None, reader: Client) -> None:
    call_command("maintenance", "on")
    call_command("maintenance", "off")
    assert reader.get("/min-utbildning/").status_code == 200


def test_probes_and_static_files_answer_while_closed(closed: Path) -> None:
    assert Client().get("/static/css/tokens.css").status_code == 200
    assert Client().get("/halsa/live").status_code == 200
