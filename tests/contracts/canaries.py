"""A city whose people carry strings that stand nowhere else, so that a leak is seen at once."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Comment, Workflow

from courses.h5p.results.actions import keep_statements, open_content
from courses.h5p.results.forms import read_state
from courses.h5p.results.saving import keep_state
from courses.h5p.results.statements import read_statement
from courses.learning.interactive import placed_in
from courses.modules.groundwork import WORKFLOW_NAME, lay_groundwork
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.models import Question
from tests.contracts.random_things import Things, things_of_all
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_course_with_quiz, make_lesson, screen
from tests.factories import LONG_AGO, batch, completion, target, trainer
from tests.tracking.organisation.random_organisations import TODAY, YESTERDAY, lay
from tests.tracking.organisation.rights_oracle import (
    Held,
    Organisation,
    Somebody,
    UnitRow,
    Work,
)
from tracking.evidence.matching.actions import dismiss_rows
from tracking.ledger.actions import issue_certificate
from tracking.ledger.models import CompletionSource, PendingCompletion
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Employment, Person, Unit, UnitKind, User
from tracking.scorecards.card import card_of
from tracking.scorecards.choosing import period_at_hand
from tracking.scorecards.committees import committees_of
from tracking.scorecards.making import make_periods
from tracking.scorecards.undertakings import load_plan
from tracking.scorecards.writing import Said, save_report

ALWAYS = (LONG_AGO, None)
TRAINERS = ("utbildare", "skyddad-utbildare")


def _works(*units: str, chef: bool = False) -> tuple[Work, ...]:
    return tuple(Work(unit, ALWAYS, chef) for unit in units)


ORGANISATION = Organisation(
    TODAY,
    (
        UnitRow("STAD", "", ALWAYS),
        UnitRow("SDN", "STAD", ALWAYS),
        UnitRow("EB", "SDN", ALWAYS),
        UnitRow("EC", "SDN", ALWAYS),
        UnitRow("UTF", "STAD", ALWAYS),
    ),
    (
        Somebody("chef", _works("EB", chef=True)),
        Somebody("stallforetradare", _works("EC"), (Held("stallforetradare", "EB", ALWAYS),)),
        Somebody("stadsdelschef", _works("SDN", chef=True)),
        Somebody("kollega", _works("EB")),
        Somebody("skyddad", _works("EB"), protected=True),
        Somebody("skyddad-tva", _works("EB", "EC"), protected=True, on_leave=True),
        Somebody("skyddad-chef", _works("EC", chef=True), protected=True),
        Somebody("skyddad-slutat", (Work("EB", (LONG_AGO, YESTERDAY)),), protected=True),
        Somebody("skyddad-utbildare", _works("SDN"), protected=True),
        Somebody("utbildare", _works("STAD")),
        Somebody("utforarchef", _works("UTF", chef=True)),
        Somebody("utforare", _works("UTF")),
        Somebody("skyddad-utforare", _works("UTF"), protected=True),
        Somebody("nyckelperson", _works("SDN"), (Held("nyckelperson", "SDN", ALWAYS),)),
        Somebody("samordnare", _works("STAD"), (Held("samordnare", "STAD", ALWAYS),)),
        Somebody("revisor", _works("STAD"), (Held("revisor", "STAD", ALWAYS),)),
        # Whose duty ended yesterday sees nobody.
        Somebody("avgangen", _works("EC"), (Held("chef", "EB", (LONG_AGO, YESTERDAY)),)),
    ),
)


@dataclass
class Canaries:
    """The people, their accounts, and the strings that give each of them away."""

    people: dict[str, Person] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)  # key, address, role, e-mail
    # What they wrote in H5P content, and how it says how far they came: for nobody else, ever.
    written: dict[str, list[str]] = field(default_factory=dict)
    things: Things = field(default_factory=dict)  # what has been recorded of everybody

    def account(self, key: str) -> User:
        return User.objects.get(person=self.people[key])

    def given_away_in(self, text: str) -> dict[str, list[str]]:
        """Whose canaries stand in a text, and which."""
        found = {
            key: [
                one
                for one in self.names[key] + self.others[key] + self.written.get(key, [])
                if one in text
            ]
            for key in self.people
        }
        return {key: canaries for key, canaries in found.items() if canaries}


def canary_city() -> Canaries:
    """Everybody in place, with courses, completions, and what trainers have done in the admin."""
    cache.clear()
    found = Canaries(people=lay(ORGANISATION))
    for number, (key, who) in enumerate(found.people.items(), start=10):
        who.first_name, who.last_name = f"Kanfor{number}q", f"Kanefter{number}q"
        who.email, who.person_id = f"kanmejl{number}q@exempel.se", f"KANNYCKEL{number}Q"
        who.save()
        position = f"kanroll{number}q"
        Employment.objects.filter(person=who).update(position=position)
        found.names[key] = [who.first_name, who.last_name]
        found.others[key] = [who.email, who.person_id, position, str(who.public_id)]
        User.objects.filter(person=who).update(username=f"konto-{number}")
    name_accounts(people=list(found.people.values()))
    target(due_on=date(2024, 3, 31))
    for who in found.people.values():
        done = completion(who, date(2024, 2, 1))
        issue_certificate(completion=done)
    lay_groundwork()
    course = make_course_with_quiz("KURS", questions=1)
    User.objects.create_superuser("administrator", "drift@exempel.se")
    for key in TRAINERS:
        trainer(found.people[key])
    # Who is protected sends for review: the mail goes to the others.
    for key in reversed(TRAINERS):
        _works_in_the_admin(found.account(key), course)
    users = {key: found.account(key) for key in found.people}
    found.things = things_of_all(found.people, users)
    _put_aside(found)
    _keep_scorecards(found)
    _play_what_plays(found, course)
    return found


def _put_aside(found: Canaries) -> None:
    """Rows of a provider's list under everybody's address, that a coordinator has put aside."""
    by, now = found.account("samordnare"), timezone.now()
    rows = [
        PendingCompletion.objects.create(
            email=who.email,
            course_code="KURS",
            on=YESTERDAY,
            source=CompletionSource.IMPORT,
            batch_in=batch(),
        )
        for who in found.people.values()
    ]
    dismiss_rows(rows=[row.pk for row in rows], reason="Prov", actor=by, now=now)


def _keep_scorecards(found: Canaries) -> None:
    """A district whose undertakings protected people answer for, by their own choice."""
    Unit.objects.filter(code="SDN").update(kind=UnitKind.DISTRICT_COMMITTEE)
    make_periods(on=TODAY)
    load_plan(now=timezone.now())
    period = period_at_hand(TODAY)
    assert period is not None
    [committee] = [one for one in committees_of(period, TODAY) if one.code == "SDN"]
    answering = ("skyddad", "skyddad-chef", "skyddad-utbildare", "kollega", "nyckelperson")
    lines = card_of(period, committee).lines
    for line, key in zip(lines, answering, strict=False):
        save_report(
            period=period,
            committee="SDN",
            undertaking=line.undertaking,
            said=Said(status="genomfort", responsible=found.people[key]),
            seen=0,
            actor=found.account("nyckelperson"),
            now=timezone.now(),
        )


def _play_what_plays(found: Canaries, course: CoursePage) -> None:
    """Everybody writes into content in a lesson, whose report also claims to know who they are."""
    version = store_version([store_library("H5P.Essay")], title="Skriv om ett möte")
    asked = {"content": version.content, "requirement": "finished", "percent": None}
    lesson = make_lesson(course, 3, body=[screen("Öva", ("interactive", asked))])
    lesson.save_revision().publish()
    [played] = placed_in(LessonPage.objects.get(pk=lesson.pk))
    now = timezone.now()
    for number, (key, who) in enumerate(found.people.items(), start=10):
        user, essay, far = found.account(key), f"kanord{number}q", f"kanlage{number}q"
        found.written[key] = [essay, far]
        launch = open_content(
            user=user,
            content=version.content,
            version=version,
            place=played.demand.place,
            now=now,
        )
        said = statement("answered", raw=1, of=1, response=f"Hon sa: {essay}")
        said["actor"]["account"]["name"] = f"{who.first_name} {who.last_name}"
        said["actor"]["mbox"] = f"mailto:{who.email}"
        keep_statements(
            launch_id=launch.public_id, user=user, statements=[read_statement(entry(said))], now=now
        )
        sent = read_state({"sub": "0", "type": "state", "data": f"[{far}]", "counter": 1}, now=now)
        keep_state(launch_id=launch.public_id, user=user, state=sent)


def _works_in_the_admin(user: User, course: CoursePage) -> None:
    """Leaves a trainer's name wherever the admin remembers who did something."""
    revision = course.save_revision(user=user, log_action=True)
    revision.publish(user=user)
    course.refresh_from_db()
    course.owner, course.locked, course.locked_by = user, True, user
    course.locked_at = timezone.now()
    course.save()
    Comment.objects.create(page=course, user=user, text="Se över", contentpath="title")
    lesson = course.get_children().first()
    if lesson and not lesson.current_workflow_state:
        lesson.specific.save_revision(user=user)
        Workflow.objects.get(name=WORKFLOW_NAME).start(lesson.specific, user)
    assert course.quiz is not None
    log(instance=course.quiz, action="wagtail.edit", user=user)
    log(instance=Question.objects.first(), action="wagtail.edit", user=user)
    drawn = BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    get_image_model().objects.create(
        title=f"Bild {user.pk}",
        file=SimpleUploadedFile("bild.png", drawn.getvalue(), "image/png"),
        width=4,
        height=4,
        uploaded_by_user=user,
    )
