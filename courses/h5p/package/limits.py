"""How much a package may hold before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What `read` lets in at most; sizes are in bytes, as they are when unpacked.

    `ratio` is how many times larger than in the archive a file may become. It is asked of files
    of `ratio_from` bytes or more: a small one compresses well by chance and harms nobody.
    `description_bytes` is for h5p.json and every library.json together, which are kept, in memory
    and in a database; `json_bytes` for each other JSON file that is parsed whole. These and
    `json_marks` (how many brackets, braces and commas) bound the memory that it takes.
    `json_depth` is how deep it may nest. `libraries` is how many libraries the package may name,
    its own and those that they need too: each is looked for, and listed where it is missing.
    """

    entries: int = 5_000
    file_bytes: int = 100 * MEGABYTE
    package_bytes: int = 500 * MEGABYTE
    ratio: int = 100
    ratio_from: int = 10_000
    description_bytes: int = MEGABYTE
    json_bytes: int = 8 * MEGABYTE
    json_marks: int = 200_000
    json_depth: int = 256
    libraries: int = 500
