"""A case in steps: no other platform's format has one, so it goes as a text to read."""

from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.interchange.mapping.wording import going, html, to_learners
from quizzes.interchange.source import Source


def to_case(content: Any) -> Source:
    """The steps one after another, each with its choices and where they lead."""
    source = going(content, "description")
    numbers = {step["id"]: number for number, step in enumerate(content["steps"], start=1)}
    pieces = [content["text"]]
    for step in content["steps"]:
        pieces.append(f"<p><strong>{numbers[step['id']]}.</strong> {escape(step['text'])}</p><ul>")
        for option in step["options"]:
            leads = numbers.get(option["next"])
            to = to_learners(gettext_lazy("the end"))
            if leads:
                to = to_learners(gettext_lazy("to %(number)d")) % {"number": leads}
            pieces.append(f"<li>{escape(option['text'])} ({to})</li>")
        pieces.append("</ul>")
    source.text = html("".join(pieces))
    source.say(_("that it can be answered: elsewhere it becomes a text to read"))
    return source
