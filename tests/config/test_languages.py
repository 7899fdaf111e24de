"""The language is the account's, else the cookie's, else the browser's guess; addresses stay."""

import pytest
from django.test import Client

from tests.factories import person
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


@pytest.fixture
def user() -> User:
    who = person("anna").user
    assert who is not None
    who.set_password("hemligt-ord")
    who.save()
    return who


def _language(client: Client, path: str = "/min-utbildning/", **headers: str) -> str:
    page = client.get(path, headers=headers).content.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("", "sv"), ("sv-SE,sv", "sv"), ("en-GB,en;q=0.9", "en"), ("fi,de;q=0.5", "sv")],
)
def test_the_browser_gives_the_first_guess(client: Client, wanted: str, spoken: str) -> None:
    assert _language(client, "/logga-in/", **{"Accept-Language": wanted}) == spoken


def test_a_choice_before_the_log_in_is_kept_and_comes_along(client: Client, user: User) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "/logga-in/?next=/kurser/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/logga-in/?next=/kurser/")
    assert _language(client, "/logga-in/", **{"Accept-Language": "sv"}) == "en"
    client.post("/logga-in/", {"username": "anna", "password": "hemligt-ord"})
    user.refresh_from_db()
    assert user.language == "en"


def test_the_account_s_language_is_not_changed_by_somebody_s_cookie(
    client: Client, user: User
) -> None:
    client.cookies["django_language"] = "en"
    User.objects.update(language="sv")
    client.post("/logga-in/", {"username": "anna", "password": "hemligt-ord"})
    user.refresh_from_db()
    assert user.language == "sv"
    assert _language(client, **ENGLISH) == "sv"


def test_a_choice_when_signed_in_is_the_account_s_and_leaves_nothing_behind(
    client: Client, user: User
) -> None:
    client.force_login(user)
    answer = client.post("/sprak/", {"language": "en", "next": "/min-utbildning/"})
    assert "django_language" not in answer.cookies
    assert _language(client, **{"Accept-Language": "sv"}) == "en"
    elsewhere = Client()
    elsewhere.force_login(user)
    assert _language(elsewhere, **{"Accept-Language": "sv"}) == "en"


def test_nobody_is_led_away_from_the_platform(client: Client) -> None:
    answer = client.post("/sprak/", {"language": "en", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "fi", "en-GB"])
def test_a_language_that_is_not_spoken_here_is_refused(client: Client, language: str) -> None:
    assert client.post("/sprak/", {"language": language}).status_code == 400


def test_nothing_changes_when_a_page_is_only_read(client: Client) -> None:
    assert client.get("/sprak/?language=en").status_code == 405


def test_a_language_that_is_no_longer_spoken_is_as_none(client: Client, user: User) -> None:
    User.objects.update(language="fi")
    client.force_login(user)
    user.refresh_from_db()
    assert (_language(client), user.reads) == ("sv", "sv")


def test_the_switch_is_a_form_in_the_language_it_leads_to(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.get("/min-utbildning/?x=1").content.decode()
    assert 'name="language" value="en" lang="en">English</button>' in page
    assert 'name="next" value="/min-utbildning/?x=1"' in page
    assert 'value="sv" lang="sv"' not in page


def test_the_admin_speaks_the_account_s_language(client: Client, user: User) -> None:
    User.objects.update(language="en", is_superuser=True, is_staff=True)
    client.force_login(user)
    assert _language(client, "/admin/reports/site-history/", **{"Accept-Language": "sv"}) == "en"
    assert "preferred_language" not in client.get("/admin/account/").content.decode()
