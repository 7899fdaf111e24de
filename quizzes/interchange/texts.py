"""Texts of strangers' files: as safe HTML or as plain text, saying what was left out of them."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from quizzes.bank.sanitising import safe_html
from quizzes.interchange.markup import (
    EMPTY_TAGS,
    GONE,
    HEADINGS,
    INLINE,
    LISTS,
    LOOKS,
    PARAGRAPHS,
)
from quizzes.interchange.source import MAX_TEXT, Refused, Source, Text, TextFormat

# A text inside more lists or marks than this is hostile.
MAX_NESTED = 30

_markdown = MarkdownIt("commonmark", {"html": True})
_spaces = re.compile(r"[ \t\r\n\f]+")
_comment = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
# Control characters that no text has use for, and those that we mark gaps with.
_unsayable = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd2-\ufdef\ufffe\uffff]")


def as_html(text: Text, source: Source) -> str:
    """Safe HTML in paragraphs and lists; what was left out is noted on `source`."""
    return safe_html(_rewritten(text, source).html())


def as_plain(text: Text, source: Source, *, lines: bool = False) -> str:
    """Text without mark-up, on one line unless `lines`; formatting that goes is noted."""
    rewriter = _rewritten(text, source)
    if rewriter.marked:
        source.say(_("formatting in options and feedback"), small=True)
    paragraphs = [_spaces.sub(" ", one).strip() for one in rewriter.plain().split("\n")]
    return ("\n" if lines else " ").join(one for one in paragraphs if one).strip()


def _rewritten(text: Text, source: Source) -> "_Rewriter":
    if len(text.text) > MAX_TEXT:
        raise Refused(_("a text is longer than %(count)d characters") % {"count": MAX_TEXT})
    rewriter = _Rewriter(source.say)
    # Taken out first: the parser looks for the end of each anew.
    rewriter.feed(_comment.sub("", _as_any_html(text)))
    rewriter.close()
    for name in text.files:
        if name not in rewriter.pictures:
            source.say(_("the file %(name)s") % {"name": name or "?"})
    return rewriter


def _as_any_html(text: Text) -> str:
    said = _unsayable.sub("", text.text)
    match text.format:
        case TextFormat.PLAIN:
            return escape(said, quote=False).replace("\n", "<br>")
        case TextFormat.MARKDOWN:
            return str(_markdown.render(said))
        case TextFormat.AUTO:
            return said.replace("\n", "<br>")
        case _:
            return said


class _Rewriter(HTMLParser):
    """Reads any HTML, and writes the little that questions need."""

    def __init__(self, say: Callable[..., None]) -> None:
        super().__init__(convert_charrefs=True)
        self.say = say
        self.marked = False
        self.pictures: set[str] = set()  # names of those left out
        self._html: list[str] = []
        self._plain: list[str] = []
        self._words: list[str] = []  # of the paragraph that is being read
        self._open: list[tuple[str, str]] = []  # inline tags: name, and as they were opened
        self._lists: list[str] = []  # ul, ol and li that are open
        self._gone: list[str] = []

    def html(self) -> str:
        """What was read, in paragraphs and lists."""
        self._end_paragraph()
        while self._lists:
            self._html.append(f"</{self._lists.pop()}>")
        return "".join(self._html)

    def plain(self) -> str:
        """What was read, a line for each paragraph."""
        return "".join(self._plain)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in GONE:
            self._say_gone(tag)
            if tag not in EMPTY_TAGS:
                self._gone.append(tag)
        if self._gone:
            return
        given = dict(attrs)
        if any(name.startswith("on") for name in given):
            self.say(_("script in a text"))
        if tag == "img":
            self._picture(given)
        elif tag == "br":
            self._words.append("<br>")
            self._plain.append("\n")
        elif tag in INLINE:
            self._open_inline(tag, given)
        elif tag in LISTS or tag == "li":
            self._open_list(tag)
        elif tag in ("td", "th"):
            self.say(_("the table's layout"))
            self._word(" | " if self._has_words() else "")
        elif tag in PARAGRAPHS:
            self._end_paragraph()
        if tag in HEADINGS or tag in LOOKS:
            self.say(_("formatting: %(tag)s") % {"tag": f"<{tag}>"}, small=True)

    def handle_endtag(self, tag: str) -> None:
        if self._gone:
            if tag in self._gone:
                del self._gone[self._gone.index(tag) :]
            return
        if tag in INLINE:
            self._close_inline(tag)
        elif tag in LISTS or tag == "li":
            self._close_list(tag)
        elif tag in PARAGRAPHS:
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._gone:
            self._word(data)

    def _word(self, said: str) -> None:
        self._words.append(escape(_spaces.sub(" ", said), quote=False))
        self._plain.append(_spaces.sub(" ", said))

    def _has_words(self) -> bool:
        return any(word.strip() and not word.startswith("<") for word in self._words)

    def _say_gone(self, tag: str) -> None:
        said = _("script in a text") if tag == "script" else _("the element <%(tag)s>")
        self.say(said % {"tag": tag}, small=tag in ("style", "meta", "link", "title", "head"))

    def _picture(self, given: dict[str, str | None]) -> None:
        address = given.get("src") or ""
        name = "data:" if address.startswith("data:") else unquote(address.rpartition("/")[2])[:200]
        self.pictures.add(name)
        self.say(
            _("the picture %(name)s (%(text)s)") % {"name": name, "text": given["alt"][:200]}
            if given.get("alt") and given["alt"]
            else _("the picture %(name)s") % {"name": name or "?"}
        )

    def _open_inline(self, tag: str, given: dict[str, str | None]) -> None:
        self.marked = True
        opening = f"<{tag}>"
        if tag == "a":
            address = (given.get("href") or "").strip()
            if not re.match(r"(?i)(https?://|mailto:|tel:)", address):
                if address:
                    self.say(_("a link to %(address)s") % {"address": address[:100]})
                return
            opening = f'<a href="{escape(address)}">'
        if len(self._open) < MAX_NESTED and tag not in [name for name, _opening in self._open]:
            self._open.append((tag, opening))
            self._words.append(opening)

    def _close_inline(self, tag: str) -> None:
        names = [name for name, _opening in self._open]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        inner = self._open[at + 1 :]
        self._words += [f"</{name}>" for name in reversed(names[at:])]
        self._words += [opening for _name, opening in inner]
        self._open[at:] = inner

    def _open_list(self, tag: str) -> None:
        self._end_paragraph()
        self.marked = True
        if tag == "li":
            if self._lists and self._lists[-1] == "li":
                self._html.append(f"</{self._lists.pop()}>")
            if not self._lists:
                return  # an item of no list: a paragraph
        if len(self._lists) < MAX_NESTED:
            self._lists.append(tag)
            self._html.append(f"<{tag}>")

    def _close_list(self, tag: str) -> None:
        self._end_paragraph()
        if tag in self._lists:
            at = len(self._lists) - 1 - self._lists[::-1].index(tag)
            self._html += [f"</{name}>" for name in reversed(self._lists[at:])]
            del self._lists[at:]

    def _end_paragraph(self) -> None:
        """Write what has been read of a paragraph; what is open goes on in the next."""
        self._plain.append("\n")
        words, self._words = self._words, [opening for _name, opening in self._open]
        if not any(word.strip() and not word.startswith("<") for word in words):
            return
        words += [f"</{name}>" for name, _opening in reversed(self._open)]
        inside = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", "".join(words))
        if self._lists and self._lists[-1] == "li":
            if self._html[-1] not in ("<li>", "</ul>", "</ol>"):
                inside = f"<br>{inside}"
            self._html.append(inside)
        else:
            self._html.append(f"<p>{inside}</p>")
