"""Pages that name their sources: found among those the process remembers, without a query."""

from functools import cached_property
from uuid import UUID

from wagtail.blocks import StreamValue

from courses.sources.queries import Cited, Library, current_library, library


class Sourced:
    """Of a page type with a field `sources`."""

    sources: StreamValue
    # Read along with the page by whoever looks it up for a reader.
    sources_edition: UUID | None = None

    @cached_property
    def library(self) -> Library:
        """All sources there are; asked for where the page came another way than by its address."""
        if self.sources_edition is None:
            return current_library()
        return library(self.sources_edition)

    def named_sources(self) -> list[Cited]:
        """The sources the page names, in its order."""
        return self.library.of_rows((one["type"], one["value"]) for one in self.sources.raw_data)
