"""How much a package may hold here, from the settings."""

from django.conf import settings

from courses.h5p.package import Limits

MEGABYTE = 1 << 20


def limits() -> Limits:
    """As the settings say; what they don't say is the reader's own."""
    return Limits(
        entries=settings.H5P_ENTRIES,
        file_bytes=settings.H5P_FILE_MB * MEGABYTE,
        package_bytes=settings.H5P_PACKAGE_MB * MEGABYTE,
        ratio=settings.H5P_RATIO,
        libraries=settings.H5P_LIBRARIES,
    )
