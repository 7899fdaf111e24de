"""Templates hold no inline script or style: the content security policy refuses them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    [
        *(ROOT / "site" / "templates").rglob("*.html"),
        *(path for app in ROOT.glob("*/templates") for path in app.rglob("*.html")),
    ]
)
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
INLINE = {
    # A script is put in with {% script "js/…" %}, which gives it the nonce it needs to run.
    "script": re.compile(r"<script\b", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


def inline_parts(source: str) -> list[str]:
    """Kinds of inline code in a template's source, comments apart."""
    bare = COMMENT.sub("", source)
    return [kind for kind, found in INLINE.items() if found.search(bare)]


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_inline(template: Path) -> None:
    assert inline_parts(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_what_is_inline_is_found(source: str) -> None:
    assert len(inline_parts(source)) == 1
