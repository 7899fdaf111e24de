"""The closure: all that a content plays with, each after what it needs, and what is missing."""

import pytest

from courses.h5p.package import (
    Closure,
    LibraryDescription,
    LibraryName,
    closure,
    describe,
    describe_library,
)
from tests.courses.h5p.packages import dependencies, description


def described(name: str, needs: list[str], dynamic: list[str]) -> LibraryDescription:
    parsed = LibraryName.parse(name)
    return describe_library(
        {
            "title": "A library",
            "machineName": parsed.machine_name,
            "majorVersion": parsed.major,
            "minorVersion": parsed.minor,
            "patchVersion": 0,
            "runnable": 0,
            "preloadedDependencies": dependencies(needs),
            "dynamicDependencies": dependencies(dynamic),
        }
    )


def found(
    store: dict[str, list[str]],
    content: object,
    needs: list[str] | None = None,
    dynamic: dict[str, list[str]] | None = None,
) -> tuple[list[str], list[str]]:
    """Close "A 1.0" over a store of libraries and what each needs; names only."""
    libraries = {
        LibraryName.parse(name): described(name, on, (dynamic or {}).get(name, []))
        for name, on in store.items()
    }
    said = describe(description("A 1.0".replace("A", "Aa"), needs or []))
    told: Closure = closure(said, content, libraries.get)
    return [str(name) for name in told.ordered], [str(name) for name in told.missing]


def test_a_library_comes_after_those_that_it_needs() -> None:
    store = {"Aa 1.0": ["B 1.0", "C 1.0"], "B 1.0": ["D 1.0"], "C 1.0": ["D 1.0"], "D 1.0": []}
    assert found(store, {}) == (["D 1.0", "B 1.0", "C 1.0", "Aa 1.0"], [])


def test_what_the_content_names_is_needed_wherever_it_stands() -> None:
    store: dict[str, list[str]] = {name: [] for name in ("Aa 1.0", "B 1.2", "C 3.4", "D 1.0")}
    content = {
        "library": "B 1.2",
        "rows": [[{"deep": {"library": "C 3.4", "params": {"library": "Write what you like"}}}]],
        "note": "D 1.0",
    }
    assert found(store, content) == (["Aa 1.0", "B 1.2", "C 3.4"], [])


def test_a_dynamic_dependency_is_needed_only_where_the_content_names_it() -> None:
    store: dict[str, list[str]] = {"Aa 1.0": [], "B 1.0": ["C 1.0"], "C 1.0": []}
    dynamic = {"Aa 1.0": ["B 1.0"]}
    assert found(store, {}, dynamic=dynamic)[0] == ["Aa 1.0"]
    named = found(store, {"x": {"library": "B 1.0"}}, dynamic=dynamic)
    assert named == (["Aa 1.0", "C 1.0", "B 1.0"], [])


def test_what_nobody_has_is_listed_once_by_name() -> None:
    store = {"Aa 1.0": ["B 1.0", "Gone 2.1"], "B 1.0": ["Gone 2.1"]}
    content = [{"library": "Lost 0.1"}, {"library": "Lost 0.1"}, {"library": "B 1.1"}]
    told = (["B 1.0", "Aa 1.0"], ["Gone 2.1", "Lost 0.1", "B 1.1"])
    assert found(store, content) == told


def test_libraries_that_need_each_other_are_loaded_once_each() -> None:
    store = {"Aa 1.0": ["B 1.0"], "B 1.0": ["C 1.0"], "C 1.0": ["Aa 1.0", "C 1.0"]}
    assert found(store, {}) == (["C 1.0", "B 1.0", "Aa 1.0"], [])


def test_a_chain_of_any_length_is_followed() -> None:
    store = {f"L{at} 1.0": [f"L{at + 1} 1.0"] for at in range(5000)} | {"L5000 1.0": []}
    ordered, missing = found({"Aa 1.0": ["L0 1.0"], **store}, {})
    assert (len(ordered), ordered[0], ordered[-1], missing) == (5002, "L5000 1.0", "Aa 1.0", [])


@pytest.mark.parametrize("text", ["H5P.Text 1.1", "H5P.Text-1.1"])
def test_a_library_s_name_is_read_in_both_its_spellings(text: str) -> None:
    assert LibraryName.parse(text) == LibraryName("H5P.Text", 1, 1)
    assert str(LibraryName.parse(text)) == "H5P.Text 1.1"
    assert LibraryName.parse(text).folder == "H5P.Text-1.1"


@pytest.mark.parametrize(
    "text", ["", "H5P.Text", "H5P.Text 1", "H5P.Text 1.1.1 ", "H5P Text 1.1", "å 1.1"]
)
def test_what_is_not_a_library_s_name_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="not the name of a library"):
        LibraryName.parse(text)
