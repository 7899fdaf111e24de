"""The database itself refuses to change or take away what has been published.

On SQLite a migration that makes the table anew takes its triggers away, and has to put them back.
"""

from django.db import migrations

SAYS = "what is published is never changed"
TABLE = "tracking_publication"


def add(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION tracking_published_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{SAYS}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for change in ("update", "delete"):
        begins = f"CREATE TRIGGER {TABLE}_no_{change} BEFORE {change.upper()} ON {TABLE} "
        schema_editor.execute(
            f"{begins}FOR EACH ROW EXECUTE FUNCTION tracking_published_refuse()"
            if on_postgresql
            else f"{begins}BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def remove(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for change in ("update", "delete"):
        place = f" ON {TABLE}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{change}{place}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION tracking_published_refuse()")


class Migration(migrations.Migration):
    dependencies = [("tracking", "0023_publication")]
    operations = [migrations.RunPython(add, remove)]
