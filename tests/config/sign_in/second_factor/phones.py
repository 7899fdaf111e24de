"""Setting up a phone and logging in with it, without a browser."""

import re

from django.test import Client

from tests.config.sign_in.second_factor.phone import PASSWORD, Phone

__all__ = ["PASSWORD", "Phone", "codes_on", "enrol", "give_password", "is_in", "secret_on"]


def secret_on(page: str) -> str:
    """The letters on the page."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found, page
    return found[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    """The recovery codes on the page."""
    return re.findall(r"<code>(\d{4} \d{4})</code>", page)


def give_password(client: Client, username: str, next_url: str = "") -> str:
    """Name and password; where one is sent."""
    fields = {"username": username, "password": PASSWORD, "next": next_url}
    return client.post("/logga-in/", fields).headers["Location"]


def enrol(client: Client, username: str, next_url: str = "") -> tuple[Phone, list[str]]:
    """The whole first log-in of who needs a second factor; the phone and the recovery codes."""
    assert give_password(client, username, next_url) == "/logga-in/kod/"
    assert client.get("/logga-in/kod/").headers["Location"] == "/logga-in/telefon/"
    phone = Phone(secret_on(client.get("/logga-in/telefon/").content.decode()))
    response = client.post("/logga-in/telefon/", {"code": phone.code()})
    assert response.headers["Location"] == "/konto/reservkoder/"
    return phone, codes_on(client.get("/konto/reservkoder/").content.decode())


def is_in(client: Client) -> bool:
    """Whether a page that needs a log-in opens."""
    return client.get("/konto/").status_code == 200
