"""Every address of the URL configuration, one by one, with a path that reaches it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

SAMPLES = {
    "int": "999999",
    "number": "999999",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "slug": "x",
    "str": "x",
    "path": "x",
    "token": "x.y",
}
CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")
TRIED = ("999999", "x", "x/", "x/x", SAMPLES["uuid"], "images", "en", "width-100")


class Address(NamedTuple):
    """One URL pattern: its name with namespaces, its route, and a path that leads to it."""

    name: str
    route: str
    path: str


def addresses() -> Iterator[Address]:
    """Every pattern of the project, resolvers unfolded."""
    yield from _below(get_resolver().url_patterns, "", "", ())


def _below(
    patterns: list[URLPattern | URLResolver],
    route: str,
    path: str,
    spaces: tuple[str, ...],
) -> Iterator[Address]:
    for entry in patterns:
        here, sample = route + str(entry.pattern), path + _sample(entry)
        if isinstance(entry, URLResolver):
            inside = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _below(entry.url_patterns, here, sample, inside)
        else:
            name = ":".join((*spaces, entry.name or ""))
            yield Address(name, here, f"/{sample}")


def _sample(entry: URLPattern | URLResolver) -> str:
    if not isinstance(entry.pattern, RegexPattern):
        return CONVERTED.sub(lambda found: SAMPLES[found[1] or "str"], str(entry.pattern))
    for template, names in normalize(str(entry.pattern)):
        for value in TRIED:
            text = template % dict.fromkeys(names, value)
            if entry.pattern.regex.fullmatch(text) or (
                isinstance(entry, URLResolver) and entry.pattern.regex.match(text)
            ):
                return text
    raise AssertionError(f"No sample fits {entry.pattern}: add one to TRIED")
