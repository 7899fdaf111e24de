"""Takes a backup while the platform is in use: one moment of the database, and the files kept."""

import gzip
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from config.backup import figures
from config.backup.columns import Table, columns_of, models, readers_of
from config.backup.manifest import (
    FORMAT,
    BackupError,
    Manifest,
    checksum,
    pieces,
    save,
    settle,
    write_manifest,
)
from foundation.facts import FactBatch
from foundation.intervals import today
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent

UNFINISHED = ".unfinished"
ROWS_AT_ONCE = 2000
NOT_KEPT = "staticfiles"  # made anew from the program

Report = Callable[[str], None]


def take_backup(folder: Path, report: Report) -> Manifest:
    """Write a backup into `folder`, which is empty or not there. BackupError says why not.

    What is not finished stands under another name, and never under this one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(_("%(folder)s is not empty. Nothing was written.") % {"folder": folder})
    unfinished = folder.with_name(folder.name + UNFINISHED)
    before = os.umask(0o077)
    try:
        _begin(unfinished)
        try:
            manifest = _write(unfinished, report)
            unfinished.rename(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        settle(folder.parent, below=False)
        with transaction.atomic():
            record(AuditEvent.BACKUP_TAKEN, actor=system_account(), detail={"rows": manifest.rows})
    except OSError as error:
        raise BackupError(
            _("The backup could not be written: %(reason)s. Nothing is left of it.")
            % {"reason": error.strerror or error}
        ) from error
    finally:
        os.umask(before)
    return manifest


def _begin(unfinished: Path) -> None:
    try:
        unfinished.mkdir(parents=True)
    except FileExistsError as error:
        raise BackupError(
            _(
                "%(folder)s is there: another backup is being written, or one was cut off. "
                "Take it away if none is."
            )
            % {"folder": unfinished}
        ) from error


def _write(folder: Path, report: Report) -> Manifest:
    with one_moment():
        manifest = _describe()
        _write_tables(folder, manifest, report)
        report(_("Working out the figures …"))
        manifest.figures = figures.figures_on(today())
    _write_media(folder, manifest, report)
    write_manifest(folder, manifest)
    settle(folder)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Within: every query sees the database as it is at the first one. Nobody waits for it."""
    if connection.vendor == "sqlite":
        # Not `atomic`: it would take the write lock, and everybody's answers would wait.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _describe() -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    last = FactBatch.objects.order_by("-id").first()
    return Manifest(
        format=FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={
            "kompetens-mot-vald": version("kompetens-mot-vald"),
            "django": version("django"),
            "wagtail": version("wagtail"),
            connection.vendor: ".".join(map(str, connection.get_database_version())),
        },
        migrations=sorted([app, name] for app, name in applied),
        tables=[_table(model) for model in models()],
        media={},
        last_batch=None
        if last is None
        else {"number": last.pk, "recorded_at": last.recorded_at.isoformat()},
        figures={},
        audit=figures.audit_now(),
    )


def _table(model: type[Model]) -> Table:
    name = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # nosec B608
        (count,) = cursor.fetchone()
    return Table(name, columns_of(model), count)


def _write_tables(folder: Path, manifest: Manifest, report: Report) -> None:
    (folder / "tables").mkdir()
    done, said, total = 0, 0, manifest.rows
    for model in models():
        path = folder / "tables" / f"{model._meta.db_table}.jsonl.gz"
        with path.open("xb") as file:
            with gzip.open(file, "wt", compresslevel=4, encoding="utf-8") as lines:
                for rows in _rows(model):
                    lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                    done += len(rows)
                    if done * 10 // max(total, 1) > said:
                        said = done * 10 // total
                        report(_("%(done)d of %(total)d rows") % {"done": done, "total": total})
            file.flush()
            os.fsync(file.fileno())
        manifest.files[f"tables/{path.name}"] = checksum(path)


def _rows(model: type[Model]) -> Iterator[list[list[Any]]]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.name) for column in columns_of(model))
    readers = readers_of(model)
    with connection.chunked_cursor() as cursor:
        table = quote(model._meta.db_table)
        cursor.execute(f"SELECT {columns} FROM {table}")  # nosec B608
        while found := cursor.fetchmany(ROWS_AT_ONCE):
            yield [[read(value) for read, value in zip(readers, row, strict=True)] for row in found]


def _write_media(folder: Path, manifest: Manifest, report: Report) -> None:
    """What is uploaded meanwhile may come along; what is deleted meanwhile may be missing."""
    for alias in settings.STORAGES:
        if alias == NOT_KEPT:
            continue
        kept = manifest.media[alias] = {}
        (folder / "media" / alias).mkdir(parents=True)
        for number, name in enumerate(sorted(names_in(storages[alias])), 1):
            place = f"media/{alias}/{number:07}"  # names of a storage need not be names of a disk
            try:
                with storages[alias].open(name) as file:
                    content = b"".join(pieces(file))
            except FileNotFoundError:
                continue
            save(folder / place, content)
            kept[name] = place
            manifest.files[place] = checksum(folder / place)
        report(_("%(count)d files in %(name)s") % {"count": len(kept), "name": alias})


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of the storage, by its name there."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # a storage nothing has been put into
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from names_in(storage, f"{folder}/{name}" if folder else name)
