"""What tracking itself tells: the account, the person, the facts, the ledger, the log."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.facts import DatedFact, Fact, FactBatch
from foundation.jobs.models import Job
from foundation.jobs.queries import may_read_result
from tracking.audit.models import AuditEntry
from tracking.audit.queries import entries_about
from tracking.imports.models import ImportFile
from tracking.ledger.models import Certificate, Completion, PendingCompletion, Start
from tracking.organisation.models import Absence, Duty, Employment
from tracking.privacy.sections import Owner, Section, Text, Value, register
from tracking.status.queries import status_table
from tracking.targets.models import Exemption

PERIOD: dict[str, Text] = {"fran": _("from"), "till": _("to")}
# When the platform came to know a fact, and when it was corrected or withdrawn.
KNOWN: dict[str, Text] = {"kand": _("known since"), "rattad": _("corrected or withdrawn")}
Row = tuple[Value, ...]


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(*_OF_THE_PERSON, *_OF_THE_LEDGER, first=True)
    register(*_OF_THE_LOG)


def _account(owner: Owner) -> Iterator[Row]:
    user = owner.user
    groups = ", ".join(user.groups.order_by("name").values_list("name", flat=True))
    rights = user.user_permissions.order_by("codename").values_list("codename", flat=True)
    yield (
        user.username,
        user.first_name,
        user.last_name,
        user.email,
        user.language,
        user.date_joined,
        user.last_login,
        user.is_active,
        user.is_superuser,
        groups,
        ", ".join(rights),
    )


def _person(owner: Owner) -> Iterator[Row]:
    if owner.person:
        one = owner.person
        key, name = str(one.public_id), one.full_name
        yield one.person_id, one.first_name, one.last_name, one.email, one.protected, key, name


def _dated(model: type[DatedFact], *names: str) -> Any:
    def rows(owner: Owner) -> Iterator[Row]:
        for fact in _facts(model, owner).order_by("valid_from", "pk"):
            said = tuple(getattr(fact, name) for name in names)
            start, last = fact.interval.start, fact.interval.last_day
            yield (*said, start, last, *_known(fact))

    return rows


def _facts(model: type[Fact], owner: Owner) -> QuerySet[Any]:
    """All of them, also those that have been corrected: they are kept, so they are told."""
    facts = model.objects.select_related("batch_in", "batch_out")
    return facts.filter(person=owner.person) if owner.person else facts.none()


def _known(fact: Fact) -> Row:
    return fact.batch_in.recorded_at, fact.batch_out.recorded_at if fact.batch_out else None


def _starts(owner: Owner) -> Iterator[Row]:
    for start in _facts(Start, owner).order_by("on", "pk"):
        yield start.course_code, start.on, *_known(start)


def _completions(owner: Owner) -> Iterator[Row]:
    for one in _facts(Completion, owner).order_by("on", "pk"):
        judged = ", ".join(f"{name}: {value}" for name, value in sorted(one.judged_by.items()))
        yield one.course_code, one.on, one.source, one.result, judged, *_known(one)


def _certificates(owner: Owner) -> Iterator[Row]:
    if owner.person:
        mine = Certificate.objects.filter(completion__person=owner.person)
        for one in mine.select_related("completion").order_by("completion__on", "pk"):
            said = one.completion.course_code, one.completion.on, one.written_number
            yield str(one.public_id), *said, one.revoked_at, one.revoked_reason


def _waiting(owner: Owner) -> Iterator[Row]:
    if owner.person:
        mine = Q(matched_to=owner.person)
        if owner.person.email:
            mine |= Q(email__iexact=owner.person.email)
        waiting = PendingCompletion.objects.filter(mine)
        for one in waiting.select_related("batch_in").order_by("on", "pk"):
            moment = one.batch_in.recorded_at
            yield one.email, one.course_code, one.on, one.source, one.result, moment


def _status(owner: Owner) -> Iterator[Row]:
    if owner.person is None:
        return
    table = status_table(as_of=owner.on, persons=[owner.person.pk])
    for result in sorted(table.results, key=lambda result: result.target):
        target = table.targets[result.target]
        yield (
            target.code,
            target.name,
            result.status.value,
            result.start,
            result.due_on,
            result.completed_on,
            result.valid_through,
            target.audience_text,
            " | ".join(" + ".join(way) for way in target.courses),
        )


def _concerning(owner: Owner) -> Iterator[Row]:
    if owner.person:
        for entry in entries_about(owner.person.pk).reverse():
            yield entry.sequence, entry.moment, entry.event, entry.unit, _detail(entry)


def _done(owner: Owner) -> Iterator[Row]:
    mine = AuditEntry.objects.filter(actor=owner.user).order_by("sequence")
    for entry in mine:
        yield entry.sequence, entry.moment, entry.event, entry.unit, entry.people, _detail(entry)


def _batches(owner: Owner) -> Iterator[Row]:
    for batch in FactBatch.objects.filter(actor=owner.user):
        brought = batch.brought, batch.taken_away
        yield batch.recorded_at, batch.origin, batch.file_name, *brought


def _jobs(owner: Owner) -> Iterator[Row]:
    """What a job found may be about others: it is told as its own page tells it."""
    for job in Job.objects.of(owner.user).order_by("created_at").defer("errors"):
        times = job.created_at, job.ended_at
        outcome = job.outcome if may_read_result(job, owner.on) else ""
        yield str(job.public_id), job.title, job.state, *times, outcome, job.result_name


def _files(owner: Owner) -> Iterator[Row]:
    for file in ImportFile.objects.filter(uploaded_by=owner.user).order_by("uploaded_at"):
        yield str(file.public_id), file.kind, file.name, file.uploaded_at


def _detail(entry: AuditEntry) -> str:
    return ", ".join(f"{name}: {value}" for name, value in sorted(entry.detail.items()))


_OF_THE_PERSON = (
    Section(
        "konto",
        _("Account"),
        {
            "anvandarnamn": _("user name"),
            "fornamn": _("first name"),
            "efternamn": _("last name"),
            "epost": _("e-mail"),
            "sprak": _("language"),
            "skapat": _("made"),
            "senast_inloggad": _("last log-in"),
            "oppet": _("open"),
            "administrator": _("administrator"),
            "grupper": _("groups"),
            "rattigheter": _("rights of its own"),
        },
        _account,
        frozenset({"tracking.User", "tracking.User_groups", "tracking.User_user_permissions"}),
    ),
    Section(
        "person",
        _("Person"),
        {
            "person_id": _("HR's key"),
            "fornamn": _("first name"),
            "efternamn": _("last name"),
            "epost": _("e-mail"),
            "skyddad": _("protected identity"),
            "adressnyckel": _("key in addresses"),
            "namn": _("name"),
        },
        _person,
        frozenset({"tracking.Person"}),
    ),
    Section(
        "anstallningar",
        _("Employments"),
        {
            "enhet": _("unit"),
            "befattning": _("position"),
            "verksamhetsomrade": _("business area"),
            "chef": _("manager"),
            "skyddad": _("protected identity"),
            **PERIOD,
            **KNOWN,
        },
        _dated(
            Employment, "unit_code", "position", "business_area", "is_manager", "says_protected"
        ),
        frozenset({"tracking.Employment"}),
    ),
    Section(
        "franvaro",
        _("Absences"),
        {"typ": _("type"), **PERIOD, **KNOWN},
        _dated(Absence, "kind"),
        frozenset({"tracking.Absence"}),
    ),
    Section(
        "uppdrag",
        _("Duties"),
        {"roll": pgettext_lazy("duty", "role"), "enhet": _("unit"), **PERIOD, **KNOWN},
        _dated(Duty, "role", "unit_code"),
        frozenset({"tracking.Duty"}),
    ),
    Section(
        "undantag",
        _("Exemptions"),
        {"mal": _("target"), "skal": _("reason"), **PERIOD, **KNOWN},
        _dated(Exemption, "target_code", "reason"),
        frozenset({"tracking.Exemption"}),
    ),
)
_OF_THE_LEDGER = (
    Section(
        "status",
        _("Status of each target"),
        {
            "mal": _("target"),
            "namn": _("name"),
            "status": _("status"),
            "start": _("applies since"),
            "senast": _("due"),
            "klar_datum": _("reached"),
            "giltig_till": _("valid through"),
            "omfattar": _("audience"),
            "kurser": _("courses"),
        },
        _status,
    ),
    Section(
        "paborjade",
        _("Courses begun"),
        {"kurs": _("course"), "datum": _("date"), **KNOWN},
        _starts,
        frozenset({"tracking.Start"}),
    ),
    Section(
        "genomforanden",
        _("Courses completed"),
        {
            "kurs": _("course"),
            "datum": _("date"),
            "kalla": _("source"),
            "resultat": _("result"),
            "bedomt_av": _("judged by"),
            **KNOWN,
        },
        _completions,
        frozenset({"tracking.Completion"}),
    ),
    Section(
        "vantande",
        _("Completions that wait for their person"),
        {
            "epost": _("e-mail"),
            "kurs": _("course"),
            "datum": _("date"),
            "kalla": _("source"),
            "resultat": _("result"),
            "kand": _("known since"),
        },
        _waiting,
        frozenset({"tracking.PendingCompletion"}),
    ),
    Section(
        "intyg",
        _("Certificates"),
        {
            "nyckel": _("key in addresses"),
            "kurs": _("course"),
            "datum": _("date"),
            "nummer": _("number"),
            "aterkallat": _("revoked on"),
            "skal": _("reason"),
        },
        _certificates,
        frozenset({"tracking.Certificate"}),
    ),
)
_ENTRY: dict[str, Text] = {
    "nummer": _("number"),
    "tidpunkt": _("moment"),
    "handelse": _("event"),
    "enhet": _("unit"),
}
_OF_THE_LOG = (
    Section(
        "logg_om_mig",
        _("What the audit log says of me"),
        {**_ENTRY, "detaljer": _("detail")},
        _concerning,
        frozenset({"tracking.AuditEntry", "tracking.AuditSubject"}),
    ),
    Section(
        "logg_av_mig",
        _("What the audit log says that I did"),
        {**_ENTRY, "personer": _("people concerned"), "detaljer": _("detail")},
        _done,
    ),
    Section(
        "andringar",
        _("What I have written into the register"),
        {
            "tidpunkt": _("moment"),
            "ursprung": _("origin"),
            "fil": _("file"),
            "nya": _("facts brought"),
            "borttagna": _("facts taken away"),
        },
        _batches,
        frozenset({"foundation.FactBatch"}),
    ),
    Section(
        "jobb",
        _("Jobs"),
        {
            "nyckel": _("key in addresses"),
            "titel": _("title"),
            "tillstand": _("status"),
            "begart": _("asked for"),
            "slut": _("ended"),
            "utfall": _("outcome"),
            "fil": _("file"),
        },
        _jobs,
        frozenset({"foundation.Job"}),
    ),
    Section(
        "filer",
        _("Files I have handed over, until they are read in"),
        {
            "nyckel": _("key in addresses"),
            "slag": _("kind"),
            "fil": _("file"),
            "tidpunkt": _("moment"),
        },
        _files,
        frozenset({"tracking.ImportFile"}),
    ),
)
