"""The demo city of one day, written once for the whole run."""

import csv
from datetime import date
from pathlib import Path

import pytest

from config.demo.city import DemoFiles, write_city
from config.demo.writing import Kind

TODAY = date(2026, 3, 12)


class City:
    """The whole files as lists of dicts, and questions about one day."""

    def __init__(self, files: DemoFiles) -> None:
        self.written = files
        self.rows = {kind: self.read(path) for kind, path in files.files.items()}

    @staticmethod
    def read(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def on(self, kind: Kind, day: date) -> list[dict[str, str]]:
        text = day.isoformat()
        return [
            row
            for row in self.rows[kind]
            if row["fran"] <= text and (not row["till"] or text <= row["till"])
        ]


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> City:
    return City(write_city(tmp_path_factory.mktemp("city"), today=TODAY))
