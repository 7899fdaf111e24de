"""Citations in rich texts become links of their own kind, as the editor keeps them now.

What nobody had edited since it was loaded keeps its fingerprint right. Going back writes them as
`[@key, "place"]` again.
"""

import hashlib
import json
import re
from html import escape, unescape

from django.db import migrations

QUOTE = r"(?:\"|&quot;|&#34;|&#x27;|')"
TEXT = re.compile(rf"\[@([a-z0-9-]+)(?:,\s*{QUOTE}([^\]]*?){QUOTE})?\s*\]")
LINK = re.compile(r'<a linktype="citation" key="([^"]*)"(?: place="([^"]*)")?></a>')
HTML = re.compile(r"\s*<[a-z]")
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
LOADED = ("title", "objective", "minutes", "body", "sources")


def forwards(apps, schema_editor):
    _rewrite(apps, _as_links)


def backwards(apps, schema_editor):
    _rewrite(apps, _as_text)


def _rewrite(apps, change):
    Lesson = apps.get_model("courses", "LessonPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    for lesson in Lesson.objects.order_by("pk"):
        stream = list(lesson.body.raw_data)
        changed = _walk(stream, change)
        if changed != stream:
            lesson.body = json.dumps(changed)
            lesson.save(update_fields=["body"])
    revisions = Revision.objects.filter(
        content_type__app_label="courses", content_type__model="lessonpage"
    )
    for revision in revisions.iterator():
        before = _fingerprint(revision.content)
        stream = json.loads(revision.content["body"] or "[]")
        changed = _walk(stream, change)
        if changed != stream:
            revision.content["body"] = json.dumps(changed)
            revision.save(update_fields=["content"])
            apps.get_model("courses", "LoadedPage").objects.filter(
                page_id=int(revision.object_id),
                page__latest_revision_id=revision.pk,
                digest=before,
            ).update(digest=_fingerprint(revision.content))


def _walk(value, change):
    if isinstance(value, dict):
        return {name: _walk(part, change) for name, part in value.items()}
    if isinstance(value, list):
        return [_walk(part, change) for part in value]
    # Plain texts begin with words: there a citation stays as it is written.
    return change(value) if isinstance(value, str) and HTML.match(value) else value


def _as_links(html):
    def link(found):
        place = " ".join(unescape(found[2] or "").split())
        said = f' place="{escape(place)}"' if place else ""
        return f'<a linktype="citation" key="{found[1]}"{said}></a>'

    return TEXT.sub(link, html)


def _as_text(html):
    def text(found):
        place = f", &quot;{found[2]}&quot;" if found[2] else ""
        return f"[@{found[1]}{place}]"

    return LINK.sub(text, html)


def _fingerprint(content):
    """As the loader makes it of the page."""
    values = {name: content.get(name) for name in LOADED}
    for name in ("body", "sources"):
        values[name] = json.loads(values[name] or "[]")
    if not values["sources"]:
        del values["sources"]
    said = json.dumps(values, sort_keys=True)
    return hashlib.sha256(BLOCK_KEY.sub("", said.replace('\\"', '"')).encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0011_citations_in_the_editor"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
