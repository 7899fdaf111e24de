"""Each refusal has words of its own, in Swedish, which name the entry."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from courses.h5p import package
from courses.h5p.package import CODES, Refused
from courses.h5p.store.wording import REASONS, SHAPES, WORDS, refusal_in_words

OF_THE_WHOLE = {"not-a-zip", "too-many-entries", "package-too-large"}


def test_each_code_has_words() -> None:
    assert set(WORDS) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_words_are_swedish_and_name_the_entry(code: str) -> None:
    with translation.override("en"):
        english = refusal_in_words(Refused(code, "content/a.txt", found=7, expected=8))
    with translation.override("sv"):
        swedish = refusal_in_words(Refused(code, "content/a.txt", found=7, expected=8))
    assert swedish != english
    assert "%(" not in swedish
    assert ("”content/a.txt”" in swedish) == (code not in OF_THE_WHOLE)


def test_each_reason_that_the_core_gives_has_words() -> None:
    """The core's reasons are read out of its source: a new one without words fails here."""
    given = set()
    for source in Path(package.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            given |= {
                keyword.value.value
                for keyword in getattr(node, "keywords", [])
                if keyword.arg == "found" and isinstance(keyword.value, ast.Constant)
            }
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ValueError":
                given |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert given - {"a value", ""} == set(REASONS)


def test_each_shape_that_the_core_expects_has_words() -> None:
    shapes = (Path(package.__path__[0]) / "shapes.py").read_text()
    said = {
        node.value
        for node in ast.walk(ast.parse(shapes))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = {
        "1-255 characters",
        "a value",
        *(f"a path in the library that ends with {end}" for end in (".js", ".css")),
    }
    assert set(SHAPES) - said == made
    begun = {one for one in said if one.startswith(("a ", "an ", "the ", "0 "))}
    assert begun - {"a path in the library that ends with "} <= set(SHAPES)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_reason_is_told_in_swedish(reason: str) -> None:
    with translation.override("sv"):
        told = refusal_in_words(Refused("not-json", "h5p.json", found=reason))
    assert told.startswith("Filen ”h5p.json” går inte att läsa som JSON: ")
    assert reason not in told


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (
            Refused("file-too-large", "content/film.mp4", found=157286400, expected=104857600),
            "Filen ”content/film.mp4” i paketet är 150,0\xa0MB uppackad. Högst 100,0\xa0MB"
            " per fil tas emot.",
        ),
        (
            Refused("not-json", "h5p.json", found="line 3, column 7: Expecting value"),
            "Filen ”h5p.json” går inte att läsa som JSON: rad 3, kolumn 7.",
        ),
        (
            Refused("missing", "h5p.json", found="Mitt paket/h5p.json"),
            "Filen ”h5p.json” saknas i paketet; däremot finns ”Mitt paket/h5p.json”. Packa det som"
            " ligger i mappen, inte mappen själv.",
        ),
        (
            Refused("file-type", "content/images/karta.SVG", expected="content"),
            "Filen ”content/images/karta.SVG” är en SVG-bild, och sådana kan innehålla skript:"
            " spara den som PNG i verktyget där innehållet gjordes, och exportera paketet igen.",
        ),
        (
            Refused("missing", "h5p.json"),
            "Filen ”h5p.json” saknas i paketet, så det är inte ett helt H5P-paket.",
        ),
        (
            Refused("shape", "h5p.json", found="nothing", expected="title: 1-255 characters"),
            "Filen ”h5p.json” är inte som H5P beskriver den. Väntat: title: en rad med 1-255"
            " tecken. Hittat: ingenting.",
        ),
        (
            Refused("shape", "h5p.json", found="“sv_SE”", expected="language: 0 or 1"),
            "Filen ”h5p.json” är inte som H5P beskriver den. Väntat: language: 0 eller 1."
            " Hittat: ”sv_SE”.",
        ),
        (
            Refused("not-a-zip", found="6 entries are promised, 7 found"),
            "Filen är inte ett H5P-paket, eller så är den skadad: dess delar stämmer inte överens."
            " Exportera den på nytt där den gjordes.",
        ),
        (
            Refused("core-api", "H5P.A-1.0/library.json", found="1.29", expected="1.28"),
            "”H5P.A-1.0/library.json” behöver version 1.29 av H5P:s spelare. Den som finns här är"
            " 1.28.",
        ),
    ],
)
def test_numbers_and_places_are_told_as_people_write_them(refused: Refused, told: str) -> None:
    with translation.override("sv"):
        assert refusal_in_words(refused) == told
