"""Reads the settings that the environment decides, with defaults that work on a laptop.

What is malformed raises ImproperlyConfigured with a sentence that names the variable and says what
is expected of it; the value itself is never repeated, because it may be a secret. Every name read
here has a row in docs/operations.md.
"""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
YES, NO = ("ja", "yes", "true", "1"), ("nej", "no", "false", "0")


def text(name: str, default: str = "") -> str:
    """Value of the environment variable `name`, trimmed."""
    return os.environ.get(name, default).strip()


def required(name: str, *, at_least: int = 1) -> str:
    """Value of `name`; raises ImproperlyConfigured when it has fewer characters than `at_least`."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} must be set.")
    if len(value) < at_least:
        raise wrong(name, f"at least {at_least} characters")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Value of `name` split at commas, without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def whole(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise wrong(name, f"a whole number from {low} to {high}")
    return int(value)


def switch(name: str, default: bool) -> bool:
    """Yes or no."""
    value = text(name).casefold()
    if not value:
        return default
    if value not in YES + NO:
        raise wrong(name, f"{YES[0]} or {NO[0]}")
    return value in YES


def choice(name: str, default: str, options: Collection[str]) -> str:
    """One of a few words."""
    value = text(name) or default
    if value not in options:
        raise wrong(name, f"one of {', '.join(sorted(options))}")
    return value


def address(name: str, default: str = "", *, schemes: Collection[str]) -> str:
    """An address such as `redis://host:6379/0`, with one of these schemes; "" for none."""
    value = text(name, default)
    if not value:
        return ""
    expected = f"an address that begins with {' or '.join(f'{one}://' for one in schemes)}"
    try:
        parts = urlsplit(value)
        _port = parts.port  # raises where it is no number
    except ValueError:
        raise wrong(name, expected) from None
    if parts.scheme not in schemes or "://" not in value:
        raise wrong(name, expected)
    return value


def wrong(name: str, expected: str) -> ImproperlyConfigured:
    """What to raise about `name`: what is expected, not what was found."""
    return ImproperlyConfigured(
        f"The environment variable {name} is not right: expected {expected}."
    )


def data_dir() -> Path:
    """Folder for the database file, media and kept secrets of this installation."""
    folder = Path(text("DATA_DIR") or ROOT / "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise wrong("DATA_DIR", "a folder that exists or can be made") from None
    return folder


def kept_secret(folder: Path, name: str) -> str:
    """A random secret, made once and kept in a file only its owner can read."""
    path = folder / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(50)
        file.write(secret)
    return secret
