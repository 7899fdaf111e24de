"""`python -m bench.h5p`: what an H5P package costs: seconds and memory to validate, split and pack.

Packages are made in a temporary folder, of films, pictures and libraries of noise, and each is
read in a process of its own that knows the core only, so that its memory is the core's; the last
once more in one that has loaded the platform, for what a package adds there.
"""

import io
import json
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from courses.h5p.package import LibraryName, Opener, describe, pack, read

MEGABYTE = 1 << 20
SIZES = (5, 60, 200, 490)
FILM = 40 * MEGABYTE
LIBRARIES = 25
CHUNK = 64 << 10


class Noise(io.RawIOBase):
    """Bytes that do not pack, as many as asked for, the same each time; none of them kept."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left, self.random = size, random.Random(size)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        length = min(len(view), self.left)
        view[:length] = self.random.randbytes(length)
        self.left -= length
        return length


def noise(size: int) -> BinaryIO:
    """Open so many bytes of noise."""
    return io.BufferedReader(Noise(size), CHUNK)


def written(value: object) -> Opener:
    """Give what opens a value as text or JSON."""
    text = value if isinstance(value, str) else json.dumps(value)
    return partial(io.BytesIO, text.encode())


def library(number: int) -> tuple[LibraryName, dict[str, Opener]]:
    """Make a library such as real ones are: script, style, texts in forty languages."""
    named = {"machineName": f"Bench.Part{number}", "majorVersion": 1, "minorVersion": 0}
    script = "".join(f"H5P.part = function (a{at}) {{ return {at}; }};\n" for at in range(2_000))
    files = {
        "library.json": {
            **named, "title": "Part", "patchVersion": 1, "runnable": 1,
            "preloadedJs": [{"path": "a.js"}], "preloadedCss": [{"path": "a.css"}],
        },
        "a.js": script,
        "a.css": "".join(f".part-{at} {{ margin: {at}px }}\n" for at in range(500)),
        "semantics.json": [{"name": f"field{at}", "type": "text"} for at in range(100)],
    }  # fmt: skip
    for first in "abcdefghij":
        for second in "abcd":
            files[f"language/{first}{second}.json"] = [{"label": f"{at}"} for at in range(100)]
    return LibraryName(f"Bench.Part{number}", 1, 0), {
        path: written(value) for path, value in files.items()
    }


def make(path: Path, megabytes: int) -> None:
    """Write a package of about so many megabytes."""
    libraries = dict(library(number) for number in range(LIBRARIES))
    needs = [
        {"machineName": name.machine_name, "majorVersion": 1, "minorVersion": 0}
        for name in libraries
    ]
    description = describe(
        {
            "title": "Bench", "language": "sv", "mainLibrary": "Bench.Part0",
            "embedTypes": ["div"], "preloadedDependencies": needs,
        }
    )  # fmt: skip
    content: dict[str, Opener] = {
        f"videos/{number}.mp4": partial(noise, size)
        for number, size in enumerate(films(megabytes * MEGABYTE * 9 // 10))
    }
    picture = megabytes * MEGABYTE // 10 // 50
    content |= {f"images/{number}.jpg": partial(noise, picture) for number in range(50)}
    parts = [{"library": "Bench.Part1 1.0", "params": {"text": "Hej " * 50}} for _at in range(999)]
    content["content.json"] = written({"parts": parts})
    with path.open("wb") as out:
        pack(out, description, content, libraries)


def films(size: int) -> Iterator[int]:
    """Share the bytes out over films of forty megabytes at most."""
    while size > 0:
        yield min(size, FILM)
        size -= FILM


def at_most() -> float:
    """Give how much memory this process has had at once at most, in MB; Linux."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def handle(path: str, folder: str, told: Any, *, platform: bool) -> None:
    """Validate, split and pack the package again; tell how long each took, and the memory."""
    if platform:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
        import django

        django.setup()
    before = at_most()
    clock = time.perf_counter()
    with read(path) as package:
        validated, clock = time.perf_counter() - clock, time.perf_counter()
        groups = [package.content_files, *(one.files for one in package.libraries.values())]
        for number, files in enumerate(groups):
            for file in files:
                target = Path(folder) / str(number) / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with package.open(file) as stream, target.open("wb") as out:
                    while chunk := stream.read(CHUNK):
                        out.write(chunk)
        split, clock = time.perf_counter() - clock, time.perf_counter()
        content = {file.path: partial(package.open, file) for file in package.content_files}
        libraries = {
            name: {file.path: partial(package.open, file) for file in one.files}
            for name, one in package.libraries.items()
        }
        with Path(folder, "again.h5p").open("wb") as out:
            pack(out, package.description, content, libraries)
        packed = time.perf_counter() - clock
        entries = sum(len(files) for files in groups) + 1
    told.put((entries, validated, split, packed, before, at_most()))


def main() -> None:
    """Make the packages, handle each in a process of its own, and print the table."""
    print(f"{os.cpu_count()} cores; load when it began: {os.getloadavg()[0]:.1f}\n")
    print(
        "| in | package, MB | files | validate, s | split, s | pack again, s | memory before, MB |",
        end="",
    )
    print(" memory at most, MB |\n|---|---:|---:|---:|---:|---:|---:|---:|")
    spawn = multiprocessing.get_context("spawn")
    for megabytes, platform in [*((size, False) for size in SIZES), (SIZES[-1], True)]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "package.h5p"
            make(path, megabytes)
            told: Any = spawn.Queue()
            work = partial(handle, str(path), folder, told, platform=platform)
            process = spawn.Process(target=work)
            process.start()
            entries, validated, split, packed, before, most = told.get(timeout=600)
            process.join()
            size = path.stat().st_size / MEGABYTE
        where = "the platform" if platform else "the core alone"
        print(
            f"| {where} | {size:.0f} | {entries} | {validated:.1f} | {split:.1f} |"
            f" {packed:.1f} | {before:.0f} | {most:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
