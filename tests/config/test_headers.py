"""What every response carries, whoever asks, and whatever the answer is."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from tests.config.production import production_settings, run
from tests.contracts.addresses import addresses

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
STRICT = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "media-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# Uploaded files: less still, because opened by itself a picture is a document.
MEDIA = {
    "sandbox": [],
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'none'"],
}
NONCE = re.compile(r"'nonce-([\w+/=]{22,})'")
SCRIPT = re.compile(r"<script\b[^>]*>")


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The content security policy of a response, by directive."""
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def wrong(path: str, response: HttpResponse) -> list[str]:
    """What a response lacks; the admin's policy has a test of its own."""
    lacking = [
        f"{path} {response.status_code}: {name}: {response.headers.get(name)}"
        for name, value in ALWAYS.items()
        if response.headers.get(name) != value
    ]
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        lacking.append(f"{path}: Permissions-Policy")
    found = policy(response)
    scripts = found.pop("script-src", None)
    if found == MEDIA or path.startswith("/admin/"):
        return lacking
    if found != STRICT:
        lacking.append(f"{path}: {found}")
    if scripts != ["'none'"] and not (
        scripts and len(scripts) == 1 and NONCE.fullmatch(scripts[0])
    ):
        lacking.append(f"{path}: script-src {scripts}")
    return lacking


@pytest.fixture
def administrator() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.create_superuser("anna"))
    return client


def test_every_address_carries_them_whoever_asks(
    administrator: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "bild.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert policy(administrator.get("/media/bild.svg")) == MEDIA
    stranger = Client(raise_request_exception=False)
    elsewhere = ("/finns-inte/", "/media/bild.svg", "/static/css/base.css", "/static/x.js")
    lacking = []
    for path in [*(one.path for one in addresses()), *elsewhere]:
        lacking += wrong(path, stranger.get(path))
        if not path.startswith("/admin/"):  # Wagtail's own pages: one of them below
            lacking += wrong(path, administrator.get(path))
            lacking += wrong(path, administrator.put(path))
    assert lacking == []


def test_errors_carry_them_too(administrator: Client) -> None:
    answers = {
        500: administrator.get("/admin/failwhale/"),
        400: administrator.get("/", HTTP_HOST="nagon.annan.example"),
        403: Client(enforce_csrf_checks=True).post("/logga-in/", {}),
        405: administrator.get("/logga-ut/"),
    }
    assert {code: answer.status_code for code, answer in answers.items()} == {
        code: code for code in answers
    }
    whose = {500: "/admin/"}
    assert [one for code in answers for one in wrong(whose.get(code, "/"), answers[code])] == []


def test_a_host_that_is_not_ours_gets_them_over_https_too(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client(raise_request_exception=False)
    assert wrong("/", client.get("/")) == []  # sent on to https
    refused = client.get("/", HTTP_HOST="nagon.annan.example")
    assert refused.status_code == 400
    assert wrong("/", refused) == []


def test_each_script_of_a_page_has_the_nonce_of_its_response(administrator: Client) -> None:
    first, second = (administrator.get("/min-utbildning/") for _ in range(2))
    nonces = [NONCE.fullmatch(policy(one)["script-src"][0]) for one in (first, second)]
    assert nonces[0] is not None
    assert nonces[1] is not None
    assert nonces[0][1] != nonces[1][1]
    scripts = SCRIPT.findall(first.content.decode())
    assert len(scripts) == 2
    assert f'nonce="{nonces[0][1]}"' in scripts[0]


def test_the_admin_lets_in_what_its_pages_hold_and_nobody_else(administrator: Client) -> None:
    found = policy(administrator.get("/admin/"))
    assert found["script-src"] == ["'self'", "'unsafe-inline'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert found["default-src"] == ["'none'"]
    own = {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert {source for name in found for source in found[name]} <= own


def test_the_admin_s_policy_ends_where_the_admin_does(administrator: Client) -> None:
    for path in ("/min-utbildning/", "/administration/"):
        assert wrong(path, administrator.get(path)) == []


def test_the_editor_s_preview_may_be_framed_by_us_and_keeps_the_page_s_own_policy(
    administrator: Client,
) -> None:
    page = Page.objects.get(depth=2)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    fields = {"title": "Ny", "slug": "ny", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    administrator.post(address, fields)
    response = administrator.get(f"{address}?mode=")
    assert response.status_code == 200
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    found = policy(response)
    assert found.pop("script-src") == ["'none'"]
    assert found == STRICT | {"frame-ancestors": ["'self'"]}


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return production_settings(
        tmp_path_factory.mktemp("production"),
        "CONTENT_SECURITY_POLICY",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_SSL_REDIRECT",
        "SECURE_REFERRER_POLICY",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_DOMAIN",
        "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_DOMAIN",
        "CSRF_COOKIE_PATH",
        "LANGUAGE_COOKIE_NAME",
        "LANGUAGE_COOKIE_SECURE",
        "KNOWN_BROWSER_COOKIE_NAME",
    )


def test_production_asks_for_https_for_a_year(production: dict[str, Any], settings: Any) -> None:
    for name in ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"):
        setattr(settings, name, production[name])
    settings.CONTENT_SECURITY_POLICY = production["CONTENT_SECURITY_POLICY"]
    response = Client().get("/logga-in/", secure=True)
    header = response.headers["Strict-Transport-Security"]
    assert header == "max-age=31536000; includeSubDomains"
    assert policy(response)["upgrade-insecure-requests"] == []
    assert production["SECURE_SSL_REDIRECT"] is True


def test_production_s_cookies_belong_to_this_host_alone(
    production: dict[str, Any], settings: Any
) -> None:
    for name, value in production.items():
        if "_COOKIE_" in name:
            setattr(settings, name, value)
    get_user_model().objects.create_user("anna", password="anna")
    client = Client()
    client.get("/logga-in/", secure=True)
    client.post("/logga-in/", {"username": "anna", "password": "anna"}, secure=True)
    assert "__Host-session" in client.cookies
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert cookie["samesite"] == "Lax"
    assert client.cookies["__Host-session"]["httponly"] is True


def test_the_deployment_check_finds_nothing_in_production(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), done.stderr
