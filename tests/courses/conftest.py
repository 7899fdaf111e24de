"""What outlives a test's transaction is put back."""

import pytest
from wagtail.models import Site


@pytest.fixture(autouse=True)
def fresh_addresses() -> None:
    """Wagtail keeps the sites' root pages in the cache, also those that were rolled back."""
    Site.clear_site_root_paths_cache()
