"""Type and options become one block, in what is published and in every revision.

What files loaded and nobody edited is still known as that: the fingerprint of what was loaded is
made anew where it fits the question as it stood. Answers keep the options they were given to.
Backwards, questions of types that had no options are taken out of use; nothing else is lost.
"""

import hashlib
import json
import uuid

import nh3
from django.db import migrations
from django.utils import timezone
from wagtail.rich_text import expand_db_html

IDS = uuid.UUID("c3c0a0b7-4b5e-4e0b-8a0c-6d6a8f0b9d53")
SIDES = ("true", "false")
OLD = ("single", "multiple", "true_false")
MARKUP = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "sup"}


def body_of(key, kind, options):
    if kind == "true_false" and len(options) == 2:
        value = {"correct": "true" if options[0]["value"].get("correct") else "false"}
        for side, option in zip(SIDES, options, strict=True):
            value[f"{side}_word"] = option["value"].get("text") or ""
            value[f"{side}_feedback"] = option["value"].get("feedback") or ""
    else:
        value = {"options": [{**option, "type": "item"} for option in options]}
        if kind == "multiple":
            value["rule"] = "all_or_nothing"
    return [{"type": kind, "id": str(uuid.uuid5(IDS, key)), "value": value}]


def options_of(body):
    """The type and the options; none where the type never had any."""
    block = next(iter(body), None)
    if block is None or block["type"] not in OLD:
        return "single", []
    kind, value = block["type"], block["value"]
    if kind != "true_false":
        return kind, [{**option, "type": "option"} for option in value.get("options", ())]
    return kind, [
        {
            "type": "option",
            "id": str(uuid.uuid5(IDS, f"{block['id']}/{side}")),
            "value": {
                "text": value[f"{side}_word"],
                "correct": value["correct"] == side,
                "feedback": value.get(f"{side}_feedback") or "",
            },
        }
        for side in SIDES
    ]


def safe(html):
    return nh3.clean(
        expand_db_html(html),
        tags=MARKUP,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def content_of(said, kind, options):
    return {
        "type": kind,
        "text": safe(said["text"]),
        "options": [
            {
                "id": option["id"],
                "text": option["value"].get("text"),
                "correct": bool(option["value"].get("correct")),
                "feedback": option["value"].get("feedback") or "",
            }
            for option in options
        ],
        "explanation": safe(said["explanation"]),
        "teaches": said["teaches"],
    }


def digest(data):
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def with_new_ids(kind, options):
    if kind != "true_false" or len(options) != 2:
        return options
    return [{**option, "id": side} for side, option in zip(SIDES, options, strict=True)]


def revisions_of(apps, question):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.filter(app_label="quizzes", model="question").first()
    Revision = apps.get_model("wagtailcore", "Revision")
    return Revision.objects.filter(content_type=kind, object_id=str(question.pk))


def loaded(question, tags, said, kind, options):
    """The fingerprint of what was loaded, of the question as it is now and as it will be."""
    rest = [said["difficulty"], said["source"], said["use"], tags]
    before = digest([content_of(said, kind, options), *rest])
    after = digest([content_of(said, kind, with_new_ids(kind, options)), *rest])
    return after if question.loaded_digest == before else question.loaded_digest


def forwards(apps, schema_editor):
    Question = apps.get_model("quizzes", "Question")
    QuestionTag = apps.get_model("quizzes", "QuestionTag")
    QuestionVersion = apps.get_model("quizzes", "QuestionVersion")
    names = ("text", "explanation", "teaches", "difficulty", "source", "use")
    for question in Question.objects.all():
        said = {name: getattr(question, name) for name in names}
        kind, options = question.kind, list(question.options.raw_data)
        live = (said, kind, options)
        latest = live
        tags = sorted(
            QuestionTag.objects.filter(content_object=question).values_list("tag__name", flat=True)
        )
        for revision in revisions_of(apps, question):
            was = json.loads(revision.content.get("options") or "[]")
            its_kind = revision.content.get("kind", "single")
            if revision.pk == question.latest_revision_id:
                latest = ({name: revision.content.get(name) for name in names}, its_kind, was)
            body = body_of(question.key, its_kind, was)
            revision.content = {**revision.content, "body": json.dumps(body)}
            del revision.content["options"]
            revision.save(update_fields=["content"])
        question.loaded_digest = loaded(question, tags, *latest)
        question.body = body_of(question.key, kind, options)
        question.save(update_fields=["body", "loaded_digest"])
        if question.live:
            said, kind, options = live
            content = content_of(said, kind, with_new_ids(kind, options))
            QuestionVersion.objects.create(
                question_key=question.key,
                digest=digest(content),
                content=content,
                made_at=question.last_published_at or timezone.now(),
            )
    keep_what_was_asked(apps, QuestionVersion)


def keep_what_was_asked(apps, QuestionVersion):
    """Versions that attempts name and the bank no longer has, as one of the attempts has them."""
    AttemptItem = apps.get_model("quizzes", "AttemptItem")
    known = set(QuestionVersion.objects.values_list("question_key", "digest"))
    named = AttemptItem.objects.values_list("question_key", "question_version").order_by()
    for key, version in set(named.distinct()) - known:
        item = (
            AttemptItem.objects.filter(question_key=key, question_version=version)
            .select_related("attempt")
            .order_by("pk")[0]
        )
        QuestionVersion.objects.create(
            question_key=key, digest=version, content=item.content, made_at=item.attempt.started_at
        )


def backwards(apps, schema_editor):
    Question = apps.get_model("quizzes", "Question")
    for question in Question.objects.all():
        for revision in revisions_of(apps, question):
            body = json.loads(revision.content.get("body") or "[]")
            kind, options = options_of(body)
            revision.content = {
                **revision.content,
                "kind": kind,
                "options": json.dumps(options),
            }
            del revision.content["body"]
            revision.save(update_fields=["content"])
        question.kind, question.options = options_of(list(question.body.raw_data))
        question.live = question.live and bool(question.options)
        question.save(update_fields=["kind", "options", "live"])


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0005_question_body"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
