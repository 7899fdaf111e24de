"""The page nginx answers with when the program does not: whole by itself, in the project's look."""

import re
from pathlib import Path

import pytest

from tests.foundation.components.test_contrast import colours

DEPLOY = Path(__file__).parents[2] / "deploy"
PAGE = (DEPLOY / "away.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_colours_are_the_tokens(theme: str) -> None:
    light, dark = PAGE.split("@media (prefers-color-scheme: dark)")
    written = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light if theme == "light" else dark))
    assert set(written) == {"paper", "ink", "ink-soft", "accent", "focus"}
    assert written == {name: colours(theme)[name] for name in written}


def test_it_asks_for_nothing_else() -> None:
    assert re.findall(r"<(?:script|link|img)|url\(|src=|@import", PAGE) == []


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-compose.conf"])
def test_nginx_answers_with_it_and_says_to_try_again(name: str) -> None:
    written = (DEPLOY / name).read_text(encoding="utf-8")
    assert "error_page 502 =503 /away.html;" in written
    assert "add_header Retry-After 5 always;" in written
