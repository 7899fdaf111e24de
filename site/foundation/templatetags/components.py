"""What templates use to show dates, numbers, statuses and icons: `{% load components %}`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Protocol, cast, runtime_checkable

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BoundField
from django.template import RequestContext
from django.template.base import Node, NodeList, Parser, Token, TokenType
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from foundation.components import dates, numbers, statuses
from foundation.components.declared import Declaration, WrongInput
from foundation.components.stylesheets import EACH, TOGETHER
from foundation.documents.parts import Cell, Kind, Table
from foundation.documents.words import shown as cell_words
from foundation.templating import says_the_same

register = template.Library()
DELIMITERS = {
    TokenType.TEXT: "{}",
    TokenType.VAR: "{{{{ {} }}}}",
    TokenType.BLOCK: "{{% {} %}}",
    TokenType.COMMENT: "{{# {} #}}",
}


def _source_until(parser: Parser, end: str) -> str:
    """What the template says from here to the tag `end`, as it is written. Consumes nothing."""
    said: list[str] = []
    token: Token
    for token in reversed(parser.tokens):  # type: ignore[assignment]
        if token.token_type == TokenType.BLOCK and token.contents == end:
            break
        said.append(DELIMITERS[token.token_type].format(token.contents))
    return "".join(said)


class TakesNode(Node):
    """A component's declaration. Where inputs are checked it refuses wrong ones; else nothing."""

    child_nodelists = ()

    def __init__(self, declaration: Declaration, *, checks: bool) -> None:
        self.declaration = declaration
        self.checks = checks

    def render(self, context: Context) -> SafeString:
        if self.checks:
            given = cast(Mapping[str, object], context.flatten())
            problems = self.declaration.problems_of_names(given)
            problems += self.declaration.problems_of_values(given)
            if problems:
                raise WrongInput(f"{self.origin.name}: {'; '.join(problems)}")
        return SafeString("")


@register.tag
def takes(parser: Parser, token: Token) -> TakesNode:
    """`{% takes "group" %}…{% endtakes %}` begins a component: see foundation.components.declared.

    With settings.CHECK_COMPONENTS (development, tests) what it does not declare raises WrongInput.
    """
    _tag, group = token.split_contents()
    text = _source_until(parser, "endtakes")
    parser.skip_past("endtakes")
    declaration = Declaration.read(group.strip("\"'"), text)
    return TakesNode(declaration, checks=settings.CHECK_COMPONENTS)


class ExampleNode(Node):
    """An example of the catalogue: what it shows, how it looks, and the code to include it."""

    child_nodelists = ("nodelist",)

    def __init__(self, title: str, source: str, nodelist: NodeList) -> None:
        self.title = title
        self.source = source
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        shown = self.nodelist.render(context)
        given = {"title": self.title, "source": self.source, "shown": shown}
        return render_to_string("catalogue/_example.html", given)


@register.tag
def example(parser: Parser, token: Token) -> ExampleNode:
    """`{% example "Late" %}{% include … %}{% endexample %}` in a file of templates/catalogue/."""
    _tag, title = token.split_contents()
    source = _source_until(parser, "endexample").strip()
    nodelist = parser.parse(("endexample",))
    parser.delete_first_token()
    return ExampleNode(title.strip("\"'"), source, nodelist)


@register.filter
def has_optional(form: BaseForm) -> bool:
    """True when a form mixes what must be filled in with what need not be."""
    return len({field.field.required for field in form.visible_fields()}) > 1


@register.filter
def first_input(field: BoundField) -> str:
    """`{{ field|first_input }}` → the id a link to a field leads to, in a group its first input."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def swedish_date(day: date | None) -> str:
    """`{{ day|swedish_date }}` → "14 mars 2026"."""
    return dates.swedish_date(day)


@register.filter
def due_words(due: date | None, today: date) -> str:
    """`{{ due|due_words:today }}` → "om 12 dagar", "i dag", "3 dagar sen"."""
    return dates.due_words(due, today)


@register.filter
def due_state(due: date | None, today: date) -> dates.DueState:
    """`{{ due|due_state:today }}` → "late", "soon" or ""."""
    return dates.due_state(due, today)


@register.filter
def number(value: numbers.Amount | None, decimals: int = 0) -> str:
    """`{{ 1234|number }}` → "1 234", with spaces that don't break."""
    return numbers.number(value, decimals)


@register.filter
def points(value: numbers.Amount | None) -> str:
    """`{{ 7.5|points }}` → "7,5"; whole points without decimals."""
    return numbers.points(value)


@register.filter
def percent(value: numbers.Amount | None, decimals: int = 0) -> str:
    """`{{ 87|percent }}` → "87 %"; none → "–"."""
    return numbers.percent(value, decimals)


@register.filter
def share_of(done: numbers.Amount | None, total: numbers.Amount | None) -> int:
    """`{{ done|share_of:total }}` → whole per cent for the length of a bar."""
    return numbers.share_of(done, total)


@register.filter
def duration(value: int | None) -> str:
    """`{{ 35|duration }}` → "35 minuter"."""
    return numbers.minutes(value)


@register.filter
def up_to(last: int) -> range:
    """`{% for screen in 6|up_to %}` counts 1, 2, … 6."""
    return range(1, last + 1)


@register.filter
def status_label(status: str) -> str:
    """`{{ "klar"|status_label }}` → "Klar"."""
    return statuses.status_label(status)


@register.filter
def status_icon(status: str) -> str:
    """`{{ "klar"|status_icon }}` → the name of its icon."""
    return statuses.status_icon(status)


@register.simple_tag
@says_the_same
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "done" %}`: a symbol of static/img/icons.svg; `label` where no word stands by."""
    address = f"{staticfiles_storage.url('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            address,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        address,
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """`{% stylesheets %}`: those of every page; one file, where files have been collected."""
    collected = getattr(staticfiles_storage, "hashed_files", {})
    names = (TOGETHER,) if TOGETHER in collected else EACH
    links = ((staticfiles_storage.url(name),) for name in names)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@runtime_checkable
class Written(Protocol):
    """Something that knows how a page writes it."""

    def __html__(self) -> str:
        """The markup."""


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """`{% table_rows table %}`: head and body of a foundation.documents table, not its codes."""
    shown = [(at, one.kind) for at, one in enumerate(table.columns) if one.kind != "code"]
    marks = {"number": ' class="num"', "share": ' class="num"'}
    heads = (
        f'<th scope="col"{marks.get(kind, "")}>{escape(table.columns[at].name)}</th>'
        for at, kind in shown
    )
    lines = []
    for row in table.rows:
        first, *others = ((escape(_cell(row[at], kind)), marks.get(kind, "")) for at, kind in shown)
        cells = "".join(f"<td{mark}>{text}</td>" for text, mark in others)
        lines.append(f'<tr><th scope="row"{first[1]}>{first[0]}</th>{cells}</tr>')
    body = "".join(lines)
    return SafeString(f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody>")  # nosec B703


def _cell(cell: Cell | Written, kind: Kind) -> str:
    """A cell as a page has it; one may know how it is written."""
    if isinstance(cell, Written):
        return SafeString(cell.__html__())  # nosec B703
    if cell is None or cell == "":
        return numbers.NOTHING
    if kind == "date" and isinstance(cell, date):
        return dates.swedish_date(cell)
    return cell_words(cell, kind)


@register.simple_block_tag
def table_region(content: str, label: str, tall: bool = False) -> SafeString:
    """`{% table_region label %}<table>…{% endtable_region %}`: a wide table scrolls in it.

    `tall`: one of many rows too, and its head stays in sight.
    """
    said = {"content": content, "label": label, "tall": tall}
    return render_to_string("components/table_region.html", said)


@register.simple_tag(takes_context=True)
def script(context: RequestContext, path: str, before_paint: bool = False) -> SafeString:
    """`{% script "js/quiz.js" %}`: a module of ours, with the nonce without which it never runs.

    `before_paint`: in the head, for one that changes what is seen at once; browsers that know it
    paint nothing before it has run. What it imports runs by the same nonce. Where no request is
    known (a page of last resort) there is none, and the page does without its script.
    """
    nonce = getattr(getattr(context, "request", None), "csp_nonce", "")
    begun = _script(staticfiles_storage.url(path), before_paint)
    return SafeString(f'{begun}{escape(nonce)}"></script>')  # nosec B703


@cache
def _script(address: str, before_paint: bool) -> SafeString:
    blocking = SafeString(' blocking="render"' if before_paint else "")  # nosec B703
    return format_html('<script type="module"{} src="{}" nonce="', blocking, address)


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """`{% other_languages as languages %}`: (code, its own name) of those the page is not in."""
    return _languages_but(translation.get_language())


@cache
def _languages_but(current: str | None) -> list[tuple[str, str]]:
    codes = [code for code, _name in settings.LANGUAGES if code != current]
    return [(code, capfirst(translation.get_language_info(code)["name_local"])) for code in codes]
