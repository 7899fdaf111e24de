"""A database outside the test's transaction."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.working.outside import Outside


@pytest.fixture
def outside(db: None, tmp_path: Path) -> Iterator[Outside]:
    made = Outside(tmp_path)
    yield made
    made.close()
