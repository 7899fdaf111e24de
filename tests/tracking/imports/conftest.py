"""The base city, for the modules of which every test begins from it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.once import written_once
from tests.tracking.imports.base_city import load_base


@pytest.fixture(scope="module")
def base_city(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Nine imports: too much to do again for each of a hundred tests that change a row."""
    folder = tmp_path_factory.mktemp("base")
    with written_once(django_db_blocker, lambda: load_base(folder)):
        yield
