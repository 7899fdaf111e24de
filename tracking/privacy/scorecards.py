"""What the committees' scorecards keep of somebody, told to themself."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.privacy.sections import Owner, Section, Value
from tracking.scorecards.models import (
    PeriodClosing,
    Reopening,
    Scorecard,
    SignOff,
    Undertaking,
    UndertakingChange,
    UndertakingReport,
)

Row = tuple[Value, ...]


def _written(owner: Owner) -> Iterator[Row]:
    """Everything they answer for, wrote last, signed, opened again or closed."""
    yield from _answers_for(owner)
    mine = owner.user
    cards = Scorecard.objects.filter(changed_by=mine).select_related("period")
    for card in cards.order_by("pk"):
        yield gettext("wrote last"), card.period.code, card.committee, "", card.changed_at
    for one in _reports(Q(changed_by=mine)):
        yield _of_report(gettext("wrote last"), one, one.changed_at)
    for undertaking in Undertaking.objects.filter(made_by=mine).order_by("pk"):
        said = gettext("entered"), "", undertaking.committee, undertaking.code
        yield (*said, undertaking.made_at)
    changes = UndertakingChange.objects.filter(changed_by=mine).select_related("undertaking")
    for change in changes.order_by("pk"):
        about = change.undertaking
        yield gettext("changed"), "", about.committee, about.code, change.changed_at
    signed = SignOff.objects.filter(signed_by=mine).select_related("period")
    for sign_off in signed.order_by("pk"):
        where = sign_off.period.code, sign_off.committee
        yield gettext("signed"), *where, "", sign_off.signed_at
    opened = Reopening.objects.filter(reopened_by=mine).select_related("sign_off__period")
    for reopening in opened.order_by("pk"):
        where = reopening.sign_off.period.code, reopening.sign_off.committee
        yield gettext("opened again"), *where, "", reopening.reopened_at
    closed = PeriodClosing.objects.filter(signed_by=mine).select_related("period")
    for closing in closed.order_by("pk"):
        yield gettext("closed"), closing.period.code, "", "", closing.signed_at


def _answers_for(owner: Owner) -> Iterator[Row]:
    if owner.person:
        for one in _reports(Q(responsible=owner.person)):
            yield _of_report(gettext("answer for"), one, None)


def _reports(which: Q) -> QuerySet[UndertakingReport]:
    found = UndertakingReport.objects.filter(which)
    return found.select_related("scorecard__period", "undertaking").order_by("pk")


def _of_report(what: str, one: UndertakingReport, moment: Value) -> Row:
    card = one.scorecard
    return what, card.period.code, card.committee, one.undertaking.code, moment


SCORECARDS = Section(
    "styrkort",
    _("Scorecards: what I answer for, have written and have signed"),
    {
        "vad": _("what"),
        "period": _("period"),
        "namnd": _("committee"),
        "atagande": _("undertaking"),
        "tidpunkt": _("moment"),
    },
    _written,
    frozenset(
        f"tracking.{model.__name__}"
        for model in (
            PeriodClosing,
            Reopening,
            Scorecard,
            SignOff,
            Undertaking,
            UndertakingChange,
            UndertakingReport,
        )
    ),
)
