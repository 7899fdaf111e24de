"""The options have become a part of the body. Safe: the migration before has moved them there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_options_into_body")]

    operations = [migrations.RemoveField(model_name="question", name="options")]
