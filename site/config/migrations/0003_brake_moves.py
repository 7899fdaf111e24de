"""The brake moves to `foundation` (0005_brake); its table stays where it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0002_spent_assertions"),
        ("foundation", "0005_brake"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Brake")])
    ]
