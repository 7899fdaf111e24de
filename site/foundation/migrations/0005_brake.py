"""The brake moves from `config` to `foundation`; its table stays where it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0002_spent_assertions"),
        ("foundation", "0004_outbox_request_id"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Brake",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("empty_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "verbose_name": "brake on attempts",
                        "verbose_name_plural": "brakes on attempts",
                        "db_table": "config_brake",
                    },
                ),
            ]
        )
    ]
