"""What a quiz draws by stands in its parts. Safe: the migration before has moved it there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0010_draws_into_parts")]

    operations = [
        # So that the way back has something to write.
        migrations.AlterField("quiz", "draw_tag", models.CharField(max_length=100, default="")),
        migrations.RemoveField("quiz", "draw_tag"),
    ]
