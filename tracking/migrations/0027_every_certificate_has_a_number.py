from django.db import migrations, models


class Migration(migrations.Migration):
    """From now on none is without."""

    dependencies = [("tracking", "0026_number_certificates")]

    operations = [
        migrations.AlterField(
            model_name="certificate",
            name="number",
            field=models.CharField(max_length=20, unique=True, verbose_name="number"),
        ),
    ]
