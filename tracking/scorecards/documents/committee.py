"""A committee's scorecard as a file, in the shape that goes into its own report."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from foundation.documents import About, Document, Heading, Paragraph, Part
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.organisation.rules import units_visible_to
from tracking.scorecards.card import Card, card_of
from tracking.scorecards.choosing import asked_period
from tracking.scorecards.committees import committees_of
from tracking.scorecards.documents.saying import (
    by_goal,
    definitions,
    figures_table,
    goal_words,
    in_order,
    shares_chart,
    text_or,
    undertakings_table,
)
from tracking.scorecards.frozen import Frozen, figure_rows
from tracking.scorecards.rules import may_read, may_write
from tracking.scorecards.signing import card_text
from tracking.scorecards.words import period_name, state_word
from tracking.status.figures import figures

CELLS = 600  # about, with figures: made while the reader waits


@offer
class CommitteeOffer(Offer):
    """What the committee says and its figures: as signed, or as a draft."""

    code = "scorecard"
    page = "scorecards:home"
    carries = ("enhet", "period")
    forms = ("xlsx", "csv", "pdf", "docx")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        card = _card(user, query)
        named = {"name": card.committee.name, "period": period_name(card.period)}
        return Weight(gettext("Scorecard of %(name)s, %(period)s") % named, CELLS)

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        card = _card(user, query)
        stem = f"styrkort-{card.committee.code[:64]}-{card.period.code}"
        return Made(document_of(card, steps), stem, len(card.lines))

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        scope, code = units_visible_to(user, on), query.get("enhet", "")
        return may_read(scope, code) or may_write(scope, code)


def _card(user: User, query: QueryDict) -> Card:
    scope, code = units_visible_to(user, today()), query.get("enhet", "")
    if not may_read(scope, code) and not may_write(scope, code):
        raise PermissionDenied
    period = asked_period(query, today())
    there = {one.code: one for one in committees_of(period, today())} if period else {}
    if period is None or code not in there:
        raise Unanswerable
    return card_of(period, there[code])


def document_of(card: Card, steps: Steps = UNWATCHED) -> Document:
    """As signed; before that as it stands, which the file says."""
    signed, committee = card.signed, card.committee
    text = signed.text if signed else card_text(card)
    frozen = _frozen(card, steps)
    rows = in_order(frozen.rows)
    table = figures_table(gettext("Figures"), rows, {committee.code: committee.name})
    parts: list[Part] = [
        Heading(gettext("The period as a whole")),
        Paragraph(text_or(text["kommentar"], gettext("The committee has written no comment."))),
    ]
    for goal, lines in by_goal(text["ataganden"]):
        title = gettext("Undertakings, goal %(number)s") % {"number": goal.code if goal else "–"}
        parts += [Heading(goal_words(goal)), undertakings_table(title, lines)]
    if not text["ataganden"]:
        parts.append(Paragraph(gettext("Nothing undertaken in this period")))
    parts.append(Heading(gettext("Knowledge targets in figures")))
    if rows:
        parts.append(shares_chart("kunskapsmal", gettext("Knowledge targets in figures"), rows))
    else:
        parts.append(Paragraph(gettext("No knowledge target applies to anybody here on that day.")))
    return Document(_about(card, frozen), parts, table if rows else None)


def _frozen(card: Card, steps: Steps) -> Frozen:
    if card.signed:
        one = card.signed
        return Frozen(one.as_of, one.batch_id, one.known_at, one.figures)
    found = figures(as_of=min(card.period.last_day, today()), steps=steps)
    known = found.stand.known_through or timezone.now()
    rows = figure_rows(found, [card.committee.code])
    return Frozen(found.stand.as_of, found.stand.batch, known, rows)


def _about(card: Card, frozen: Frozen) -> About:
    state = state_word(card.state, is_closed=card.is_closed)
    notes = [
        gettext("The figures count everybody. Nobody is named."),
        gettext(
            "For use inside the organisation. Only what is published leaves it: shares in "
            "bands, per committee."
        ),
    ]
    if card.signed:
        notes.insert(0, gettext("Fingerprint of what was signed: %s") % card.signed.hash)
    else:
        notes.insert(0, gettext("A draft: the scorecard is not signed, and may change."))
    return About(
        gettext("Scorecard"),
        f"{card.committee.name}, {period_name(card.period)}",
        frozen.as_of,
        frozen.known_at,
        definitions=definitions(),
        filters=[(gettext("Committee or company"), card.committee.name), (gettext("State"), state)],
        notes=notes,
    )
