"""Imports `undantag.csv`."""

from tracking.imports.command import ImportCommand


class Command(ImportCommand):
    """See docs/formats.md."""

    help = "Import files of kind “exemptions”."
    kind = "exemptions"
