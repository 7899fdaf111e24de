"""The statement is everybody's to read and an administrator's to edit; so are the reports."""

import pytest
from django.test import Client

from config.demo.statement import publish_demo_statement
from courses.accessibility.models import AccessibilityReport
from courses.modules.groundwork import lay_groundwork
from tests.factories import account, person, trainer

pytestmark = pytest.mark.django_db

STATEMENT, FORM = "/tillganglighet/", "/tillganglighet/brist/"
REPORTS = "/admin/snippets/courses/accessibilityreport/"


def test_the_demo_s_statement_says_what_the_law_asks_for() -> None:
    publish_demo_statement()
    page = Client().get(STATEMENT).content.decode()
    for said in (
        "Den som driver den här demon",
        "delvis förenlig med lagen om tillgänglighet till digital offentlig service",
        "Myndigheten för digital förvaltning, Digg",
        "https://www.digg.se/",
        "tillganglighet@example.org",
        "Senast bedömd 21 november 2026",
        f'href="{FORM}"',
    ):
        assert said in page


def test_it_is_published_once_and_stays_at_its_address() -> None:
    first = publish_demo_statement()
    first.slug = "nagot-annat"
    first.save_revision().publish()
    assert publish_demo_statement().pk == first.pk
    first.refresh_from_db()
    assert first.url == STATEMENT


def test_as_long_as_there_is_none_one_can_report_all_the_same() -> None:
    answer = Client().get(STATEMENT)
    assert answer.status_code == 404
    assert f'href="{FORM}"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/logga-in/", STATEMENT, FORM, "/min-utbildning/", "/kurser/"])
def test_every_page_leads_to_it(path: str) -> None:
    lay_groundwork()
    publish_demo_statement()
    client = Client()
    if path not in {"/logga-in/", STATEMENT, FORM}:
        client.force_login(account(person("A")))
    assert f'href="{STATEMENT}"' in client.get(path).content.decode()


def test_the_page_after_a_quick_exit_says_nothing_of_it() -> None:
    assert "tillganglighet" not in Client().get("/lamna/").content.decode()


def test_an_administrator_reads_and_closes_a_report(admin_client: Client) -> None:
    Client().post(FORM, {"text": "Det går inte att läsa."})
    report = AccessibilityReport.objects.get()
    assert report.reference in admin_client.get(REPORTS).content.decode()
    edit = f"{REPORTS}edit/{report.pk}/"
    assert "Det går inte att läsa." in admin_client.get(edit).content.decode()
    admin_client.post(edit, {"status": "atgardad", "note": "Rättat.", "text": "ändrat"})
    report.refresh_from_db()
    assert (report.status, report.note) == ("atgardad", "Rättat.")
    assert report.text == "Det går inte att läsa."


def test_nobody_writes_a_report_in_the_admin(admin_client: Client) -> None:
    assert admin_client.get(f"{REPORTS}add/").status_code == 302


def test_a_trainer_reads_no_reports() -> None:
    lay_groundwork()
    who = person("T")
    trainer(who)
    client = Client()
    client.force_login(account(who))
    assert client.get(REPORTS).status_code == 302
    assert "accessibilityreport" not in client.get("/admin/").content.decode()
