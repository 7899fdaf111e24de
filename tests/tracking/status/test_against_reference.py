"""The exports hold against a slow, obvious second reading of STATUS.md, on random cities.

Files go in through the import commands and come out through the export commands, as a city's
would; the bytes must be the same. `STATUS_EXAMPLES` raises the number of random cities,
`STATUS_SHRINK` asks for the smallest city that fails.
"""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.extra.django import TestCase

from tests.tracking.commands import as_csv, export, load
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.reference import City
from tests.tracking.status.reference_exports import status_file, summary_file

EXAMPLES = int(os.environ.get("STATUS_EXAMPLES", "50"))
# Shrinking a failing city takes minutes of imports: only where somebody waits for it.
SHRINK = [Phase.shrink] if "STATUS_SHRINK" in os.environ else []


def report(scenario: Scenario) -> str:
    """The files, so that a failure can be repeated by hand."""
    return "\n".join(
        f"--- {batch.kind} {batch.recorded_at.isoformat()}\n"
        + as_csv(batch.kind, batch.rows).decode()
        for batch in scenario.batches
    )


@pytest.mark.slow
class TestAgainstReference(TestCase):
    """Each random city is loaded into an empty database and rolled back."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *SHRINK],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(scenario=scenarios())
    def test_exports_are_those_of_the_second_reading(self, scenario: Scenario) -> None:
        note(report(scenario))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for batch in scenario.batches:
                load(folder, batch, dialect=scenario.dialect)
            for question in scenario.questions:
                note(repr(question))
                city = City(scenario.batches, question.known_at)
                narrowed = {"targets": question.targets, "unit": question.unit}
                asked = {**narrowed, "known_at": question.known_at}
                found = export("export_status", folder, question.on, **asked)
                assert found.decode() == status_file(city, question.on, **narrowed).decode()
                found = export("export_summary", folder, question.on, **asked)
                assert found.decode() == summary_file(city, question.on, **narrowed).decode()
