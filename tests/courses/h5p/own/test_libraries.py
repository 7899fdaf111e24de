"""Our libraries are what H5P asks of libraries, in Swedish and in English alike."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from courses.h5p.own.judging import flaws_of_content
from courses.h5p.own.shelf import FOLDER, own_libraries, semantics_of
from courses.h5p.package import LibraryName
from tests.courses.h5p.own.contents import TYPES, example, read_json

# What a language file may say of a field, and nothing else.
SAID = {"label", "description", "entity", "placeholder", "default", "options", "fields", "field"}
each_library = pytest.mark.parametrize("name", own_libraries(), ids=str)
each_type = pytest.mark.parametrize("name", TYPES, ids=str)


def test_there_are_the_two_types_and_what_they_share() -> None:
    assert [str(name) for name in own_libraries()] == [
        "Kompetens.Base 1.0",
        "Kompetens.BranchingConversation 1.0",
        "Kompetens.MultipleChoice 1.0",
    ]


@each_library
def test_a_library_lies_in_its_folder_with_its_licence_and_files(name: LibraryName) -> None:
    about, folder = own_libraries()[name], FOLDER / name.folder
    assert about.license == "MIT"
    assert (folder / "LICENSE.txt").read_text().startswith("MIT License")
    assert all((folder / path).is_file() for path in (*about.preloaded_js, *about.preloaded_css))
    assert {need.machine_name for need in about.preloaded} <= {"Kompetens.Base"}


@each_library
def test_a_library_is_small(name: LibraryName) -> None:
    about, folder = own_libraries()[name], FOLDER / name.folder
    for path in (*about.preloaded_js, *about.preloaded_css):
        assert (folder / path).stat().st_size < 14_000, path


@each_library
def test_a_library_asks_nobody_else_and_makes_no_html_of_text(name: LibraryName) -> None:
    for path in (FOLDER / name.folder).glob("*.js"):
        source = path.read_text()
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "jQuery",
        ):
            assert word not in source, (path.name, word)
        assert re.findall(r"https?://[^\s\"')]+", source) in (
            [],
            ["http://www.w3.org/2000/svg"],
            ["http://adlnet.gov/expapi/activities/cmi.interaction"],
            ["http://id.tincanapi.com/extension/ending-point"],
        )


@each_type
@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_language_says_each_text_of_the_semantics(name: LibraryName, language: str) -> None:
    semantics = semantics_of(name)
    said = read_json(FOLDER / name.folder / "language" / f"{language}.json")["semantics"]
    assert list(differences(semantics, said, "")) == []


def differences(fields: list[Any], said: list[Any], place: str) -> Iterator[str]:
    """Where a language file lacks, or has too much, of what the semantics say in words."""
    assert len(fields) == len(said), place
    for field, words in zip(fields, said, strict=True):
        at = f"{place}/{field['name']}"
        wanted = {key for key in SAID - {"default"} if key in field}
        if field["type"] == "text" and "default" in field:
            wanted.add("default")
        if wanted != words.keys():
            yield f"{at}: {sorted(wanted ^ words.keys())}"
        for key in wanted - {"options", "fields", "field"}:
            if not str(words[key]).strip():
                yield f"{at}: {key} is empty"
            variables = re.findall(r"@\w+", str(field[key]))
            if variables != re.findall(r"@\w+", str(words[key])):
                yield f"{at}: {key} has other variables"
        if "options" in field:
            assert len(field["options"]) == len(words["options"]), at
        yield from differences(field.get("fields", []), words.get("fields", []), at)
        if "field" in field:
            yield from differences([field["field"]], [words["field"]], at)


@each_type
def test_english_is_what_the_semantics_say_themselves(name: LibraryName) -> None:
    said = read_json(FOLDER / name.folder / "language" / "en.json")["semantics"]
    for field, words in zip(semantics_of(name), said, strict=True):
        assert {key: field[key] for key in ("label", "description") if key in field} == {
            key: words[key] for key in ("label", "description") if key in words
        }


@each_type
def test_no_text_of_the_type_is_missing_where_an_author_left_it_out(name: LibraryName) -> None:
    """The script falls back on English for each text that a content may say otherwise."""
    own = next(field for field in semantics_of(name) if field["name"] == "l10n")
    offered = {field["name"]: field["default"] for field in own["fields"]}
    script = (FOLDER / name.folder / own_libraries()[name].preloaded_js[0]).read_text()
    block = script.split("const ENGLISH = {", 1)[1].split("};", 1)[0]
    assert dict(re.findall(r"(\w+): \"([^\"]*)\"", block)) == offered


@each_type
def test_the_example_is_what_the_semantics_ask_for(name: LibraryName) -> None:
    assert flaws_of_content(name, example(name)) == []


@each_type
def test_the_example_speaks_swedish_throughout(name: LibraryName) -> None:
    said = read_json(FOLDER / name.folder / "language" / "sv.json")["semantics"]
    place = [field["name"] for field in semantics_of(name)].index("l10n")
    names = [field["name"] for field in semantics_of(name)[place]["fields"]]
    swedish = [field["default"] for field in said[place]["fields"]]
    assert example(name)["l10n"] == dict(zip(names, swedish, strict=True))


def colours(css: str, selector: str) -> list[dict[str, str]]:
    """What each rule of a selector calls its colours, in order."""
    return [
        dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", rule))
        for rule in re.findall(rf"{re.escape(selector)} {{(.*?)}}", css, re.DOTALL)
    ]


def test_the_look_is_the_platforms_in_light_and_in_dark() -> None:
    """A frame has no access to our style sheets: the colours stand there twice, alike."""
    tokens = (FOLDER.parents[2] / "static" / "css" / "tokens.css").read_text()
    base = (FOLDER / "Kompetens.Base-1.0" / "base.css").read_text()
    ours, theirs = colours(base, ".kompetens"), colours(tokens, ":root")
    assert len(ours) == 2
    assert all(ours)
    for mine, those in zip(ours, theirs, strict=False):
        assert mine == {name: those[name] for name in mine}


def test_every_colour_that_is_used_is_one_of_them() -> None:
    for path in FOLDER.glob("*/*.css"):
        without_tokens = re.sub(r"--[\w-]+: [^;]+;", "", path.read_text())
        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", without_tokens) == [], path.name
