"""The API against its own OpenAPI document: whatever it allows and forbids is asked.

No 5xx, no status, content type or header that is not documented, no answer of another shape, and
nothing taken that the document refuses (Schemathesis).
"""

import copy
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from foundation.brake import Brake
from tests.factories import completion, duty, employ, person, target, unit
from tests.tracking.api.conftest import Program, key_of
from tracking.organisation.models import DutyRole

pytestmark = pytest.mark.django_db
EXAMPLES = 8  # of each address, of each kind
PLAIN = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# What a document can't say: which units there are, and that the days to come have no answer.
REAL: dict[str, list[Any]] = {
    "as_of": ["2024-05-15", "2024-04-30", "1900-01-01"],
    "known_at": ["2026-01-01", "2024-05-15T12:00:00+02:00", "1999-12-31T23:59:59Z"],
    "unit": ["STAD", "SDN"],
    "area": ["Ekonomiskt bistånd", "finns inte"],
}


@contextmanager
def one_connection() -> Iterator[None]:
    """As Django's own test client: what the test has written is seen by what it asks."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def key() -> str:
    unit("STAD")
    unit("SDN", "STAD")
    coordinator = person("samordnare")
    duty(coordinator, DutyRole.COORDINATOR, "STAD")
    for number in range(4):
        who = person(f"p{number}")
        employ(who, "SDN")
        if number % 2:
            completion(who, date(2024, 2, number))
    target("T1")
    target("T2", due_on=date(2024, 4, 30))
    return key_of(coordinator)


def document(key: str) -> dict[str, Any]:
    found: dict[str, Any] = Program(key).get("openapi.json").json()
    return found


def narrowed(document: dict[str, Any]) -> dict[str, Any]:
    """The same with the values that are there, so that what is asked for holds."""
    found = copy.deepcopy(document)
    for methods in found["paths"].values():
        parameters = methods["get"]["parameters"]
        parameters[:] = [one for one in parameters if one["name"] != "cursor"]
        for one in parameters:
            if one["name"] in REAL:
                one["schema"] = {"enum": REAL[one["name"]]}
            if one["name"] == "target":
                one["schema"]["items"] = {"enum": ["T1", "T2"]}
    return found


def ask_everything(key: str, document: dict[str, Any], mode: GenerationMode, **checks: Any) -> Any:
    """Every address with values made from the document; the statuses, counted."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    statuses: Counter[int] = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()

        @PLAIN
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            Brake.objects.all().delete()
            case.headers["Authorization"] = f"Bearer {key}"
            answer = case.call()
            statuses[answer.status_code] += 1
            case.validate_response(answer, **checks)

        with one_connection():
            ask()
    return statuses


def test_what_the_document_allows_is_answered_as_it_says(key: str) -> None:
    statuses = ask_everything(key, narrowed(document(key)), GenerationMode.POSITIVE)
    assert statuses[200] > 40, statuses


def test_what_the_document_forbids_is_refused_as_it_says(key: str) -> None:
    left_out = [positive_data_acceptance]  # of a case that stays valid, a unit may not be there
    found = ask_everything(key, document(key), GenerationMode.NEGATIVE, excluded_checks=left_out)
    assert found[400] > 40, found


def test_the_document_names_no_other_place(key: str) -> None:
    found = document(key)
    assert found["openapi"].startswith("3.1")
    assert found["servers"] == [{"url": "http://testserver"}]
