"""Says of trees that are there how much they hold, and whose uploads brought them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def reckon(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """From the first version or library of each tree."""
    trees = apps.get_model("courses", "H5PTree").objects
    versions = apps.get_model("courses", "H5PVersion").objects.order_by("-uploaded_at", "-pk")
    for tree, size, who in versions.values_list("tree", "size", "uploaded_by").iterator():
        trees.filter(pk=tree).update(size=size, brought_by=who)
    libraries = apps.get_model("courses", "H5PLibrary").objects.order_by("-first_seen_at", "-pk")
    for tree, size, who in libraries.values_list("tree", "size", "brought_in_by").iterator():
        trees.filter(pk=tree).update(size=size, brought_by=who)


class Migration(migrations.Migration):
    """Run again it comes to the same; backwards there is nothing to take away."""

    dependencies = [("courses", "0025_h5p_room")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
