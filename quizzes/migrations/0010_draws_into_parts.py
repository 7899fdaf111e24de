"""What each quiz draws becomes its only part, in what is published and in every revision.

Backwards, a quiz of several parts draws as many questions by the tag of its first draw.
"""

from django.db import migrations


def revisions_of(apps, quiz):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.filter(app_label="quizzes", model="quiz").first()
    Revision = apps.get_model("wagtailcore", "Revision")
    return Revision.objects.filter(content_type=kind, object_id=str(quiz.pk))


def forwards(apps, schema_editor):
    QuizPart = apps.get_model("quizzes", "QuizPart")
    for quiz in apps.get_model("quizzes", "Quiz").objects.all():
        if quiz.draw_tag and quiz.draw:
            QuizPart.objects.create(quiz=quiz, sort_order=0, tags=quiz.draw_tag, draw=quiz.draw)
        for revision in revisions_of(apps, quiz):
            content = dict(revision.content)
            part = {
                "pk": None,
                "sort_order": 0,
                "quiz": quiz.pk,
                "question": None,
                "tags": content.pop("draw_tag", quiz.draw_tag),
                "draw": content.get("draw", quiz.draw),
            }
            revision.content = {**content, "parts": [part]}
            revision.save(update_fields=["content"])


def backwards(apps, schema_editor):
    QuizPart = apps.get_model("quizzes", "QuizPart")
    for quiz in apps.get_model("quizzes", "Quiz").objects.all():
        drawn = QuizPart.objects.filter(quiz=quiz).exclude(tags="").order_by("sort_order").first()
        quiz.draw_tag = drawn.tags if drawn else ""
        quiz.save(update_fields=["draw_tag"])
        for revision in revisions_of(apps, quiz):
            content = dict(revision.content)
            tags = [part["tags"] for part in content.pop("parts", []) if part["tags"]]
            revision.content = {**content, "draw_tag": tags[0] if tags else ""}
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0009_quiz_parts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
