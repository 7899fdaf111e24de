"""Points become decimals, and each answer that was judged gets its score.

Until now all questions had options, and the score was all or nothing.
"""

from django.db import migrations, models

AT_ONCE = 2000


def score_judged(apps, schema_editor):
    items = apps.get_model("quizzes", "AttemptItem").objects.using(schema_editor.connection.alias)
    judged = items.exclude(attempt__submitted_at=None).select_related("answer").order_by("pk")
    some = []
    for item in judged.iterator(chunk_size=AT_ONCE):
        answer = getattr(item, "answer", None)
        chosen = set(answer.chosen) if answer else set()
        right = {option["id"] for option in item.content["options"] if option["correct"]}
        item.score = int(chosen == right)
        some.append(item)
        if len(some) == AT_ONCE:
            items.bulk_update(some, ["score"], batch_size=200)
            some = []
    items.bulk_update(some, ["score"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_quiz_settings")]

    operations = [
        migrations.AddField(
            model_name="attemptitem",
            name="score",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=7, null=True, verbose_name="score"
            ),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="points",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="points"
            ),
        ),
        migrations.RunPython(score_judged, migrations.RunPython.noop),
    ]
