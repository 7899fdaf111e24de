import django.db.models.deletion
from django.db import migrations, models

TABLE = "courses_searchentry"
# Terms are small letters, å, ä, ö and digits, with spaces between.
SQLITE = [
    f"""CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(heading_terms, text_terms,
    content='{TABLE}', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER {TABLE}_fts_in AFTER INSERT ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts(rowid, heading_terms, text_terms)
    VALUES (new.id, new.heading_terms, new.text_terms); END""",  # nosec B608
    f"""CREATE TRIGGER {TABLE}_fts_out AFTER DELETE ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, heading_terms, text_terms)
    VALUES ('delete', old.id, old.heading_terms, old.text_terms); END""",  # nosec B608
    f"""CREATE TRIGGER {TABLE}_fts_changed AFTER UPDATE ON {TABLE} BEGIN
    INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, heading_terms, text_terms)
    VALUES ('delete', old.id, old.heading_terms, old.text_terms);
    INSERT INTO {TABLE}_fts(rowid, heading_terms, text_terms)
    VALUES (new.id, new.heading_terms, new.text_terms); END""",  # nosec B608
]
POSTGRESQL = [
    f"""CREATE INDEX {TABLE}_terms ON {TABLE} USING gin (
    (array_to_tsvector(string_to_array(nullif(heading_terms, ''), ' ')
    || string_to_array(nullif(text_terms, ''), ' '))))""",
]


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("in", "out", "changed"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_fts_{trigger}")
        schema_editor.execute(f"DROP TABLE {TABLE}_fts")
    else:
        schema_editor.execute(f"DROP INDEX {TABLE}_terms")


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_sources_of_courses"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("sv", "Svenska"), ("en", "English")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("term", models.CharField(max_length=255, verbose_name="term")),
                ("word", models.CharField(max_length=255, verbose_name="word")),
                ("entries", models.PositiveIntegerField(verbose_name="entries")),
            ],
            options={
                "verbose_name": "search word",
                "constraints": [
                    models.UniqueConstraint(fields=("language", "term"), name="search_word_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("screen", models.PositiveSmallIntegerField(verbose_name="screen")),
                ("heading", models.CharField(max_length=255, verbose_name="heading")),
                ("text", models.TextField(verbose_name="text")),
                ("heading_terms", models.TextField(editable=False)),
                ("text_terms", models.TextField(editable=False)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "search entry",
                "constraints": [
                    models.UniqueConstraint(fields=("page", "screen"), name="search_entry_once")
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
