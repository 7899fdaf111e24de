"""Leaving quickly: signed out, a neutral page in the tab, nothing kept behind."""

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse


@pytest.fixture
def signed_in(django_user_model: type[AbstractUser]) -> Client:
    user = django_user_model.objects.create_user(username="anna", password="anna")
    # With CSRF checks on, as in a browser.
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_leaving_signs_out_without_a_csrf_token(signed_in: Client) -> None:
    response = signed_in.post(reverse("quick_exit"))
    assert response.status_code == 303
    assert response["Location"] == "/lamna/"
    assert "_auth_user_id" not in signed_in.session


@pytest.mark.django_db
def test_leaving_empties_what_the_browser_kept(signed_in: Client) -> None:
    response = signed_in.post(reverse("quick_exit"))
    assert response["Clear-Site-Data"] == '"storage"'
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_neutral_page_opens_for_anybody_and_changes_nothing(signed_in: Client) -> None:
    response = signed_in.get(reverse("quick_exit"))
    assert response.status_code == 200
    assert "_auth_user_id" in signed_in.session
    assert Client().get(reverse("quick_exit")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/lamna/", "/logga-in/"])
def test_pages_met_afterwards_say_nothing_about_the_subject(client: Client, address: str) -> None:
    text = client.get(address).content.decode().lower()
    assert [word for word in ("våld", "kompetens", "stöd", "utsatt") if word in text] == []


@pytest.mark.django_db
def test_signed_in_pages_are_never_stored(signed_in: Client) -> None:
    assert signed_in.get(reverse("start"))["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_back_after_leaving_meets_the_log_in_page(signed_in: Client) -> None:
    signed_in.post(reverse("quick_exit"))
    response = signed_in.get(reverse("start"))
    assert response.status_code == 302
    assert response["Location"].split("?")[0] == reverse("login")
