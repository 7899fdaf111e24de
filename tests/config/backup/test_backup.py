"""What a backup promises: whole or not there, readable by nobody else, with no secret in it."""

import stat
from pathlib import Path

import pytest

from config.backup.columns import columns_of, models
from config.backup.manifest import BackupError, read_manifest
from tests.config.backup.conftest import Installation


def test_every_column_there_is_can_be_kept() -> None:
    assert all(columns_of(model) for model in models())


def test_only_its_owner_can_read_it(backup: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [backup, *backup.rglob("*")]}
    assert modes == {0o700, 0o600}


def test_the_secret_key_is_not_in_it(source: Installation, backup: Path) -> None:
    secret = (source.data / "secret-key").read_bytes().strip()
    kept = [path for path in backup.rglob("*") if path.is_file()]
    assert [path for path in kept if secret in path.read_bytes()] == []
    assert not (backup / "tables" / "django_session.jsonl.gz").exists()


def test_it_says_what_is_inside(backup: Path) -> None:
    said = read_manifest(backup)
    rows = {table.name: table.rows for table in said.tables}
    assert rows["tracking_person"] > 3000
    assert said.last_batch is not None
    assert said.last_batch["number"] == rows["foundation_factbatch"]
    assert ["tracking", "0001_initial"] in said.migrations
    assert said.figures["rows"] > 3000


def test_it_is_not_written_over_anything(source: Installation, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kvar")
    code, said = source.run("backup", str(tmp_path))
    assert (code, "är inte tom" in said) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_full_disk_leaves_nothing_behind(source: Installation, tmp_path: Path) -> None:
    code, said = source.run("backup", str(tmp_path / "b"), largest_file=60_000)
    assert (code, "kunde inte skrivas" in said) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_killed_can_be_told_from_a_finished_one(
    source: Installation, tmp_path: Path
) -> None:
    source.killed("backup", str(tmp_path / "b"), at=" av ")
    assert [path.name for path in tmp_path.iterdir()] == ["b.unfinished"]
    with pytest.raises(BackupError, match="ingen färdig"):
        read_manifest(tmp_path / "b.unfinished")
    code, said = source.run("backup", str(tmp_path / "b"))
    assert (code, "b.unfinished finns redan" in said) == (1, True)
