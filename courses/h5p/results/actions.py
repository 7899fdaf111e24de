"""Opening content, and keeping what it reports: done twice, each comes to the same as done once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.h5p.results.finishing import (
    finishing_verbs,
    is_end,
    is_finished_by_opening,
)
from courses.h5p.results.limits import MOST_SAID, MOST_STATEMENTS, MOST_THAT_FINISH
from courses.h5p.results.models import (
    MAIN_STATE,
    WHOLE_CONTENT,
    H5PLaunch,
    H5PResult,
    H5PState,
    H5PStatement,
)
from courses.h5p.results.places import handler_of
from courses.h5p.results.requirements import Requirement
from courses.h5p.results.statements import Statement, is_of_the_whole
from courses.h5p.store.models import H5PContent, H5PVersion
from tracking.organisation.models import User

SHORT_STATEMENT = 4096  # characters: what content that plays as it should says at its end
WITHOUT_WORDS = "{}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch: the keys that need not be sent again, and where one stands now."""

    keys: list[UUID] = field(default_factory=list)
    met: bool = False
    result: H5PResult | None = None


@transaction.atomic
def open_content(
    *,
    user: User,
    content: H5PContent,
    version: H5PVersion,
    place: str,
    now: datetime,
    afresh: bool = False,
) -> H5PLaunch:
    """Note that somebody opens a version at a place; `afresh` forgets how far they had come.

    Content of which nothing is heard is finished by being opened. Whether they may is the caller's
    to have asked. Raises LookupError for a place nobody answers for.
    """
    handler, rest = handler_of(place)
    launch = H5PLaunch.objects.create(user=user, version=version, place=place, opened_at=now)
    if not handler.counts:
        return launch
    result, is_first = H5PResult.objects.select_for_update().get_or_create(
        user=user,
        place=place,
        content=content,
        defaults={"opened_at": now, "number": version.number},
    )
    if afresh:
        _forget_states(launch)
    ends = result.finished_at is None and is_finished_by_opening(version)
    if ends:
        _finish(result, launch, (), (), now)
    if is_first or ends:
        handler.changed(user, rest, now)
    return launch


@transaction.atomic
def keep_statements(
    *, launch_id: UUID, user: User, statements: Sequence[Statement], now: datetime
) -> Kept:
    """Keep what a content reported, once each, and what it comes to for whoever played it.

    Raises H5PLaunch.DoesNotExist for a launch that is not theirs.
    """
    launch = locked_launch(user, launch_id)
    handler, rest = handler_of(launch.place)
    content = launch.version.content
    keys = [one.key for one in statements]
    if not handler.counts:
        return Kept(keys)
    main = launch.version.main_library
    there = set(launch.statements.filter(key__in=keys).values_list("key", flat=True))
    new = {one.key: one for one in statements if one.key not in there}
    kept = _that_fit(launch, list(new.values())) if new else []
    H5PStatement.objects.bulk_create(_row(launch, one, now) for one in kept)
    result, _created = H5PResult.objects.select_for_update().get_or_create(
        user=user,
        place=launch.place,
        content=content,
        defaults={"opened_at": launch.opened_at, "number": launch.version.number},
    )
    ends = [one for one in kept if is_end(main, one)]
    if ends:
        _finish(result, launch, ends, _earlier_ends(launch, kept), now)
        handler.changed(user, rest, now)
    requirement: Requirement = handler.requirement(rest, content)
    return Kept(keys, requirement.is_met_by(result), result)


def locked_launch(user: User, launch_id: UUID) -> H5PLaunch:
    """One of their own; nobody else writes to it meanwhile. Raises H5PLaunch.DoesNotExist."""
    launches = H5PLaunch.objects.select_for_update(of=("self",))
    return launches.select_related("version__content").get(public_id=launch_id, user=user)


def _that_fit(launch: H5PLaunch, new: Sequence[Statement]) -> list[Statement]:
    """Those that a launch has room for; what finishes it beyond that, without all its words."""
    main = launch.version.main_library
    room = MOST_STATEMENTS - launch.statements.count()
    kept = []
    for number, one in enumerate(new):
        if number < room and launch.said + len(one.raw) <= MOST_SAID:
            launch.said += len(one.raw)
            kept.append(one)
        elif number < room + MOST_THAT_FINISH and is_end(main, one):
            kept.append(one if len(one.raw) <= SHORT_STATEMENT else replace(one, raw=WITHOUT_WORDS))
    launch.save(update_fields=["said"])
    return kept


def _row(launch: H5PLaunch, one: Statement, now: datetime) -> H5PStatement:
    return H5PStatement(
        launch=launch,
        key=one.key,
        received_at=now,
        verb=one.verb,
        sub=one.sub,
        share=one.share,
        success=one.success,
        raw=one.raw,
    )


def _forget_states(launch: H5PLaunch) -> None:
    """From now on there is none: emptied, not deleted, so that no late resend brings one back."""
    there = H5PState.objects.filter(user=launch.user, place=launch.place, version=launch.version)
    emptied = {"data": "", "launch": launch.public_id, "counter": 0, "made_at": launch.opened_at}
    there.update(**emptied)
    there.get_or_create(
        user=launch.user,
        place=launch.place,
        version=launch.version,
        sub=WHOLE_CONTENT,
        kind=MAIN_STATE,
        defaults=emptied,
    )


def _earlier_ends(launch: H5PLaunch, kept: Sequence[Statement]) -> list[int | None]:
    """The shares of the ends that this launch had before these statements."""
    there = launch.statements.filter(
        verb__in=finishing_verbs(launch.version.main_library), sub=""
    ).exclude(key__in=[one.key for one in kept])
    return [share for share, raw in there.values_list("share", "raw") if is_of_the_whole(raw)]


def _finish(
    result: H5PResult,
    launch: H5PLaunch,
    ends: Iterable[Statement],
    earlier: Sequence[int | None],
    now: datetime,
) -> None:
    """The best try counts, the later of equal ones; a try with points before one without.

    A launch is one try: some contents say that they are done each time their end is shown. What it
    took is what it took until the first of them that came as far.
    """
    result.finished_at = result.finished_at or now
    shares = [_rank(share) for share in earlier]
    for one in ends:
        result.times += not shares
        share, there = _rank(one.share), _rank(result.share)
        if share >= there:
            if share > there or share not in shares:
                result.seconds = one.seconds
            result.number, result.success, result.share = (
                launch.version.number,
                one.success,
                one.share,
            )
            result.raw = one.score.raw if one.score else None
            result.maximum = one.score.maximum if one.score else None
        shares.append(share)
    result.save()


def _rank(share: int | None) -> int:
    return -1 if share is None else share


@transaction.atomic
def erase(*, user: User) -> int:
    """Take away all that is kept of somebody's playing, by their own wish; how much it was.

    What they have completed in courses stays: that is a fact of the ledger.
    """
    launches = H5PLaunch.objects.filter(user=user)
    results = H5PResult.objects.filter(user=user)
    states = H5PState.objects.filter(user=user)
    H5PStatement.objects.filter(launch__in=launches).delete()
    return sum(rows.delete()[0] for rows in (launches, results, states))
