"""Texts and ids that several types need on their way in and out."""

from html import escape, unescape
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from quizzes.interchange.source import Answer, Refused, Source, Text, TextFormat
from quizzes.interchange.texts import as_html, as_plain


def framed(source: Source, kind: str, **own: Any) -> dict[str, Any]:
    """A question's content: what all types have, and what is its own."""
    text = own.pop("text", None) or as_html(source.text, source)
    if not unescape(strip_tags(text)).strip():
        raise Refused(_("it has no text of its own; a picture can't be asked"))
    explanation = as_html(source.explanation, source) if source.explanation.text else ""
    return {"type": kind, "text": text, "explanation": explanation, "teaches": "", **own}


def option(source: Source, answer: Answer, number: int, *, correct: bool) -> dict[str, Any]:
    """An answer as one of our options."""
    return {
        "id": str(number),
        "text": said(source, answer.text, _("an option")),
        "correct": correct,
        "feedback": as_plain(answer.feedback, source, lines=True),
    }


def said(source: Source, text: Text, what: str) -> str:
    """A plain text that must say something; `what` names it to who reads the refusal."""
    plain = as_plain(text, source)
    if not plain:
        raise Refused(_("%(what)s has no text") % {"what": what})
    return plain


def short(source: Source, text: Text) -> str:
    """The beginning of a text, to name it by in a note."""
    return Truncator(as_plain(text, source)).chars(60)


def to_learners(words: StrOrPromise) -> str:
    """Words of ours that become part of a question: in the language of the site's content.

    Not in that of whoever brings the file in: the same file is to give the same question.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def html(text: str) -> Text:
    """HTML of ours."""
    return Text(text, TextFormat.HTML)


def plain(text: str) -> Text:
    """Plain text of ours."""
    return Text(text, TextFormat.PLAIN)


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph for each line."""
    return "".join(f"<p>{escape(one, quote=False)}</p>" for one in text.split("\n") if one.strip())


def going(content: Any, type_: str) -> Source:
    """A question of ours on its way out."""
    return Source(type=type_, text=html(content["text"]), explanation=html(content["explanation"]))
