"""Imports `uppdrag.csv`."""

from tracking.imports.command import ImportCommand


class Command(ImportCommand):
    """See docs/formats.md."""

    help = "Import files of kind “duties”."
    kind = "duties"
