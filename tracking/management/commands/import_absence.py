"""Imports `franvaro.csv`."""

from tracking.imports.command import ImportCommand


class Command(ImportCommand):
    """See docs/formats.md."""

    help = "Import files of kind “absence”."
    kind = "absence"
