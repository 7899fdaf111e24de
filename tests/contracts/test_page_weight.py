"""What a lesson's page makes a browser fetch, in bytes as they are sent: a phone on 3G reads it.

`python -m bench.weight` measures the same, and time and movement, in Chromium.
"""

import re
from pathlib import Path, PurePosixPath

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from bench.fonts import CUTS, letters
from courses.pages.models import CoursePage
from foundation.components.stylesheets import EACH
from tests.courses.makers import make_user, signed_in

FIRST, AGAIN = 150_000, 30_000
HEADERS = 1_200  # of an answer; ours carry a content security policy each
ASKED = re.compile(r'(?:href|src)="/static/([^"#]+)')
IMPORTED = re.compile(r'(?:from|import)\s+"(\.{1,2}/[^"]+)"')
CSS = settings.ROOT / "static" / "css"


def found(name: str) -> Path:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path)


def with_what_it_imports(names: set[str]) -> set[str]:
    """Scripts, and the modules these begin with."""
    every, waiting = set(names), [name for name in names if name.endswith(".js")]
    while waiting:
        name = waiting.pop()
        for address in IMPORTED.findall(found(name).read_text(encoding="utf-8")):
            parts: list[str] = []
            for part in (PurePosixPath(name).parent / address).parts:
                if part == "..":
                    parts.pop()
                elif part != ".":
                    parts.append(part)
            imported = "/".join(parts)
            if imported not in every:
                every.add(imported)
                waiting.append(imported)
    return every


def sent(*names: str) -> int:
    """Bytes of static files as one answer, as WhiteNoise and nginx send it."""
    content = b"\n".join(found(name).read_bytes() for name in names)
    return len(content if names[0].endswith(".woff2") else brotli.compress(content)) + HEADERS


@pytest.mark.django_db
def test_a_lesson_without_media_is_light_at_first_and_again() -> None:
    call_command("load_modules", "freda", verbosity=0)
    client: Client = signed_in(make_user())
    # A text with anything in italics asks for that cut too.
    italic = sent("fonts/reading-serif-italic.woff2")
    together = sent(*EACH)  # one file, where they are collected
    known: dict[str, int] = {}
    heavy = []
    for lesson in CoursePage.objects.get(slug="freda", locale__language_code="sv").lessons():
        for number in range(1, lesson.screen_count + 1):
            answer = client.get(lesson.screen_url(number))
            page = answer.content.decode()
            names = with_what_it_imports(set(ASKED.findall(page)))
            assert {"fonts/reading-serif.woff2", "fonts/reading-sans.woff2"} <= names
            size = len(answer.content) + HEADERS
            names -= set(EACH)
            for name in names:
                known[name] = known.get(name) or sent(name)
            first = size + italic + together + sum(known[name] for name in names)
            if first >= FIRST or size >= AGAIN:
                heavy.append((lesson.title, number, first, size))
    assert heavy == []


def test_no_module_has_a_letter_that_costs_a_whole_typeface() -> None:
    modules = settings.ROOT / "courses" / "modules"
    texts = [*modules.glob("*/*.md"), *modules.glob("*/*.yaml"), *modules.glob("*/images/*.svg")]
    known = letters() | {ord("\n"), ord("\t")}
    other = {
        f"{path.relative_to(modules)}: {letter}"
        for path in texts
        for letter in set(path.read_text(encoding="utf-8"))
        if ord(letter) not in known
    }
    assert other == set()


def test_the_stylesheet_asks_for_no_letter_from_two_files() -> None:
    faces = re.findall(r"@font-face \{.*?\n\}", (CSS / "fonts.css").read_text(), re.DOTALL)
    taken: dict[tuple[str, str], set[int]] = {}
    for face in faces:
        family, style = re.findall(r'font-family: "(.+?)"|font-style: (\w+)', face)
        points = set()
        text = face.partition("unicode-range:")[2].partition(";")[0]
        for part in text.replace("\n", " ").split(","):
            first, _dash, last = part.strip().removeprefix("U+").partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        key = (family[0], style[1])
        if "reading-" in face:
            assert points == letters(), key
        assert not taken.get(key, set()) & points & letters(), key
        taken[key] = taken.get(key, set()) | points
    assert sum("reading-" in face for face in faces) == len(CUTS)
    assert all("font-display: optional" in face for face in faces if "reading-" in face)


def test_every_stylesheet_is_asked_for_by_somebody() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("site", "courses", "quizzes", "tracking")
        for kind in ("*.html", "*.py")
        for path in (settings.ROOT / folder).rglob(kind)
    ]
    asked = set(EACH).union(*(re.findall(r"css/[\w/-]+\.css", text) for text in sources))
    ours = [*CSS.glob("*.css"), *CSS.glob("pages/*.css")]
    assert {f"css/{path.relative_to(CSS)}" for path in ours} - asked == set()
