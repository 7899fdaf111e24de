"""What holds whatever a package is made of: names, round trips, closures, damaged bytes."""

import io
import json
import random
import struct
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.h5p.package import (
    LibraryDescription,
    LibraryName,
    Package,
    Refused,
    closure,
    describe,
    describe_library,
    read,
)
from tests.courses.h5p.package.test_dependencies import described
from tests.courses.h5p.package.test_packing import packed
from tests.courses.h5p.packages import Part, description, library, make_package, parts, write

SIGNS = st.sampled_from("aA.\\/_:å\u0301 -0\0\n\u202eßİ")
NAMES = st.one_of(st.text(SIGNS, max_size=12), st.text(max_size=20))


def tried_times(count: int) -> settings:
    """As often as this; a busy machine is no failure."""
    slow = [HealthCheck.too_slow]
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


def tried(data: bytes) -> Package | Refused:
    """Read what may be anything; whatever else than these two comes of it fails the test."""
    try:
        return read(io.BytesIO(data))
    except Refused as refused:
        return refused


@tried_times(100)
@given(st.lists(NAMES, max_size=4))
def test_whatever_entries_are_called_what_is_let_in_stays_in_its_folder(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        more = [Part(f"content/{name}.txt") for name in names] + [Part(name) for name in names]
        try:
            path = make_package(Path(folder), more)
        except (UnicodeEncodeError, struct.error):
            return  # No zip can be written with such a name.
        found = tried(path.read_bytes())
        if isinstance(found, Refused):
            return
        kept = [file.path for file in found.content_files]
        assert len({path.casefold() for path in kept}) == len(kept)
        for path_in_content in kept:
            split = PurePosixPath(path_in_content)
            assert str(split) == path_in_content
            assert not split.is_absolute()
            assert not any(part.startswith((".", "_")) or "\\" in part for part in split.parts)


FILES = st.dictionaries(
    st.text("abcdefgh0123", min_size=1, max_size=8).map("content/{}.txt".format),
    st.one_of(st.binary(max_size=300), st.integers(0, 200_000).map(lambda size: b" " * size)),
    max_size=4,
)
TEXTS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.text(max_size=9)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@tried_times(60)
@given(
    files=FILES,
    content=st.dictionaries(st.text(max_size=5), TEXTS, max_size=3),
    count=st.integers(1, 3),
)
def test_a_package_that_is_packed_again_says_the_same_to_the_byte(
    files: dict[str, bytes], content: dict[str, object], count: int
) -> None:
    libraries = [library("Test.Thing"), *(library(f"Test.More{at}") for at in range(1, count))]
    made = parts(files, content=content, libraries=libraries)
    stored = [Part(part.name, part.data, method=zipfile.ZIP_STORED) for part in made]
    with TemporaryDirectory() as folder, read(write(Path(folder) / "a.h5p", stored)) as before:
        first = packed(before)
        with read(io.BytesIO(first)) as after:
            assert after.content == before.content == content
            assert after.content_files == before.content_files
            assert after.content_sha256 == before.content_sha256
            assert after.libraries == before.libraries
            assert packed(after) == first


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    more = {"content/images/å.png": bytes(range(256)) * 9, "content/empty.txt": b""}
    libraries = [library(), library("Test.Other", needs=["Test.Thing 1.0"])]
    return make_package(tmp_path_factory.mktemp("h5p"), more, libraries=libraries).read_bytes()


@tried_times(200)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    cut=st.one_of(st.none(), st.tuples(st.floats(0, 1), st.floats(0, 1))),
)
def test_a_package_with_any_bytes_changed_is_let_in_whole_or_refused(
    good: bytes, changes: list[tuple[float, int]], cut: tuple[float, float] | None
) -> None:
    raw = bytearray(good)
    for place, value in changes:
        raw[int(place * len(raw))] = value
    if cut:
        begin, end = sorted(int(place * len(raw)) for place in cut)
        del raw[begin:end]
    found = tried(bytes(raw))
    if isinstance(found, Package):
        for file in found.content_files:
            with found.open(file) as stream:
                assert len(stream.read()) == file.size


@tried_times(200)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 5))
def test_a_directory_with_any_numbers_in_it_is_let_in_whole_or_refused(
    good: bytes, seed: int, changes: int
) -> None:
    """Changes where it matters: headers, and the directory at the end."""
    noise = random.Random(seed)
    raw = bytearray(good)
    starts = [at for at in range(len(raw)) if raw[at : at + 2] == b"PK"]
    for _change in range(changes):
        at = noise.choice(starts) + noise.randrange(46)
        value = noise.choice([0, 1, 8, 0xFF, 0xFFFF, 0xFFFFFFFF, noise.randrange(2**32)])
        size = noise.choice([1, 2, 4])
        raw[at : at + size] = (value % 256**size).to_bytes(size, "little")
    tried(bytes(raw))


@tried_times(200)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_refused(data: bytes) -> None:
    assert isinstance(tried(data), Refused)
    assert isinstance(tried(b"PK\x05\x06" + data), Refused)


SAID = st.one_of(
    TEXTS,
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["1.1", "H5P.Text", "a.js", "../a.js", "\\a.css", "div", "https://a", "0"]),
)
KEYS = st.one_of(
    st.sampled_from(["title", "language", "mainLibrary", "license", "source", "embedTypes"]),
    st.sampled_from(["machineName", "majorVersion", "minorVersion", "patchVersion", "path"]),
    st.sampled_from(["runnable", "fullscreen", "coreApi", "preloadedJs", "preloadedCss"]),
    st.sampled_from(["preloadedDependencies", "dynamicDependencies", "editorDependencies"]),
)
NESTED = st.recursive(
    SAID,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=9,
)


@tried_times(100)
@given(said=st.dictionaries(KEYS, NESTED, max_size=6), about_library=st.booleans())
def test_whatever_a_description_says_it_is_read_or_refused(
    said: dict[str, object], about_library: bool
) -> None:
    good = json.loads(library().files["library.json"]) if about_library else description()
    try:
        told = (describe_library if about_library else describe)({**good, **said})
    except Refused:
        return
    assert 0 < len(told.title) <= 255
    if isinstance(told, LibraryDescription):
        for path in (*told.preloaded_js, *told.preloaded_css):
            assert not path.startswith(("/", "../"))
            assert "\\" not in path
            assert path.endswith((".js", ".css"))


GRAPHS = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 9), max_size=4), max_size=8)


@tried_times(200)
@given(
    graph=GRAPHS, roots=st.lists(st.integers(0, 9), max_size=3), named=st.lists(st.integers(0, 9))
)
def test_a_closure_is_all_that_can_be_reached_each_after_what_it_needs(
    graph: dict[int, list[int]], roots: list[int], named: list[int]
) -> None:
    """Libraries 8 and 9 are nobody's; circles come by chance."""
    store: dict[LibraryName, LibraryDescription] = {
        name(number): described(str(name(number)), [str(name(need)) for need in needs], [])
        for number, needs in graph.items()
    }
    said = describe(description("Lib0 1.0", [str(name(number)) for number in roots]))
    content = {"rows": [{"library": str(name(number))} for number in named]}
    told = closure(said, content, store.get)

    reached, waiting = set(), [0, *roots, *named]
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += graph.get(number, [])
    assert {*told.ordered} == {name(number) for number in reached if number in graph}
    assert {*told.missing} == {name(number) for number in reached if number not in graph}
    assert len(told.ordered) + len(told.missing) == len(reached)
    place = {library: at for at, library in enumerate(told.ordered)}
    for number in reached & graph.keys():
        for need in graph[number]:
            if need in graph and not leads(graph, need, number):
                assert place[name(need)] < place[name(number)]


def name(number: int) -> LibraryName:
    return LibraryName(f"Lib{number}", 1, 0)


def leads(graph: dict[int, list[int]], start: int, end: int) -> bool:
    """Say whether one needs the other, by however many steps."""
    seen, waiting = set(), [start]
    while waiting:
        number = waiting.pop()
        if number == end:
            return True
        if number not in seen:
            seen.add(number)
            waiting += graph.get(number, [])
    return False
