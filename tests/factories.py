"""Small organisations for tests: one function a fact, everything open and known from the start."""

from datetime import date

from django.contrib.auth.models import Group, Permission

from foundation.facts import FactBatch, open_batch
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Duty, DutyRole, Employment, Person, Unit, UnitKind, User
from tracking.targets.models import Target

LONG_AGO = date(2020, 1, 1)


def batch() -> FactBatch:
    """A batch of its own for each fact, as everywhere; call inside a test's transaction."""
    return open_batch(origin="test")


def unit(
    code: str,
    parent: str = "",
    kind: str = UnitKind.UNIT,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
    replaced_by: str = "",
) -> Unit:
    """A unit; `until` is the first day it is no more."""
    return Unit.objects.create(
        code=code,
        name=f"Enheten {code}",
        kind=UnitKind.CITY if not parent else kind,
        parent_code=parent,
        valid_from=since,
        valid_to=until,
        replaced_by_code=replaced_by,
        batch_in=batch(),
    )


def person(key: str, name: str = "", *, protected: bool = False) -> Person:
    """A person with an account of the same name."""
    return Person.objects.create(
        person_id=key,
        first_name=name or f"Förnamn{key}",
        last_name=f"Efternamn{key}",
        protected=protected,
        user=User.objects.create_user(username=key),
    )


def employ(
    who: Person,
    unit_code: str,
    *,
    is_manager: bool = False,
    position: str = "handläggare",
    business_area: str = "",
    since: date = LONG_AGO,
    until: date | None = None,
) -> Employment:
    """An employment; `until` is the first day it is no more."""
    return Employment.objects.create(
        person=who,
        unit_code=unit_code,
        position=position,
        business_area=business_area,
        is_manager=is_manager,
        valid_from=since,
        valid_to=until,
        batch_in=batch(),
    )


def duty(who: Person, role: DutyRole, unit_code: str, *, until: date | None = None) -> Duty:
    """A duty; `until` is the first day it is no more."""
    return Duty.objects.create(
        person=who,
        role=role,
        unit_code=unit_code,
        valid_from=LONG_AGO,
        valid_to=until,
        batch_in=batch(),
    )


def target(code: str = "T1", courses: str = "KURS", **values: object) -> Target:
    """A target for everybody, unless `audience` says otherwise."""
    return Target.objects.create(
        **{"code": code, "name": f"Mål {code}", "courses": courses, "batch_in": batch(), **values}
    )


def completion(
    who: Person,
    on: date,
    course: str = "KURS",
    *,
    brought: FactBatch | None = None,
    source: CompletionSource = CompletionSource.IMPORT,
) -> Completion:
    """A completion brought by an import, in this batch or the one of everything."""
    return Completion.objects.create(
        person=who,
        course_code=course,
        on=on,
        source=source,
        batch_in=brought or batch(),
    )


def account(who: Person) -> User:
    """The person's account, as a request would read it."""
    return User.objects.get(person=who)


def trainer(who: Person) -> User:
    """Makes the person a trainer: a group that opens the admin and the question bank."""
    user = account(who)
    group = Group.objects.get_or_create(name="Utbildare")[0]
    codenames = ("access_admin", "change_question")
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    user.groups.add(group)
    return user
