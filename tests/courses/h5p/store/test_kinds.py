"""Types are called the same in the guide as on the pages, so that a search finds them."""

import re

from django.conf import settings
from django.utils import translation

from courses.h5p.store.kinds import KINDS, kind_in_words


def test_the_guide_calls_the_types_what_the_pages_call_them() -> None:
    guide = (settings.ROOT / "docs" / "h5p.md").read_text("utf-8")
    table = guide.split("### Vad som fungerar")[1].split("\n##")[0]
    said = {
        f"H5P.{name}": words
        for words, name in re.findall(r"^\| ([^|(]+) \((\w+)\) \|", table, re.MULTILINE)
    }
    with translation.override("sv"):
        known = {name: kind_in_words(name) for name in said if name in KINDS}
    assert len(known) > 20
    assert known == {name: words for name, words in said.items() if name in KINDS}
