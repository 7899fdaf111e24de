"""What a lesson knows of its screens: their addresses, what stands on them, what they cite."""

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from courses.pages.blocks.keys import keys_given_twice
from courses.pages.citations import (
    Citation,
    as_data,
    citations_of,
    cites,
    texts_of,
    unknown_keys,
)
from courses.pages.printing import find_tool, is_roomy
from courses.pages.sourced import Sourced
from courses.sources.queries import Cited, current_library


class Screened(Sourced):
    """Of a page type whose `body` is a stream of screens."""

    body: StreamValue
    minutes: int
    url: str | None

    @property
    def screen_count(self) -> int:
        """How many screens there are."""
        return len(self.body)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The editor previews one screen at a time, as readers meet them."""
        return [
            (str(number), f"{number}. {child.value['heading']}")
            for number, child in enumerate(self.body, start=1)
        ] or [("1", gettext("Screen"))]

    def judge_screens(self) -> None:
        """Raise ValidationError for citations of nothing, and for keys that two blocks have."""
        twice = keys_given_twice(as_data(self.body))
        if twice:
            raise ValidationError(
                {
                    "body": _("Two blocks have the key %(keys)s. Give one of them another.")
                    % {"keys": ", ".join(twice)}
                }
            )
        unknown = unknown_keys(as_data(self.body), current_library())
        if unknown:
            raise ValidationError(
                {
                    "body": _("There is no source called %(keys)s.")
                    % {"keys": ", ".join(sorted(unknown))}
                }
            )

    def minutes_left(self, number: int) -> int:
        """Minutes from the beginning of a screen to the lesson's end, as if all were as long."""
        if not self.screen_count:
            return self.minutes
        return math.ceil(self.minutes * (self.screen_count - number + 1) / self.screen_count)

    def screen_url(self, number: int) -> str:
        """The address of a screen, counted from 1."""
        return f"{self.url}{number}/" if number > 1 else str(self.url)

    def shown_screen(self, number: int) -> Any:
        """One screen as a bound block; what stands in it is unpacked as it is shown."""
        stored = self.body.raw_data[number - 1]
        block = self.body.stream_block.child_blocks[stored["type"]]
        return block.bind(block.to_python(stored["value"]))

    def has_block(self, kind: str, number: int) -> bool:
        """Whether a block of a kind stands on a screen: what needs a script of its own."""
        content = self.body.raw_data[number - 1]["value"]["content"]
        return any(stored["type"] == kind for stored in content)

    def has_italics(self, number: int) -> bool:
        """Whether text that is seen at once asks for the italics of the typeface."""
        return any(
            "<i>" in text or "<blockquote>" in text
            for stored in self.body.raw_data[number - 1]["value"]["content"]
            if stored["type"] in ("text", "note")
            for text in texts_of(stored["value"])
        )

    def citations_on(self, number: int, *besides: Any) -> dict[str, Citation]:
        """The sources a screen cites, by key; `besides`: blocks shown on it from elsewhere."""
        stored = [self.body.raw_data[number - 1], *besides]
        return citations_of(stored, self.library) if cites(stored) else {}

    def other_sources(self, citations: Mapping[str, Citation]) -> list[Cited]:
        """What the lesson names or cites, but for what one of its screens lists already."""
        cited = citations_of(list(self.body.raw_data), self.library).values()
        found = [*self.named_sources(), *(one.source for one in cited)]
        return [one for one in dict.fromkeys(found) if one.key not in citations]

    def tool_context(self, key: str) -> dict[str, Any]:
        """What a tool's own page shows: the block, and the way back to its screen."""
        place = find_tool(self.body.raw_data, key)
        if place is None:
            raise Http404
        block = self.body.stream_block.child_blocks["screen"].child_blocks["content"]
        tool = block.child_blocks["tool"]
        bound = tool.bind(tool.to_python(place.stored))
        return {
            "tool": bound,
            "is_roomy": is_roomy(bound.value),
            "screen_url": self.screen_url(place.screen),
        }
