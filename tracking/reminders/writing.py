"""A mail, as its reader will see it: subject, plain text, and the same as simple HTML.

No picture, nothing from elsewhere, nothing in an address that says who reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.http import urlencode
from django.utils.translation import override

from tracking.organisation.models import DutyRole
from tracking.reminders.mails import LANGUAGES, Words
from tracking.reminders.models import Why
from tracking.reminders.people import Addressee
from tracking.reminders.standing import Line
from tracking.status.rules import Status

SSO_ADDRESSES = {"openid_connect": "sso_oidc", "saml": "sso_saml"}


class Item(NamedTuple):
    """A line of the list; `name` is a target's, which is always in Swedish."""

    before: str
    name: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `turns_off`: where it can be turned off; empty where it can't."""

    language: str
    subject: str
    before: tuple[str, ...]
    items: tuple[Item, ...]
    after: tuple[str, ...]
    link_label: str
    link: str
    footer: str
    turns_off: str = ""

    @property
    def text(self) -> str:
        """As plain text."""
        items = [f"- {''.join(item)}" for item in self.items]
        parts = [*self.before, "\n".join(items), *self.after, f"{self.link_label}\n{self.link}"]
        parts.append("\n".join(filter(None, [self.footer, self.turns_off])))
        return "\n\n".join(parts) + "\n"

    @property
    def html(self) -> str:
        """As HTML without a style of its own."""
        return render_to_string("reminders/mail.html", {"letter": self})


def reminder_letter(
    who: Addressee, lines: Sequence[Line], *, on: date, role: str = "", own_line: str = ""
) -> Letter:
    """A reminder of these lines. `role`: as what somebody asked for it; empty: by rule."""
    words, count = LANGUAGES[who.language], len(lines)
    said = [_greeting(words, who)]
    said.append(words.one_thing if count == 1 else words.many_things.format(count=count))
    if role:
        asked = words.from_coordinator if role == DutyRole.COORDINATOR else words.from_manager
        said.append(asked)
    if own_line:
        said.append(words.writes.replace("{line}", own_line))
    optional = any(line.is_optional for line in lines)
    return Letter(
        language=who.language,
        subject=words.subject_one if count == 1 else words.subject_many.format(count=count),
        before=tuple(said),
        items=tuple(_item(words, who.language, line, on) for line in lines),
        after=(),
        link_label=words.open_training,
        link=_way_in(reverse("learning:my_training"), who),
        footer=f"{words.footer} {words.footer_optional}" if optional else words.footer,
        turns_off=absolute(reverse("reminders:mine")) if optional else "",
    )


def summary_letter(who: Addressee, counts: Mapping[str, int], *, since: date) -> Letter:
    """A manager's Monday: how many, never who."""
    words = LANGUAGES[who.language]
    told = (
        ("finished", words.finished_one, words.finished_many),
        ("overdue", words.overdue_one, words.overdue_many),
        ("running_out", words.running_out_one, words.running_out_many),
    )
    items = [
        Item(one if counts[name] == 1 else many.format(count=counts[name]))
        for name, one, many in told
        if counts.get(name)
    ]
    lead = words.summary_lead.format(day=_day(words, who.language, since))
    return Letter(
        language=who.language,
        subject=words.summary_subject,
        before=(_greeting(words, who), lead),
        items=tuple(items),
        after=(words.summary_note,),
        link_label=words.open_staff,
        link=_way_in(reverse("reports:staff"), who),
        footer=words.footer_summary,
        turns_off=absolute(reverse("reminders:mine")),
    )


def absolute(path: str) -> str:
    """The whole address of a page here."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _way_in(path: str, who: Addressee) -> str:
    """The page; by way of the employer's log-in where there is just one and they have no other.

    Nothing in the address signs anybody in: it begins the log-in and says where to go afterwards.
    """
    apps = settings.SSO_APPS
    if len(apps) != 1 or who.signs_in_here:
        return absolute(path)
    begins = reverse(SSO_ADDRESSES[apps[0]["provider"]])
    return absolute(f"{begins}?{urlencode({'next': path})}")


def _greeting(words: Words, who: Addressee) -> str:
    name = who.first_name
    return words.greeting.replace("{name}", name) if name else words.greeting_without_name


def _item(words: Words, language: str, line: Line, on: date) -> Item:
    if line.why == Why.EXPIRES:
        text = words.expired if line.status is Status.EXPIRED else words.expires
    elif line.until is None:
        text = words.due_without_day
    else:
        text = words.overdue if line.until < on else words.due
    day = _day(words, language, line.until) if line.until else ""
    before, after = text.replace("{day}", day).split("{target}")
    return Item(before, line.name, f" ({words.recommended}){after}" if line.is_optional else after)


def _day(words: Words, language: str, day: date) -> str:
    with override(language):
        return date_format(day, words.date_format)
