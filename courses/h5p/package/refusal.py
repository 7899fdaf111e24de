"""Why a package is refused: a code that stays, the entry it is about, and an English sentence.

Whoever shows a refusal to people words it by its code, in their language.
"""

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # The archive
    "not-a-zip": "The file is not a zip archive: {found}.",
    "too-many-entries": "The package holds {found} entries; at most {expected} are let in.",
    "package-too-large": "Unpacked the package is {found} bytes; at most {expected} are let in.",
    "file-too-large": "“{entry}” is {found} bytes unpacked; at most {expected} are let in.",
    "ratio": "“{entry}” grows {found} times when unpacked; at most {expected} times is let in.",
    "encrypted": "“{entry}” is encrypted.",
    "compression": "“{entry}” is packed with method {found}; only {expected} are let in.",
    "bad-crc": "“{entry}” is damaged: {found}.",
    "false-size": "“{entry}” does not unpack to the {expected} bytes that it declares.",
    "overlap": "“{entry}” lies over another entry of the archive.",
    # Names
    "unsafe-name": "“{entry}” is not a safe name: {found}.",
    "symlink": "“{entry}” is a link or a special file, not a file or a folder.",
    "duplicate-name": "“{entry}” is there more than once.",
    "case-only": "“{entry}” and “{found}” differ by case or accents' form only.",
    "file-type": "“{entry}” is of a type that is not let in {expected}.",
    # What must be there, and how
    "missing": "“{entry}” is missing.",
    "not-json": "“{entry}” is not JSON: {found}.",
    "json-too-large": "“{entry}” is too large to be read: {found}; at most {expected}.",
    "shape": "“{entry}” is not as H5P describes it: {expected} expected, {found} found.",
    "library-folder": "“{entry}” says that it is {found}; its folder must have that name.",
    "library-twice": "“{entry}” is {found}, which another folder of the package is too.",
    "listed-file-missing": "“{entry}” lists {found}, which is missing.",
    "language-name": "“{entry}” is not the name of a language file, such as {expected}.",
    "too-many-libraries": (
        "With “{entry}” the package names {found} libraries; at most {expected} are let in."
    ),
    "core-api": "“{entry}” needs version {found} of H5P's core; the player has {expected}.",
}
CODES: Final = frozenset(SENTENCES)


class Refused(Exception):
    """The package is not let in. `entry` is the name in the zip, or empty for all of it."""

    def __init__(
        self, code: str, entry: str = "", *, found: object = "", expected: object = ""
    ) -> None:
        self.code = code
        self.entry = shown(entry)
        self.found = shown(found)
        self.expected = shown(expected)
        sentence = SENTENCES[code].format(
            entry=self.entry, found=self.found, expected=self.expected
        )
        super().__init__(sentence)

    def __reduce__(self) -> tuple[object, ...]:
        """Let a refusal pass between processes, with what it says."""
        return (_again, (self.code, self.entry, self.found, self.expected))


def _again(code: str, entry: str, found: str, expected: str) -> Refused:
    return Refused(code, entry, found=found, expected=expected)


def shown(value: object, longest: int = 200) -> str:
    """Give what a stranger wrote in a form that harms no terminal, log or database."""
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in str(value)[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"
