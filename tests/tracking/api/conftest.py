"""A small city, and programs that ask the API with somebody's key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from foundation.intervals import today
from tests.factories import account
from tracking.api.actions import make_key
from tracking.organisation.models import Person
from tracking.organisation.roles import roles_of


@dataclass
class Program:
    """Asks as Power BI would: a header, no cookies."""

    key: str

    def get(self, path: str, asked: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        sent = {"Authorization": f"Bearer {self.key}", **headers}
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        return Client().get(address, asked, headers=sent)

    def rows(self, path: str, asked: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Every row, page by page."""
        found: list[dict[str, Any]] = []
        answer = self.get(path, asked)
        while True:
            assert answer.status_code == 200, answer.content
            body = answer.json()
            found += body["rows"]
            if body["next"] is None:
                return found
            answer = self.get(body["next"])


def key_of(who: Person, *, people: bool = True, days: int = 30) -> str:
    user = account(who)
    _made, key = make_key(
        holder=user,
        roles=roles_of(user, today()),
        name="Power BI",
        opens_people=people,
        expires_on=today() + timedelta(days=days),
        now=timezone.now(),
    )
    return key


@pytest.fixture
def program() -> Callable[..., Program]:
    return lambda who, **more: Program(key_of(who, **more))
