"""Components take what they declare: checked in every template, and where they are rendered."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Node, Template, engines
from django.template.base import NodeList
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import IncludeNode
from django.test import Client

from foundation.components.catalogue import Component, components, declaration_of
from foundation.components.declared import Declaration, WrongInput
from foundation.templatetags.components import ExampleNode
from tests.contracts.test_no_inline import ROOT, TEMPLATES
from tests.factories import account, person

COMPONENTS = components()


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT)).split("templates/", 1)[1]


def _nodes(nodelist: NodeList) -> Iterator[Node]:
    for node in nodelist:
        yield node
        for attribute in getattr(node, "child_nodelists", ()):
            inside = getattr(node, attribute, None)
            if inside:
                yield from _nodes(inside)


def _uses(template: Template) -> Iterator[IncludeNode]:
    for node in _nodes(template.nodelist):
        if isinstance(node, IncludeNode) and str(node.template.var).startswith("components/"):
            yield node


def problems_of_uses(template: Template) -> list[str]:
    """What a template gives components otherwise than they declare."""
    problems = []
    for use in _uses(template):
        name = str(use.template.var)
        if name.startswith("components/_"):
            continue
        if not use.isolated_context:
            problems.append(f"{name}: without “only”")
        problems += [
            f"{name}: {problem}"
            for problem in declaration_of(name).problems_of_names(use.extra_context)
        ]
    return problems


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_use_gives_what_the_component_declares(path: Path) -> None:
    assert problems_of_uses(get_template(_name(path)).template) == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('{% include "components/due.html" with date=day only %}', "“today” is missing"),
        (
            "{% if a %}{% else %}"
            '{% include "components/empty.html" with title=1 b=2 only %}{% endif %}',
            "“b” is no input",
        ),
        ('{% include "components/empty.html" with title=1 %}', "without “only”"),
    ],
)
def test_a_wrong_use_is_found_wherever_it_stands(source: str, problem: str) -> None:
    found = problems_of_uses(engines["django"].engine.from_string(source))
    assert [one.partition(": ")[2] for one in found] == [problem]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "“title” is missing"),
        ({"title": "x", "colour": "red"}, "“colour” is no input"),
        ({"title": "x", "kind": "scary"}, "“kind” is 'scary', not one of"),
    ],
)
def test_a_component_refuses_what_it_does_not_declare(given: dict[str, str], problem: str) -> None:
    with pytest.raises(WrongInput, match=problem):
        render_to_string("components/notice.html", given)


def test_where_nothing_is_checked_a_component_shows_what_it_can(settings: Any) -> None:
    settings.CHECK_COMPONENTS = False
    source = (
        '{% load components %}{% takes "saying" %}Words.\nname  whose\n{% endtakes %}Hej {{ name }}'
    )
    assert engines["django"].from_string(source).render({}) == "Hej "


def test_a_declaration_says_what_is_needed_and_what_may_be_left_out() -> None:
    declared = Declaration.read("acting", "One act.\nlabel  words\nkind? [quiet|danger]  looks")
    assert declared.summary == "One act."
    assert [(one.name, one.required, one.choices) for one in declared.inputs] == [
        ("label", True, ()),
        ("kind", False, ("quiet", "danger")),
    ]


@pytest.mark.parametrize("text", ["", "One act.\nlabel  words\nkind one space"])
def test_a_declaration_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Declaration.read("acting", text)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda one: one.name)
def test_every_component_has_an_example(component: Component) -> None:
    try:
        nodes = list(_nodes(get_template(component.examples).template.nodelist))
    except TemplateDoesNotExist:
        pytest.fail(f"{component.name} lacks examples: write templates/{component.examples}")
    assert [node for node in nodes if isinstance(node, ExampleNode)]


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(account(person("A")))
    return client


@pytest.mark.django_db
def test_the_catalogue_shows_every_component_with_its_inputs_and_code(reader: Client) -> None:
    index = reader.get("/komponenter/").content.decode()
    groups = {one.declaration.group for one in COMPONENTS}
    pages = {group: reader.get(f"/komponenter/{group}/").content.decode() for group in groups}
    for one in COMPONENTS:
        page = pages[one.declaration.group]
        assert f"#component-{one.name}" in index
        assert f'id="component-{one.name}"' in page
        assert all(f"<code>{given.name}</code>" in page for given in one.declaration.inputs)
    assert (
        "{% include &quot;components/status.html&quot; with status=&quot;klar&quot; only %}"
        in pages["standing"]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/komponenter/", "/komponenter/forms/"])
def test_the_catalogue_stands_in_the_demo_only(reader: Client, settings: Any, path: str) -> None:
    settings.DEMO = False
    assert reader.get(path).status_code == 404


@pytest.mark.django_db
def test_there_is_no_page_of_a_group_that_does_not_exist(reader: Client) -> None:
    assert reader.get("/komponenter/finns-inte/").status_code == 404
