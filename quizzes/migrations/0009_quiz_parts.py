"""A quiz is made of parts: certain questions, and questions drawn by tags."""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0008_time_limits"),
    ]

    operations = [
        migrations.AlterField(
            model_name="quiz",
            name="draw",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="number of questions"
            ),
        ),
        migrations.CreateModel(
            name="QuizPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "tags",
                    models.CharField(
                        blank=True,
                        help_text="Several tags with commas between: questions that have them all. Only published questions that may stand in a final quiz are drawn.",
                        max_length=300,
                        verbose_name="drawn from questions tagged",
                    ),
                ),
                (
                    "draw",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="number of questions",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        help_text="Always asked. Leave it empty to draw questions instead.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quiz_parts",
                        to="quizzes.question",
                        verbose_name="question",
                    ),
                ),
                (
                    "quiz",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="quizzes.quiz",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a quiz",
                "verbose_name_plural": "parts of quizzes",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draw", None), ("question__isnull", False), ("tags", "")),
                            models.Q(
                                ("draw__gte", 1),
                                ("question", None),
                                models.Q(("tags", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiz_part_asks_or_draws",
                    ),
                    models.UniqueConstraint(
                        fields=("quiz", "question"), name="quiz_part_question_once"
                    ),
                ],
            },
        ),
    ]
