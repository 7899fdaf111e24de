"""The living catalogue: every component that lies in templates/components/, with its examples.

A new component appears by itself. Its examples stand in templates/catalogue/<its name>.html.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.template.backends.django import DjangoTemplates

from foundation.components.declared import Declaration
from foundation.templatetags.components import TakesNode

# In the order of the catalogue: how a group is named in a declaration, and what it is called.
GROUPS = {
    "frame": "The frame of a page",
    "way": "Finding the way",
    "acting": "Acting",
    "forms": "Forms",
    "saying": "Saying something",
    "standing": "Where something stands",
    "tables": "Tables and lists",
    "reading": "Reading",
}


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its name, what it declares, and the template of its examples."""

    name: str
    declaration: Declaration

    @property
    def template(self) -> str:
        """What a page includes."""
        return f"components/{self.name}.html"

    @property
    def examples(self) -> str:
        """The template that shows it."""
        return f"catalogue/{self.name}.html"


def components() -> list[Component]:
    """Every component, by name; those whose names begin with "_" are parts of others.

    Raises ImproperlyConfigured for one that declares nothing.
    """
    return [Component(name, declaration_of(f"components/{name}.html")) for name in _names()]


def declaration_of(template: str) -> Declaration:
    """What a component's template declares; raises ImproperlyConfigured where it does not."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    for node in engine.engine.get_template(template).nodelist.get_nodes_by_type(TakesNode):
        assert isinstance(node, TakesNode)
        if node.declaration.group not in GROUPS:
            raise ImproperlyConfigured(f"{template}: no group {node.declaration.group!r}")
        return node.declaration
    raise ImproperlyConfigured(f"{template} does not say what it takes: {{% takes %}}")


def _names() -> Iterator[str]:
    roots = cast(list[Path], settings.TEMPLATES[0]["DIRS"])
    folders = [root / "components" for root in roots]
    for path in sorted(path for folder in folders for path in folder.glob("*.html")):
        if not path.name.startswith("_"):
            yield path.stem
