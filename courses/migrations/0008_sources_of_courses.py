"""The sources that each course kept for itself become sources of all.

A key that two courses give to different things is given to the first; the other's gets a number,
in its lessons too. Going back puts every course's sources into the course again.
"""

import hashlib
import json
import re

from django.db import migrations

FIELDS = ("title", "publisher", "year", "number", "url", "reference", "checked_on")
# What files write of a course page, and by which its fingerprint was made.
LOADED = (
    *("title", "course_code", "summary", "objectives", "audience", "minutes", "authors"),
    *("reviewed_on", "content_warning", "sources", "quiz"),
)
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def forwards(apps, schema_editor):
    Page = apps.get_model("courses", "CoursePage")
    for page in Page.objects.order_by("pk"):
        renamed = {}
        page.sources = json.dumps(_rows(apps, page.sources.raw_data, renamed))
        page.save(update_fields=["sources"])
        for revision in _revisions(apps, "coursepage", [page.pk]):
            before = _fingerprint(revision.content)
            stream = json.loads(revision.content["sources"] or "[]")
            revision.content["sources"] = json.dumps(_rows(apps, stream, renamed))
            revision.save(update_fields=["content"])
            _refresh(apps, page, revision, before)
        if renamed:
            _cite_by_the_new_keys(apps, page, renamed)


def _rows(apps, stream, renamed):
    return [
        {**child, "value": _row(apps, child["value"], renamed).pk}
        for child in stream
        if isinstance(child["value"], dict)
    ]


def _row(apps, value, renamed):
    """The source that says what this one says, made if there is none."""
    Source = apps.get_model("courses", "Source")
    said = {
        "title": value["title"],
        "publisher": value["publisher"],
        "year": value["year"],
        "url": (value.get("url") or "")[:500],
        "reference": value.get("reference") or "",
    }
    key = value["key"]
    for number in range(1, 1000):
        wanted = key if number == 1 else f"{key[:76]}-{number}"
        found = Source.objects.filter(key=wanted).first()
        if found is None:
            found = Source.objects.create(key=wanted, **said)
        if all(getattr(found, name) == one for name, one in said.items()):
            if wanted != key:
                renamed[key] = wanted
            return found
    raise ValueError(f"No key is left for {key}.")


def _revisions(apps, model, pages):
    Revision = apps.get_model("wagtailcore", "Revision")
    return Revision.objects.filter(
        content_type__app_label="courses",
        content_type__model=model,
        object_id__in=[str(pk) for pk in pages],
    )


def _fingerprint(content):
    """As the loader makes it of the page."""
    values = {name: content[name] for name in LOADED}
    for name in ("objectives", "sources"):
        values[name] = json.loads(values[name] or "[]")
    said = json.dumps(values, sort_keys=True)
    return hashlib.sha256(BLOCK_KEY.sub("", said.replace('\\"', '"')).encode()).hexdigest()


def _refresh(apps, page, revision, before):
    """What nobody had edited since it was loaded is still what the files wrote."""
    LoadedPage = apps.get_model("courses", "LoadedPage")
    loaded = LoadedPage.objects.filter(page_id=page.pk, digest=before).first()
    if loaded is None or revision.pk != page.latest_revision_id:
        return
    loaded.digest = _fingerprint(revision.content)
    loaded.save(update_fields=["digest"])
    Source = apps.get_model("courses", "Source")
    for child in json.loads(revision.content["sources"]):
        source = Source.objects.get(pk=child["value"])
        said = json.dumps({name: getattr(source, name) for name in FIELDS}, sort_keys=True)
        source.loaded_digest = hashlib.sha256(said.encode()).hexdigest()
        source.save(update_fields=["loaded_digest"])


def _cite_by_the_new_keys(apps, page, renamed):
    Lesson = apps.get_model("courses", "LessonPage")
    cited = re.compile(rf"\[@({'|'.join(map(re.escape, renamed))})(?=\s*[,\]])")
    lessons = Lesson.objects.filter(path__startswith=page.path, depth=page.depth + 1)
    for lesson in lessons:
        raw = json.dumps(list(lesson.body.raw_data))
        lesson.body = cited.sub(lambda found: f"[@{renamed[found[1]]}", raw)
        lesson.save(update_fields=["body"])
    for revision in _revisions(apps, "lessonpage", [lesson.pk for lesson in lessons]):
        body = revision.content["body"]
        revision.content["body"] = cited.sub(lambda found: f"[@{renamed[found[1]]}", body)
        revision.save(update_fields=["content"])


def backwards(apps, schema_editor):
    Page = apps.get_model("courses", "CoursePage")
    for page in Page.objects.order_by("pk"):
        page.sources = json.dumps(_values(apps, page.sources.raw_data))
        page.save(update_fields=["sources"])
        for revision in _revisions(apps, "coursepage", [page.pk]):
            stream = json.loads(revision.content["sources"] or "[]")
            revision.content["sources"] = json.dumps(_values(apps, stream))
            revision.save(update_fields=["content"])


def _values(apps, stream):
    """Laws stay out: a course had no such thing."""
    Source = apps.get_model("courses", "Source")
    known = {source.pk: source for source in Source.objects.all()}
    names = ("key", "title", "publisher", "year", "url", "reference")
    return [
        {**child, "value": {name: getattr(known[child["value"]], name) for name in names}}
        for child in stream
        if child["type"] == "source" and child["value"] in known
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0007_sources"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
