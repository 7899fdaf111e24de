"""The database itself refuses to change the audit log, and to take anything out of it.

The one exception is what stands at or before a checkpoint: the oldest part, disposed of by
decision. On SQLite a migration that makes one of these tables anew takes its triggers away, and
has to put them back; one that alters the checkpoints has to take them away first.
"""

from django.db import migrations

SAYS = "the audit log is append-only"
# Table -> the number of the entry that a row of it belongs to.
LOGGED = {"tracking_auditentry": "OLD.sequence", "tracking_auditsubject": "OLD.entry_id"}
NEVER_CHANGED = (*LOGGED, "tracking_auditcheckpoint")


def _disposed_of(number):
    # `number` is a column of LOGGED, never a value from outside.
    return f"EXISTS (SELECT 1 FROM tracking_auditcheckpoint WHERE through >= {number})"  # nosec B608


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _add_on_postgresql(schema_editor)
        return
    for table in NEVER_CHANGED:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
    for table, number in LOGGED.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"WHEN NOT {_disposed_of(number)} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def _add_on_postgresql(schema_editor):
    schema_editor.execute(
        "CREATE FUNCTION tracking_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in NEVER_CHANGED:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION tracking_audit_refuse()"
        )
    for table, number in LOGGED.items():
        # A trigger's own condition may hold no subquery, so each has a function.
        schema_editor.execute(
            f"CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {_disposed_of(number)} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_keep()"
        )


def remove(apps, schema_editor):
    on = schema_editor.connection.vendor == "postgresql"
    for table in NEVER_CHANGED:
        schema_editor.execute(f"DROP TRIGGER {table}_no_update" + (f" ON {table}" if on else ""))
    for table in LOGGED:
        schema_editor.execute(f"DROP TRIGGER {table}_no_delete" + (f" ON {table}" if on else ""))
        if on:
            schema_editor.execute(f"DROP FUNCTION {table}_keep()")
    if on:
        schema_editor.execute("DROP FUNCTION tracking_audit_refuse()")


class Migration(migrations.Migration):
    dependencies = [("tracking", "0005_audit_log")]
    operations = [migrations.RunPython(add, remove)]
