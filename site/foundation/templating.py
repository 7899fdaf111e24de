"""Template loaders that put together what a template always says, once a process and language.

Most of a page's frame is the same in every answer: text, addresses of static files and of pages
that take no argument, words to translate, icons. Django works each of them out anew every time,
which took half of what a lesson's templates cost. Here neighbours that can say only one thing in a
language become one node, which remembers what they said. Nothing that asks the context is touched,
so no person, no row of the database and no request can be in what is remembered.
"""

from collections.abc import Callable
from html import escape
from threading import RLock
from typing import Any, TypeVar

from django.template import Engine, Node, NodeList, Template, TemplateDoesNotExist, Variable
from django.template.base import (
    FilterExpression,
    TextNode,
    TokenType,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    ForNode,
    IfChangedNode,
    IfNode,
    LoadNode,
    URLNode,
    WithNode,
)
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Tag = TypeVar("Tag", bound=Callable[..., Any])
# What may hold constant parts without being one: where its lists of nodes are.
HOLDERS: tuple[type[Node], ...] = (BlockNode, ForNode, IfChangedNode, WithNode, LanguageNode)


def says_the_same(tag: Tag) -> Tag:
    """Mark a simple tag as one that answers, to the same words, the same for ever."""
    tag.says_the_same = True  # type: ignore[attr-defined]
    return tag


class ConstantNode(Node):
    """Nodes that say the same in every answer of one language."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._has_addresses = any(
            nodelist.get_nodes_by_type(kind) for kind in (URLNode, IncludeNode)
        )
        self._said: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key: tuple[object, ...] = (get_language(), context.autoescape)
        if self._has_addresses:
            key += (get_script_prefix(), get_urlconf())
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self.nodelist.render(context)
        return said

    # Each of the nodes says itself where it stands, should it fail.
    render_annotated = render


class SaidNode(VariableNode):
    """`{{ value }}`: words are said and escaped as ever, without being asked what else they are."""

    def render(self, context: Context) -> SafeString | str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is SafeString:
            said: SafeString = value
            return said
        if kind is str and context.autoescape:
            return SafeString(escape(value))  # nosec B703
        return render_value_in_context(value, context)


class IncludedNode(IncludeNode):
    """`{% include "name.html" with … only %}`: which template it is, is found once."""

    included: Template | None = None

    def render(self, context: Context) -> SafeString:
        template = self.included
        if template is None:
            name = self.template.resolve(context)
            template = self.included = _engine_of(context).get_template(name)
        values = {name: said.resolve(context) for name, said in self.extra_context.items()}
        inside = context.new(values)
        # What Template.render does, without the generators.
        state = inside.render_context
        before, state.template = state.template, template
        state.push()
        try:
            said: SafeString = template._render(inside)  # type: ignore[attr-defined]
            return said
        finally:
            state.template = before
            state.pop()


def _engine_of(context: Context) -> Engine:
    assert context.template is not None
    return context.template.engine


class Loader(cached.Loader):
    """Django's loader, which reads a template once a process, with its constant parts put together.

    What libraries bring is left as it is.
    """

    def __init__(self, engine: Engine, loaders: list[str]) -> None:
        super().__init__(engine, loaders)
        self._lock = RLock()
        self._begun: set[int] = set()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        if skip is None:
            known = self.get_template_cache.get(template_name)
            if isinstance(known, Template) and hasattr(known, "is_put_together"):
                return known
        template: Template = super().get_template(template_name, skip)
        if not hasattr(template, "is_put_together"):
            with self._lock:
                self._finish(template)
        return template

    def _finish(self, template: Template) -> None:
        if id(template) in self._begun or hasattr(template, "is_put_together"):
            return  # it includes itself; or another thread has done it meanwhile
        self._begun.add(id(template))
        try:
            if "site-packages" not in template.origin.name:
                _put_together(template.nodelist, template)
            template.is_put_together = True  # type: ignore[attr-defined]
        finally:
            self._begun.discard(id(template))


def _put_together(nodes: NodeList, template: Template) -> None:
    """Replace, in place, each run of constant nodes by one; inside what holds nodes too."""
    for node in nodes:
        for inner in _lists_of(node):
            _put_together(inner, template)
    found: list[Node] = []
    run: list[Node] = []
    for given in nodes:
        quick = _made_quick(given)
        if _is_constant(quick, template):
            run.append(quick)
        else:
            found += [*_joined(run), quick]
            run = []
    nodes[:] = [*found, *_joined(run)]


def _made_quick(node: Node) -> Node:
    """The same, or one that says the same with less ado."""
    quick = node
    if type(node) is VariableNode:
        quick = SaidNode(node.filter_expression)
    elif type(node) is IncludeNode:
        quick = _named(node)
    if quick is not node:
        quick.token, quick.origin = node.token, node.origin
    return quick


def _named(node: IncludeNode) -> IncludeNode:
    """Where it stands alone and its name is written out: one that looks the template up once."""
    name = node.template.var
    relative = not isinstance(name, str) or name.startswith(".")
    if relative or not node.isolated_context or not _is_literal(node.template):
        return node
    return IncludedNode(node.template, extra_context=node.extra_context, isolated_context=True)


def _joined(run: list[Node]) -> list[Node]:
    if all(isinstance(node, TextNode) for node in run):
        return run
    joined = ConstantNode(NodeList(run))
    joined.token, joined.origin = run[0].token, run[0].origin
    return [joined]


def _lists_of(node: Node) -> list[NodeList]:
    if isinstance(node, ExtendsNode):  # beside its blocks nothing of it is shown
        return [block.nodelist for block in node.blocks.values()]
    if isinstance(node, IfNode):
        return [nodelist for _condition, nodelist in node.conditions_nodelists]
    if isinstance(node, HOLDERS):
        return [getattr(node, name) for name in node.child_nodelists if getattr(node, name, None)]
    return []


def _is_constant(node: Node, template: Template) -> bool:
    """Whether it asks nothing of the context, and keeps nothing in it."""
    told: object
    match node:
        case TextNode() | ConstantNode() | LoadNode() | CommentNode():
            asks = False
        case StaticNode():
            asks = bool(node.varname) or not _is_literal(node.path)
        case TranslateNode():
            told = node.asvar or node.message_context
            asks = bool(told) or not _is_literal(node.filter_expression)
        case BlockTranslateNode():
            told = node.extra_context or node.countervar or node.asvar or node.message_context
            asks = bool(told) or any(one.token_type != TokenType.TEXT for one in node.singular)
        case URLNode():
            told = node.args or node.kwargs or node.asvar
            asks = bool(told) or not _is_literal(node.view_name)
        case SimpleNode():
            told = node.takes_context or node.target_var
            literal = all(map(_is_literal, [*node.args, *node.kwargs.values()]))
            asks = bool(told) or not literal or not hasattr(node.func, "says_the_same")
        case IncludeNode():
            asks = not node.isolated_context or bool(node.extra_context)
            asks = asks or not _is_literal(node.template) or not _says_the_same(node, template)
        case _:
            # A component's declaration says nothing, unless it checks what is given.
            asks = getattr(node, "checks", True)
    return not asks


def _says_the_same(node: IncludeNode, template: Template) -> bool:
    try:
        included = template.engine.get_template(node.template.resolve(Context()))
    except TemplateDoesNotExist:
        return False
    return all(_is_constant(inner, included) for inner in included.nodelist)


def _is_literal(expression: FilterExpression) -> bool:
    if expression.filters:
        return False
    said = expression.var
    return said.lookups is None if isinstance(said, Variable) else isinstance(said, str)
