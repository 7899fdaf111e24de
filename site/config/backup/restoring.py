"""Puts a backup in place of what is there: all of it, or nothing."""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config.backup import figures
from config.backup.columns import Row, Table, taker_of
from config.backup.manifest import (
    BackupError,
    Manifest,
    checksum_of,
    read_manifest,
    verify,
)
from config.backup.scratch import scratch_database
from config.backup.taking import names_in
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent

OURS = ("tracking", "quizzes", "courses", "foundation")
ROWS_AT_ONCE = 2000

Report = Callable[[str], None]


def restore(folder: Path, report: Report, *, replace: bool) -> Manifest:
    """Restore the backup in `folder`. BackupError says why not; then nothing was changed."""
    manifest = read_manifest(folder)
    _refuse_newer(manifest)
    report(_("Verifying the checksums …"))
    verify(folder, manifest)
    if not replace and _has_content():
        raise BackupError(
            _(
                "This database has content. --replace puts the backup in its place. "
                "Nothing was changed."
            )
        )
    before = os.umask(0o077)
    try:
        with scratch_database() as swap:
            _build(folder, manifest, report)
            report(_("Checking the figures and the audit log …"))
            _check(manifest, report)
            report(_("Rebuilding the search index …"))
            call_command("update_index", verbosity=0)
            _bring_files(folder, manifest)
            swap()
    finally:
        os.umask(before)
    _take_other_files_away(manifest)
    cache.clear()
    with transaction.atomic():
        record(AuditEvent.RESTORED, actor=system_account(), detail={"made_at": manifest.made_at})
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise BackupError(
            _(
                "The backup was made by a newer version of the platform, with changes of the "
                "database that this one does not know: %(names)s."
            )
            % {"names": ", ".join(unknown)}
        )


def _has_content() -> bool:
    there = set(connection.introspection.table_names())
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.db_table in there and model._base_manager.exists():
                return True
    return False


def _build(folder: Path, manifest: Manifest, report: Report) -> None:
    """The tables as they were then, their rows, and from there on to what this version has."""
    report(_("Making the tables …"))
    executor = MigrationExecutor(connection)
    applied = {(app, name) for app, name in manifest.migrations}
    graph = executor.loader.graph
    nodes = applied & graph.nodes.keys()
    below = {
        parent.key
        for node in nodes
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    executor.migrate(sorted(nodes - below))
    try:
        _load(folder, manifest, report)
    except (DatabaseError, ValueError) as error:
        raise BackupError(
            _("The rows could not be loaded: %(reason)s. Nothing was changed.") % {"reason": error}
        ) from error
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)


def _load(folder: Path, manifest: Manifest, report: Report) -> None:
    quote = connection.ops.quote_name
    done, said, total = 0, 0, manifest.rows
    with connection.constraint_checks_disabled(), transaction.atomic():
        with connection.cursor() as cursor:
            for table in manifest.tables:
                # What migrations have put there; the audit log, which they leave empty, forbids it.
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quote(table.name)})")  # nosec B608
                if cursor.fetchone()[0]:
                    cursor.execute(f"DELETE FROM {quote(table.name)}")  # nosec B608
        for table in manifest.tables:
            for rows in _rows(folder, table):
                _insert(table, rows)
                done += len(rows)
                if done * 10 // max(total, 1) > said:
                    said = done * 10 // total
                    report(_("%(done)d of %(total)d rows") % {"done": done, "total": total})
        connection.check_constraints()
        _continue_numbering()
    if done != total:
        raise ValueError(f"{done} rows, not {total}")


def _rows(folder: Path, table: Table) -> Iterator[list[Row]]:
    path = folder / "tables" / f"{table.name}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        while rows := [json.loads(line) for line in islice(lines, ROWS_AT_ONCE)]:
            yield rows


def _insert(table: Table, rows: list[Row]) -> None:
    quote = connection.ops.quote_name
    takers = [taker_of(column.kind) for column in table.columns]
    taken = [[take(value) for take, value in zip(takers, row, strict=True)] for row in rows]
    columns = ", ".join(quote(column.name) for column in table.columns)
    into = f"{quote(table.name)} ({columns})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(takers))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", taken)  # nosec B608
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in taken:
                copy.write_row(row)


def _continue_numbering() -> None:
    """New rows get numbers after those that were loaded."""
    there = set(connection.introspection.table_names())
    loaded = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in there]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)


def _check(manifest: Manifest, report: Report) -> None:
    """What the backup said of the figures and the audit log holds in what was built."""
    if figures.audit_now() != manifest.audit or not figures.audit_is_whole():
        raise BackupError(_("The audit log is not as it was. Nothing was changed."))
    found = figures.figures_on(date.fromisoformat(manifest.figures["as_of"]))
    if found == manifest.figures:
        return
    if set(map(tuple, manifest.migrations)) == set(MigrationLoader(connection).applied_migrations):
        raise BackupError(_("The figures are not as they were. Nothing was changed."))
    report(_("The figures are not as they were: this version may work them out in another way."))


def _bring_files(folder: Path, manifest: Manifest) -> None:
    """Files of the backup that are not there; what is there besides stays until all is in place."""
    for alias, kept in manifest.media.items():
        storage = storages[alias]
        for name, place in kept.items():
            if storage.exists(name):
                with storage.open(name) as file:
                    if checksum_of(file) == manifest.files[place]:
                        continue
                storage.delete(name)
            with (folder / place).open("rb") as file:
                saved = storage.save(name, File(file))
            if saved != name:
                raise BackupError(_("%(name)s could not be put back.") % {"name": name})


def _take_other_files_away(manifest: Manifest) -> None:
    for alias, kept in manifest.media.items():
        for name in list(names_in(storages[alias])):
            if name not in kept:
                storages[alias].delete(name)
