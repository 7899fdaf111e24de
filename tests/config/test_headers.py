"""What every response carries, whoever asks."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(client: Client, path: str) -> dict[str, list[str]]:
    """The content security policy of a page, by directive."""
    header = client.get(path).headers["Content-Security-Policy"]
    parts = [part.split() for part in header.split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize(
    "path", ["/logga-in/", "/lamna/", "/min-utbildning/", "/finns-inte/", "/static/finns-inte.js"]
)
def test_nothing_comes_from_elsewhere_and_nothing_inline_runs(client: Client, path: str) -> None:
    found = policy(client, path)
    assert found["default-src"] == ["'none'"]
    assert found["base-uri"] == ["'none'"]
    others = {source for name in found for source in found[name]}
    assert others == {"'none'", "'self'"}


def test_the_admin_lets_in_what_its_pages_hold_and_nobody_else(admin_client: Client) -> None:
    found = policy(admin_client, "/admin/")
    assert found["script-src"] == ["'self'", "'unsafe-inline'"]
    assert found["default-src"] == ["'none'"]
    own = {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert {source for name in found for source in found[name]} <= own


def test_the_admin_s_policy_ends_where_the_admin_does(admin_client: Client) -> None:
    assert policy(admin_client, "/min-utbildning/")["script-src"] == ["'self'"]
    assert policy(admin_client, "/administration/")["script-src"] == ["'self'"]


@pytest.mark.parametrize("path", ["/logga-in/", "/admin/", "/finns-inte/"])
def test_other_headers(client: Client, path: str) -> None:
    user = get_user_model().objects.create_superuser("anna")
    client.force_login(user)
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
