"""Anybody reports what is not accessible; nobody is locked out, and nothing is sent twice."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from config.demo.statement import publish_demo_statement
from courses.accessibility import actions
from courses.accessibility.actions import AN_HOUR_FROM_ONE, KEPT_DAYS, forget_reports
from courses.accessibility.models import AccessibilityReport
from foundation.working import run_due
from tests.factories import account, person

pytestmark = pytest.mark.django_db

FORM = "/tillganglighet/brist/"
WORDS = "Skärmläsaren säger inte vad knappen gör."


def fill_in(client: Client, **given: str) -> dict[str, str]:
    """What the form holds when it opens, with what was typed: as a browser without scripts."""
    page = client.get(FORM).content.decode()
    token = re.search(r'name="token" value="([0-9a-f-]+)"', page)
    assert token
    return {"text": WORDS, "page": "", "contact": "", "website": "", "token": token[1]} | given


def send(client: Client, **given: str) -> str:
    """Send the form and read on: the page one ends up on."""
    return client.post(FORM, fill_in(client, **given), follow=True).content.decode()


def test_somebody_not_signed_in_reports_and_gets_a_number() -> None:
    client = Client(enforce_csrf_checks=True)
    given = fill_in(client, page="https://x.se/kurser/", contact="anna@example.org")
    given["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    page = client.post(FORM, given, follow=True)
    report = AccessibilityReport.objects.get()
    assert page.redirect_chain == [(f"{FORM}{report.token}/", 303)]
    assert report.reference in page.content.decode()
    assert (report.text, report.page, report.contact) == (
        WORDS,
        "https://x.se/kurser/",
        "anna@example.org",
    )
    assert (report.status, report.suspected) == ("ny", False)


def test_the_page_one_came_from_is_filled_in_and_only_one_of_ours() -> None:
    client = Client()

    def filled(query: str = "", **headers: str) -> str:
        page = client.get(f"{FORM}{query}", headers=headers).content.decode()
        found = re.search(r'name="page"(?: value="([^"]*)")?', page)
        assert found
        return found[1] or ""

    assert filled("?sida=/kurser/freda/") == "http://testserver/kurser/freda/"
    assert filled("?sida=https://evil.example/") == ""
    assert filled(referer="http://testserver/prov/?namn=Anna") == "http://testserver/prov/"
    assert filled(referer="https://evil.example/") == ""
    hostile = filled("?sida=/%22%3E%3Cscript%3E")
    assert "<" not in hostile


def test_a_form_sent_twice_is_one_report() -> None:
    client = Client()
    given = fill_in(client)
    first, second = (client.post(FORM, given) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert AccessibilityReport.objects.count() == 1


def test_an_error_keeps_what_was_typed_and_leads_to_the_field() -> None:
    client = Client()
    given = fill_in(client, text=" ", contact="070-123 45 67")
    answer = client.post(FORM, given)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="070-123 45 67"' in page
    assert f'value="{given["token"]}"' in page
    assert 'href="#id_text"' in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    [textarea] = re.findall(r"<textarea[^>]*>", page)
    assert 'aria-invalid="true"' in textarea
    assert 'aria-describedby="id_text_helptext id_text_error"' in textarea
    assert not AccessibilityReport.objects.exists()


def test_a_report_is_announced_without_saying_what_it_says() -> None:
    publish_demo_statement()
    send(Client(), contact="anna@example.org")
    assert mail.outbox == []
    assert run_due() == 1
    [letter] = mail.outbox
    report = AccessibilityReport.objects.get()
    assert letter.to == ["tillganglighet@example.org"]
    assert report.reference in letter.subject
    assert f"/admin/snippets/courses/accessibilityreport/edit/{report.pk}/" in letter.body
    assert WORDS not in letter.body
    assert "anna@" not in letter.body


def test_many_at_once_from_one_are_held_apart_and_nobody_is_refused() -> None:
    flood, other = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for _ in range(AN_HOUR_FROM_ONE + 2):
        assert "T-" in send(flood)
    send(other)
    held = list(AccessibilityReport.objects.order_by("pk").values_list("suspected", flat=True))
    assert held == [False] * AN_HOUR_FROM_ONE + [True, True] + [False]
    assert run_due() == AN_HOUR_FROM_ONE + 1


def test_somebody_signed_in_is_not_counted_with_the_others_of_the_network() -> None:
    flood = Client()
    for _ in range(AN_HOUR_FROM_ONE + 1):
        send(flood)
    signed_in = Client()
    signed_in.force_login(account(person("A")))
    send(signed_in)
    assert AccessibilityReport.objects.latest("pk").suspected is False


def test_what_a_machine_wrote_is_held_apart_and_not_announced() -> None:
    assert "T-" in send(Client(), website="https://spam.example")
    assert AccessibilityReport.objects.get().suspected
    assert run_due() == 0


def test_a_flood_takes_only_its_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "HELD_AT_MOST", 4)
    lone, flood = Client(REMOTE_ADDR="10.0.0.2"), Client(REMOTE_ADDR="10.0.0.1")
    send(lone, website="x", text="ensam")
    for number in range(6):
        send(flood, website="x", text=f"nummer {number}")
    kept = AccessibilityReport.objects.order_by("pk").values_list("text", flat=True)
    assert list(kept) == ["ensam", "nummer 3", "nummer 4", "nummer 5"]


def test_a_report_is_gone_when_the_form_says_so() -> None:
    begun = timezone.now()
    send(Client())
    assert f"{KEPT_DAYS} dagar" in Client().get(FORM).content.decode()
    assert forget_reports(now=begun + timedelta(days=KEPT_DAYS - 1)) == 0
    assert AccessibilityReport.objects.get().sender == ""
    with time_machine.travel(begun + timedelta(days=KEPT_DAYS, minutes=1)):
        assert forget_reports(now=timezone.now()) == 1


def test_a_number_nobody_has_leads_nowhere() -> None:
    assert Client().get(f"{FORM}{uuid.uuid4()}/").status_code == 404


def test_hostile_words_are_shown_as_words(admin_client: Client) -> None:
    send(Client(), text='<script>alert(1)</script>"{{ x }}')
    report = AccessibilityReport.objects.get()
    page = admin_client.get(f"/admin/snippets/courses/accessibilityreport/edit/{report.pk}/")
    assert "<script>alert(1)" not in page.content.decode()
    assert escape('<script>alert(1)</script>"{{ x }}') in page.content.decode()
