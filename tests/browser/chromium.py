"""Debian's Chromium, quiet: it fetches nothing that a page did not ask for."""

import shutil

ARGUMENTS = [
    "--no-sandbox",  # root, in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str | None:
    """Path of the browser; None when it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
