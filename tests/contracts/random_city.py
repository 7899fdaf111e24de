"""Random organisations with somebody in every role, and things of each to ask for.

The units and days are those of `tests.tracking.organisation.random_organisations`; the people are
one of each kind, so that even a plain example has every role in it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from foundation.jobs.models import Job, JobState, private_storage
from quizzes.attempts.actions import start_attempt
from tests.contracts.random_things import things_of_all
from tests.factories import account, completion, target, trainer
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tests.tracking.organisation.random_organisations import (
    LIVES,
    NOWHERE,
    ROLES,
    TODAY,
    YESTERDAY,
    lay,
    units,
)
from tests.tracking.organisation.rights_oracle import Held, Organisation, Somebody, UnitRow, Work
from tracking.api.models import ApiKey
from tracking.imports.models import ImportFile
from tracking.ledger.actions import issue_certificate
from tracking.organisation.models import Employment, Person, User
from tracking.programme.actions import begin_draft
from tracking.programme.models import Purpose

ALWAYS = LIVES[0]
ADMINISTRATOR, TRAINER = "administrator", "utbildare"
# In whose jobs' files somebody stands: the rest would only take longer.
KIND, REPORT = "export-document", "staff"


@dataclass(frozen=True)
class Plan:
    """An organisation, and what is no matter of HR's: who is shut out, whom whose file names."""

    organisation: Organisation
    shut_out: frozenset[str]
    files: dict[str, tuple[str, ...]]  # owner's key: the people in the file of their job


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One of each kind of people, in units and on days of chance."""
    rows = draw(units())
    people = draw(_people(rows))
    keys = [one.key for one in people]
    chosen = st.lists(st.sampled_from(keys), max_size=2, unique=True).map(tuple)
    shut_out = draw(st.lists(st.sampled_from(keys), max_size=3))
    files = {key: draw(chosen) for key in keys}
    return _with_a_narrow_unit(rows, people, frozenset(shut_out), files)


def _with_a_narrow_unit(
    rows: tuple[UnitRow, ...],
    people: list[Somebody],
    shut_out: frozenset[str],
    files: dict[str, tuple[str, ...]],
) -> Plan:
    """Below some unit one more: somebody protected works there, under a manager of their own. The
    manager above may not see them, on no page and in no file, not even in one made before.
    """
    above = [row.code for row in rows if row.days == ALWAYS][-1]
    added = {
        "chef-flera": Work(above, ALWAYS, is_manager=True),
        "skyddad": Work("UD", ALWAYS),
        "skyddad-chef": Work("UD", ALWAYS, is_manager=True),
    }
    placed = [
        replace(one, works=(*(w for w in one.works if w.unit != more.unit), more))
        if (more := added.get(one.key))
        else one
        for one in people
    ]
    files |= {"chef-flera": ("skyddad",)}
    everything = Organisation(TODAY, (*rows, UnitRow("UD", above, ALWAYS)), tuple(placed))
    return Plan(everything, shut_out - {"chef-flera"}, files)


def is_rich(plan: Plan) -> bool:
    """Whether there is something to go wrong: a tree of some depth, a unit that another took over,
    people all over it, a closed account. The plain ones stand in test_rights_oracle.py.
    """
    rows = plan.organisation.units
    parents = {row.code: row.parent for row in rows}
    deep = any(parents.get(row.parent) for row in rows)
    taken_over = any(row.replaced_by for row in rows)
    everywhere = {work.unit for one in plan.organisation.people for work in one.works}
    return deep and taken_over and len(everywhere) >= 4 and bool(plan.shut_out)


@st.composite
def _people(draw: st.DrawFn, rows: tuple[UnitRow, ...]) -> list[Somebody]:
    codes = st.sampled_from([row.code for row in rows] * 3 + [NOWHERE])
    days = st.sampled_from([ALWAYS, *LIVES])
    rarely = st.sampled_from([False] * 5 + [True])

    def works(most: int, *, chef: bool = False, least: int = 1) -> tuple[Work, ...]:
        found = st.lists(codes, min_size=least, max_size=most, unique=True)
        return tuple(Work(code, draw(days), chef) for code in draw(found))

    def held(role: str) -> tuple[Held, ...]:
        return (Held(role, draw(codes), draw(days)),)

    def somebody(
        key: str, works: tuple[Work, ...], duties: tuple[Held, ...] = (), *, protected: bool = False
    ) -> Somebody:
        hidden = protected or draw(rarely)
        return Somebody(key, works, duties, protected=hidden, on_leave=draw(rarely))

    provider = next((row.code for row in rows if row.code == "U2"), rows[-1].code)
    return [
        somebody("chef-flera", works(3, chef=True, least=2)),
        somebody("chef-uppdrag", works(1), held("chef")),
        somebody("stallforetradare", works(1), held("stallforetradare")),
        somebody("bitradande", works(1)),
        somebody("nyckelperson", works(1), held("nyckelperson")),
        somebody("samordnare", works(1), held("samordnare")),
        somebody("revisor", works(1), held("revisor")),
        somebody("skyddad", works(2), protected=True),
        somebody("skyddad-chef", works(2, chef=True), protected=True),
        somebody("tva-anstallningar", works(2, least=2)),
        somebody("utforare", (Work(provider, ALWAYS),)),
        somebody("slutat", (Work(draw(codes), (ALWAYS[0], YESTERDAY)),)),
        somebody("blandad", works(2, chef=True), held(draw(st.sampled_from(ROLES)))),
        somebody(TRAINER, works(1)),
    ]


@dataclass(frozen=True)
class RandomCity:
    """What stands in the database, by its owner's key."""

    people: dict[str, Person]
    users: dict[str, User]
    attempts: dict[str, str]
    certificates: dict[str, str]
    jobs: dict[str, str]
    files: dict[str, str]  # handed over to be brought in
    drafts: dict[str, str]  # of targets
    keys: dict[str, str]  # that open the API
    # Of each kind, what somebody has made or what is of them.
    more: dict[str, dict[str, str]] = field(default_factory=dict)


def laid(plan: Plan) -> RandomCity:
    """Everybody, with an attempt, a certificate, a job whose file names people, a file, a draft."""
    cache.clear()
    people = lay(plan.organisation)
    for key, who in people.items():
        who.first_name, who.last_name = f"För{key}q", f"Efter{key}q"
        who.save()
    Employment.objects.filter(person=people["bitradande"]).update(position="biträdande enhetschef")
    target(due_on=date(2024, 3, 31))
    trainer(people[TRAINER])
    users = {key: account(who) for key, who in people.items()}
    users[ADMINISTRATOR] = User.objects.create_superuser(ADMINISTRATOR)
    for key in plan.shut_out:
        User.objects.filter(pk=users[key].pk).update(is_active=False)
    make_place()
    quiz, now = make_quiz(1), timezone.now()
    with transaction.atomic():
        attempts = {
            key: start_attempt(user=user, quiz=quiz, context=CONTEXT, now=now).public_id
            for key, user in users.items()
        }
    given = {
        key: issue_certificate(completion=completion(who, date(2024, 2, 1))).public_id
        for key, who in people.items()
    }
    handed = {
        key: ImportFile.objects.create(
            kind="staff", name="fil.csv", place="imports/ingen", uploaded_by=user, uploaded_at=now
        ).public_id
        for key, user in users.items()
    }
    jobs = {
        key: _job(user, [people[one] for one in plan.files.get(key, ())])
        for key, user in users.items()
    }
    drafts = {
        key: begin_draft(owner=user, purpose=Purpose.NEW, base=None).public_id
        for key, user in users.items()
    }
    made = {
        key: ApiKey.objects.create(
            holder=user, name="prov", prefix=f"kmv_{user.pk}", made_at=now, expires_on=TODAY
        ).public_id
        for key, user in users.items()
    }
    private = map(_texts, (handed, drafts, made))
    more = things_of_all(people, users)
    return RandomCity(people, users, _texts(attempts), _texts(given), jobs, *private, more)


def _texts(keys: dict[str, object]) -> dict[str, str]:
    return {key: str(one) for key, one in keys.items()}


def _job(owner: User, about: list[Person]) -> str:
    """One that has ended: whom its file is about stands in the file, its outcome and its errors."""
    names = "; ".join(who.full_name for who in about)
    job = Job.objects.create(
        kind=KIND,
        arguments={"report": REPORT, "query": "", "form": "csv"},
        title="Medarbetare",
        owner=owner,
        state=JobState.DONE,
        created_at=timezone.now(),
        ended_at=timezone.now(),
        outcome=names,
        errors=[["rad 1", names, "inget"]],
        error_count=1,
        about=[who.pk for who in about],
        result=private_storage().save(
            f"jobs/slump-{owner.pk}.csv", ContentFile(f"namn\r\n{names}\r\n".encode())
        ),
        result_name="fil.csv",
    )
    return str(job.public_id)
