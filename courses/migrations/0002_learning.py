import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0001_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("course_code", models.CharField(max_length=64, verbose_name="course")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "course_code"), name="enrolment_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("course_code", models.CharField(max_length=64, verbose_name="course")),
                ("lesson_key", models.UUIDField(verbose_name="lesson")),
                (
                    "resume_screen",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="screen to go on from"
                    ),
                ),
                ("resumed_at", models.DateTimeField(verbose_name="last there")),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="completed"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lesson_progress",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "course_code"], name="lesson_progress_course")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "lesson_key"), name="lesson_progress_once"
                    )
                ],
            },
        ),
    ]
