"""The database itself refuses to change or take away what has been signed.

On SQLite a migration that makes one of these tables anew takes its triggers away, and has to put
them back.
"""

from django.db import migrations

SAYS = "what is signed is never changed"
FROZEN = ("tracking_signoff", "tracking_reopening", "tracking_periodclosing")


def add(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION tracking_signed_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{SAYS}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in FROZEN:
        for change in ("update", "delete"):
            begins = f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
            schema_editor.execute(
                f"{begins}FOR EACH ROW EXECUTE FUNCTION tracking_signed_refuse()"
                if on_postgresql
                else f"{begins}BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )


def remove(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in FROZEN:
        for change in ("update", "delete"):
            place = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{change}{place}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION tracking_signed_refuse()")


class Migration(migrations.Migration):
    dependencies = [("tracking", "0016_scorecards")]
    operations = [migrations.RunPython(add, remove)]
