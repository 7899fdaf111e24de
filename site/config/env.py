"""Reads the settings that the environment decides, with defaults that work on a laptop."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    """Value of the environment variable `name`, trimmed."""
    return os.environ.get(name, default).strip()


def required(name: str) -> str:
    """Value of `name`; raises ImproperlyConfigured when it is missing or empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} must be set.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Value of `name` split at commas, without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def data_dir() -> Path:
    """Folder for the database file, media and kept secrets of this installation."""
    folder = Path(text("DATA_DIR") or ROOT / "var")
    folder.mkdir(parents=True, exist_ok=True)
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
