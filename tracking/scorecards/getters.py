"""Periods, committees and undertakings, reachable only by who may see them."""

from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from foundation.intervals import today
from tracking.organisation.models import User
from tracking.organisation.rules import UnitScope
from tracking.reports.gates import units_of
from tracking.scorecards.card import Card, card_of
from tracking.scorecards.choosing import asked_period
from tracking.scorecards.committees import Committee, committees_of
from tracking.scorecards.models import ReportingPeriod, Undertaking
from tracking.scorecards.rules import closes_periods, may_read, may_write, reads_the_city


class Opened(NamedTuple):
    """A committee's scorecard as somebody opened it."""

    scope: UnitScope
    period: ReportingPeriod
    committee: Committee
    card: Card

    @property
    def may_write(self) -> bool:
        """Whether it is theirs to fill in and sign, whatever its state."""
        return may_write(self.scope, self.committee.code)

    @property
    def is_open(self) -> bool:
        """Whether anything can be written in it now, by whom it is for."""
        return self.card.signed is None and not self.card.is_closed


def opened(request: HttpRequest, code: str) -> Opened:
    """The scorecard of this committee, in the period the address asks for.

    404 outside the reader's reach, and where the committee or the period does not exist.
    """
    scope = units_of(request)
    if not may_read(scope, code) and not may_write(scope, code):
        raise Http404
    period = asked_period(request.GET, today())
    if period is None:
        raise Http404
    there = {one.code: one for one in committees_of(period, today())}
    if code not in there:
        raise Http404
    return Opened(scope, period, there[code], card_of(period, there[code]))


def opened_to_write(request: HttpRequest, code: str) -> Opened:
    """The same for who writes there: PermissionDenied for who only reads."""
    found = opened(request, code)
    if not found.may_write:
        raise PermissionDenied
    return found


def city_reader(request: HttpRequest) -> UnitScope:
    """Who asks, if the city's compilation is theirs to read."""
    scope = units_of(request)
    if not reads_the_city(scope):
        raise PermissionDenied
    return scope


def coordinator(request: HttpRequest) -> User:
    """Who asks, if periods and the city's undertakings are theirs to decide on."""
    if not closes_periods(units_of(request)):
        raise PermissionDenied
    return account(request)


def account(request: HttpRequest) -> User:
    """The signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def the_period(code: str) -> ReportingPeriod:
    """A period by its code."""
    found = ReportingPeriod.objects.select_related("closing").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def the_undertaking(public_id: UUID) -> Undertaking:
    """An undertaking by its key."""
    found = Undertaking.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
