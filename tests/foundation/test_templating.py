"""What a template always says is worked out once; what it is told is worked out each time."""

import pytest
from django.template import Context, Engine, Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from foundation.templating import ConstantNode
from tests.factories import account, person

I18N = "django.templatetags.i18n"
COMPONENTS = "foundation.templatetags.components"


def _template(**files: str) -> Template:
    inner = ("django.template.loaders.locmem.Loader", files)
    engine = Engine(
        loaders=[("foundation.templating.Loader", [inner])],
        libraries={
            "i18n": I18N,
            "components": COMPONENTS,
            "static": "django.templatetags.static",
        },
        builtins=[I18N, COMPONENTS, "django.templatetags.static"],
    )
    return engine.get_template("page")


def _constants(template: Template) -> int:
    return len(template.nodelist.get_nodes_by_type(ConstantNode))


@pytest.mark.parametrize(
    "text",
    [
        '<p>{% translate "Log out" %}</p>',
        '{% url "logout" %}',
        '{% icon "done" %}',
        "{% static 'css/base.css' %}",
        "{% blocktranslate %}Step{% endblocktranslate %}",
        "{% if named %}{% translate 'Log out' %}{% endif %}",
        "{% include 'part' only %}",
    ],
)
def test_what_asks_for_nothing_is_put_together(text: str) -> None:
    assert _constants(_template(page=text, part="{% translate 'Log out' %}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>words alone</p>",
        "{{ name }}",
        "{{ _('Log out') }}",
        "{% translate name %}",
        "{% translate 'Log out' as out %}",
        "{% translate 'Log out'|lower %}",
        "{% icon name %}",
        "{% icon 'done' as sign %}",
        "{% url 'jobs:job' name %}",
        "{% url name %}",
        "{% static name %}",
        "{% blocktranslate %}Step {{ name }}{% endblocktranslate %}",
        "{% csrf_token %}",
        "{% script 'js/quiz.js' %}",
        "{% now 'Y' %}",
        "{% other_languages as languages %}",
        "{% include 'part' %}",
        "{% include 'part' with name=name only %}",
        "{% include 'asks' only %}",
        "{% include 'missing' only %}",
        "{% include name only %}",
    ],
)
def test_what_asks_for_anything_is_worked_out_each_time(text: str) -> None:
    page = _template(page=text, part="{% translate 'Log out' %}", asks="{{ name }}")
    assert _constants(page) == 0


def test_what_is_remembered_is_remembered_by_language() -> None:
    page = _template(
        page='{% translate "Log out" %}{% language "sv" %}{% icon "done" %}'
        '{% translate "Log out" %}{% endlanguage %}'
    )
    said = {}
    for language in ("sv", "en", "sv", "en"):
        with translation.override(language):
            said.setdefault(language, []).append(page.render(Context()))
    assert said["sv"][0].startswith("Logga ut<svg")
    assert said["sv"][0].endswith("Logga ut")
    assert said["en"][0].startswith("Log out<svg")
    assert said["en"][0].endswith("Logga ut")
    assert said["sv"][0] == said["sv"][1]
    assert said["en"][0] == said["en"][1]


def test_a_template_that_includes_itself_is_read() -> None:
    page = _template(page="{% if again %}{% include 'page' only %}{% endif %}{% icon 'done' %}")
    assert page.render(Context({"again": True})).count("<svg") == 2


def test_blocks_are_filled_as_ever() -> None:
    page = _template(
        base='{% translate "Log out" %}{% block main %}{% icon "done" %}{% endblock %}',
        page='{% extends "base" %}{% block main %}{{ block.super }}{{ name }}{% endblock %}',
    )
    with translation.override("en"):
        shown = page.render(Context({"name": "Åsa"}))
        assert page.render(Context({"name": "Bo"})) == shown.replace("Åsa", "Bo")
    assert shown.startswith("Log out<svg")
    assert shown.endswith("</svg>Åsa")


@pytest.mark.django_db
def test_the_frame_of_one_reader_holds_nothing_of_another() -> None:
    masthead = get_template("components/masthead.html")
    for name in ("Åsa", "Bo"):
        given = {"nav_items": [], "person_items": [], "user": account(person(name))}
        shown = masthead.render({**given, "csrf_token": f"token-{name}", "back": f"/{name}/"})
        others = {"Åsa", "Bo"} - {name}
        assert f"token-{name}" in shown
        assert f'value="/{name}/"' in shown
        assert not any(f"token-{other}" in shown or f"/{other}/" in shown for other in others)


def test_a_component_is_told_only_what_it_is_given_each_time() -> None:
    page = _template(
        page="{% for name in names %}{% include 'part' with name=name only %}{% endfor %}!",
        part="[{{ name }}{{ names }}{{ rest }}]",
    )
    assert page.render(Context({"names": ["a", "b"], "rest": "?"})) == "[a][b]!"
    assert page.render(Context({"names": ["<c>"], "rest": "?"})) == "[&lt;c&gt;]!"


def test_a_component_that_fails_leaves_the_page_as_it_was() -> None:
    page = _template(page="{% include 'part' with wrong=wrong only %}", part="{{ wrong.now }}")

    class Wrong:
        def now(self) -> str:
            raise ArithmeticError

    context = Context({"wrong": Wrong()})
    for _time in range(2):
        with pytest.raises(ArithmeticError):
            page.render(context)
    assert page.render(Context({"wrong": {"now": "whole"}})) == "whole"


@pytest.mark.parametrize(
    "value",
    [
        "a<b>&\"'",
        mark_safe("<b>x</b>"),
        1234567,
        0.5,
        None,
        True,
        gettext_lazy("Log out"),
        ["<", 1],
    ],
)
@pytest.mark.parametrize(
    "shown", ["{{ it }}", "{{ it|default:'-' }}", "{% autoescape off %}{{ it }}{% endautoescape %}"]
)
def test_what_is_told_is_said_as_django_says_it(shown: str, value: object) -> None:
    for language in ("sv", "en"):
        with translation.override(language):
            as_django = Engine().from_string(shown).render(Context({"it": value}))
            assert _template(page=shown).render(Context({"it": value})) == as_django
