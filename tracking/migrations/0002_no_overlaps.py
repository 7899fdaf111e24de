"""PostgreSQL itself refuses overlapping periods of one unit, and of one person in one unit.

SQLite has no exclusion constraints; there the import's validation and its one write lock do it.
"""

from django.db import migrations

CONSTRAINTS = {
    "unit_no_overlap": ("tracking_unit", "code WITH ="),
    "employment_no_overlap": ("tracking_employment", "person_id WITH =, unit_code WITH ="),
}


def add(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, (table, keys) in CONSTRAINTS.items():
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({keys}, daterange(valid_from, valid_to) WITH &&) WHERE (batch_out_id IS NULL)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, (table, _keys) in CONSTRAINTS.items():
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
