"""What goes wrong, in the one shape every error has: application/problem+json (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext

CONTENT_TYPE = "application/problem+json"
LONGEST_VALUE = 200  # characters of what was sent that are said back


class Wrong(NamedTuple):
    """A parameter that can't be used: its name, what was sent, and what was expected."""

    parameter: str
    value: str
    expected: str


class Problem(Exception):
    """Ends a request with an error."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        wrong: Sequence[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail
        self.wrong, self.headers = wrong, dict(headers or {})

    def response(self) -> HttpResponse:
        """As it is sent."""
        body = {
            "type": f"urn:kompetens-mot-vald:problem:{self.code}",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
            "errors": [
                {
                    "parameter": one.parameter[:LONGEST_VALUE],
                    "value": one.value[:LONGEST_VALUE],
                    "expected": one.expected,
                }
                for one in self.wrong
            ],
        }
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return HttpResponse(
            content, status=self.status, content_type=CONTENT_TYPE, headers=self.headers
        )


def bad_parameters(*wrong: Wrong, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Problem:
    """For parameters, each said by name, value and what was expected."""
    said = "; ".join(
        gettext("%(name)s: expected %(expected)s")
        % {"name": one.parameter, "expected": one.expected}
        for one in wrong
    )
    return Problem(status, "parameter", said, wrong=wrong)
