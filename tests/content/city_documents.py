"""The city's own documents: in `SOURCES_DIR`, by default `../shared/sources`."""

import os
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("SOURCES_DIR") or PROJECT.parent / "shared" / "sources")

# Which file a cited key is.
FILES = {
    "implementeringsplan-2021": "implementeringsplan-2021.txt",
    "lagesrapport-2022": "lagesrapport-varen-2022.txt",
    "oversyn-2023": "oversyn-stod-maj-2023.txt",
    "riktlinjer-2023": "riktlinjer-handlaggning-2023.txt",
    "svar-2022": "svar-pa-skrivelse-2022.txt",
}

# The documents are not the project's to carry; where they are absent what needs them can't be told.
needs_documents = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES.values()),
    reason=f"the city's documents are not in {FOLDER} (set SOURCES_DIR)",
)


@cache
def text_of(key: str) -> str:
    """A document as one line: words divided at a line's end are joined, blanks are one."""
    raw = (FOLDER / FILES[key]).read_text()
    joined = re.sub(r"(?<=[a-zåäö])-\s*\n\s*(?=[a-zåäö])(?!och\b|eller\b|samt\b)", "", raw)
    return re.sub(r"\s+", " ", joined.replace("\u00ad", ""))


def bare(text: str) -> str:
    """Small letters, digits and single blanks only, with one at each end."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "


@cache
def bare_text_of(key: str) -> str:
    """A document's words only."""
    return bare(text_of(key))
