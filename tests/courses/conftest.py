"""What outlives a test's transaction is put back."""

from collections.abc import Iterator

import pytest
from moto.server import ThreadedMotoServer
from wagtail.models import Site

from foundation.bucket import MediaInBucket


@pytest.fixture(autouse=True)
def fresh_addresses() -> None:
    """Wagtail keeps the sites' root pages in the cache, also those that were rolled back."""
    Site.clear_site_root_paths_cache()


@pytest.fixture(scope="session")
def bucket() -> Iterator[dict[str, str]]:
    """A storage that speaks S3, on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    found = {
        "bucket_name": "kompetens",
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "eu-north-1",
        "access_key": "AKIATEST",
        "secret_key": "hemligt",
        "addressing_style": "path",
        "location": "media",
    }
    MediaInBucket(**found).connection.create_bucket(
        Bucket="kompetens", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
    )
    yield found
    server.stop()
