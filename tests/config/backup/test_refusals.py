"""What is damaged, too new or unwanted is refused before anything is touched."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from config.backup.manifest import NAME, SUM, BackupError, checksum
from config.backup.restoring import restore
from tests.factories import person
from tracking.organisation.models import Person

pytestmark = pytest.mark.django_db
Change = Callable[[str, bytes], Path]


def _refused(folder: Path, *, replace: bool = True) -> str:
    name = connection.settings_dict["NAME"]
    with pytest.raises(BackupError) as refusal:
        restore(folder, lambda line: None, replace=replace)
    assert connection.settings_dict["NAME"] == name
    return str(refusal.value)


def _saying(changed: Change, backup: Path, **said: object) -> Path:
    content = json.loads((backup / NAME).read_text()) | said
    copy = changed(NAME, json.dumps(content).encode())
    (copy / SUM).write_text(f"{checksum(copy / NAME)}  {NAME}\n")
    return copy


@pytest.mark.parametrize("name", ["tables/tracking_person.jsonl.gz", "media/default/0000001", NAME])
def test_a_damaged_file_is_named(changed: Change, name: str) -> None:
    assert name in _refused(changed(name, b"{}"))


def test_a_missing_file_is_named(changed: Change) -> None:
    copy = changed("tables/tracking_unit.jsonl.gz", b"")
    (copy / "tables" / "tracking_unit.jsonl.gz").unlink()
    assert "tables/tracking_unit.jsonl.gz" in _refused(copy)


def test_one_of_a_newer_version_is_refused(changed: Change, backup: Path) -> None:
    migrations = json.loads((backup / NAME).read_text())["migrations"]
    newer = _saying(changed, backup, migrations=[*migrations, ["tracking", "9999_later"]])
    assert "tracking.9999_later" in _refused(newer)


def test_one_of_another_format_is_refused(changed: Change, backup: Path) -> None:
    assert "format 2" in _refused(_saying(changed, backup, format=2))


def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    assert SUM in _refused(tmp_path) or NAME in _refused(tmp_path)


def test_content_is_not_replaced_unless_asked_for(backup: Path) -> None:
    person("anna")
    assert "--replace" in _refused(backup, replace=False)
    assert Person.objects.count() == 1
