"""A proof is handed in by its owner, judged once by somebody else, and its file goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from foundation.intervals import STOCKHOLM
from foundation.jobs.models import private_storage
from tests.factories import duty, employ, person, unit
from tests.tracking.evidence import papers
from tests.tracking.evidence.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.evidence.proof.actions import (
    DecidedAlready,
    ProofRefused,
    annul,
    hand_in,
    keep_draft,
    refuse,
    remove_files,
    verify,
    withdraw,
)
from tracking.evidence.proof.files import Drawn
from tracking.evidence.proof.models import Proof, ProofState
from tracking.evidence.proof.queries import may_decide, waiting_for
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import DutyRole, Person, UnitKind, User
from tracking.organisation.rules import visible_to
from tracking.retention.people import pseudonymise

pytestmark = pytest.mark.usefixtures("courses", "storage")
City = dict[str, Person]
SignIn = Callable[[Person], Client]
MINE, QUEUE = "/min-utbildning/intyg/", "/medarbetare/intyg/"
NOW = datetime(2024, 5, 15, 12, tzinfo=STOCKHOLM)
APRIL = date(2024, 4, 10)


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    place = {"BACKEND": "foundation.storages.MediaOnDisk", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": place}


def user(who: Person) -> User:
    assert who.user is not None
    return who.user


def file(number: int = 1, uploaded: str = "") -> Drawn:
    page = papers.saved(papers.paper(str(number), (20, 20)), "JPEG")
    return Drawn([page], uploaded or f"u{number}", f"k{number}")


def proof_of(who: Person, number: int = 1, course: str = "K1", uploaded: str = "") -> Proof:
    draft = keep_draft(person=who, file=file(number, uploaded), now=NOW)
    return hand_in(draft=draft, course_code=course, on=APRIL, note="", actor=user(who), now=NOW)


def verified(proof: Proof, by: Person, **said: Any) -> Proof:
    said = {"course_code": "K1", "on": APRIL} | said
    return verify(proof=proof, actor=user(by), now=NOW, **said)


def stored() -> list[str]:
    try:
        return sorted(private_storage().listdir("proof")[1])
    except FileNotFoundError:
        return []


def known() -> list[tuple[str, str, date, str]]:
    rows = Completion.objects.known_now().order_by("pk")
    return list(rows.values_list("person__person_id", "course_code", "on", "source"))


def test_verified_it_counts_with_who_when_and_what_it_was_judged_by(city: City) -> None:
    proof = verified(proof_of(city["anna"]), city["boss"], on=date(2024, 4, 9))
    assert known() == [("anna", "K1", date(2024, 4, 9), CompletionSource.CERTIFICATE)]
    assert proof.completion is not None
    assert proof.completion.judged_by == {
        "proof": str(proof.public_id),
        "by": user(city["boss"]).pk,
        "decided_at": NOW.isoformat(),
        "sha256": "u1",
    }
    assert proof.completion.said_by == user(city["boss"])


def test_decided_once_whoever_comes_second(city: City) -> None:
    proof = proof_of(city["anna"])
    verified(proof, city["boss"])
    for by in ("boss", "head"):
        with pytest.raises(DecidedAlready):
            refuse(proof=proof, reason="Nej", actor=user(city[by]), now=NOW)
        with pytest.raises(DecidedAlready):
            verified(proof, city[by])
    assert len(known()) == 1
    assert AuditEntry.objects.filter(event=AuditEvent.PROOF_DECIDED).count() == 1


def test_nobody_judges_their_own(city: City) -> None:
    proof = proof_of(city["boss"])
    with pytest.raises(ProofRefused, match="own"):
        verified(proof, city["boss"])
    with pytest.raises(ProofRefused, match="own"):
        refuse(proof=proof, reason="Nej", actor=user(city["boss"]), now=NOW)
    assert known() == []


def test_the_same_file_twice_is_stopped_while_the_first_stands(city: City) -> None:
    first = proof_of(city["anna"])
    with pytest.raises(ProofRefused, match="again"):
        proof_of(city["anna"])
    with pytest.raises(ProofRefused, match="again"):
        proof_of(city["anna"], 2, uploaded="u1")  # the same bytes, drawn otherwise
    refuse(proof=first, reason="Oläsligt", actor=user(city["boss"]), now=NOW)
    assert proof_of(city["anna"]).state == ProofState.WAITING


def test_the_database_itself_holds_one_in_use(city: City) -> None:
    first = proof_of(city["anna"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(
            person=city["anna"],
            state=ProofState.WAITING,
            course_code="K1",
            begun_at=NOW,
            sha256_uploaded="x",
            sha256_kept=first.sha256_kept,
            place="x",
            pages=1,
        )


@pytest.mark.parametrize("uploaded", ["u1", ""])
def test_a_file_that_stands_for_somebody_else_is_verified_for_one(
    city: City, uploaded: str
) -> None:
    first, second = (
        proof_of(city["anna"]),
        proof_of(city["bo"], 2 if uploaded else 1, "K1", uploaded),
    )
    for proof in (first, second):
        with pytest.raises(ProofRefused, match="used"):
            verified(proof, city["head"])
    refuse(proof=first, reason="Inte ditt", actor=user(city["head"]), now=NOW)
    verified(second, city["head"])
    assert [row[0] for row in known()] == ["bo"]


def test_whoever_judges_reads_of_the_other_only_if_they_may_see_them(
    city: City, signed_in: SignIn
) -> None:
    proof_of(city["bo"])
    proof = proof_of(city["anna"])
    page = f"{QUEUE}{proof.public_id}/"
    boss = signed_in(city["boss"]).get(page).content.decode()
    assert "Någon annan har lämnat in precis samma fil" in boss
    assert "Efternamnbo" not in boss.replace("Efternamnboss", "")
    head = signed_in(city["head"]).get(page).content.decode()
    assert "Bo Efternamnbo har lämnat in precis samma fil" in head
    # What is protected is not named to somebody above, either.
    hidden = proof_of(city["hidden"], 1)
    assert hidden.state == ProofState.WAITING
    assert "Hemlig" not in signed_in(city["head"]).get(page).content.decode()


def test_refused_the_person_reads_why_and_by_whom(city: City, signed_in: SignIn) -> None:
    proof = proof_of(city["anna"])
    refuse(proof=proof, reason="Namnet syns inte", actor=user(city["boss"]), now=NOW)
    shown = signed_in(city["anna"]).get(f"{MINE}{proof.public_id}/").content.decode()
    assert "Namnet syns inte" in shown
    assert "Boss Efternamnboss" in shown
    assert known() == []


def test_a_verification_taken_back_counts_no_more(city: City) -> None:
    proof = verified(proof_of(city["anna"]), city["boss"])
    annul(proof=proof, reason="Fel person", actor=user(city["boss"]), now=NOW)
    proof.refresh_from_db()
    assert (proof.state, proof.reason, known()) == (ProofState.REFUSED, "Fel person", [])
    with pytest.raises(DecidedAlready):
        annul(proof=proof, reason="Igen", actor=user(city["boss"]), now=NOW)


def test_withdrawn_before_the_decision_and_never_after(
    city: City, django_capture_on_commit_callbacks: Any
) -> None:
    proof = proof_of(city["anna"])
    assert len(stored()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert withdraw(proof=proof, actor=user(city["anna"]), now=NOW)
        assert not withdraw(proof=proof, actor=user(city["anna"]), now=NOW)
    assert stored() == []
    with pytest.raises(DecidedAlready):
        verified(proof, city["boss"])
    other = verified(proof_of(city["bo"], 2), city["head"])
    assert not withdraw(proof=other, actor=user(city["bo"]), now=NOW)


def test_the_file_goes_its_time_after_the_decision_and_the_rest_stays(city: City) -> None:
    proof = verified(proof_of(city["anna"]), city["boss"])
    kept = timedelta(days=settings.PROOF_KEPT_DAYS)
    assert remove_files(now=NOW + kept - timedelta(seconds=1)) == 0
    assert remove_files(now=NOW + kept) == 1
    assert remove_files(now=NOW + kept) == 0
    proof.refresh_from_db()
    assert stored() == []
    assert (proof.has_file, proof.sha256_uploaded, len(known())) == (False, "u1", 1)
    with pytest.raises(ProofRefused, match="again"):
        proof_of(city["anna"])  # what it was recognised by stays


def test_a_draft_goes_after_a_day_and_a_new_file_takes_its_place(city: City) -> None:
    keep_draft(person=city["anna"], file=file(1), now=NOW)
    keep_draft(person=city["anna"], file=file(2), now=NOW)
    assert (Proof.objects.count(), len(stored())) == (1, 1)
    assert remove_files(now=NOW + timedelta(hours=24)) == 1
    assert (Proof.objects.count(), stored()) == (0, [])


def test_where_files_lie_says_nothing_of_whose_they_are(city: City) -> None:
    proof = proof_of(city["anna"])
    [name] = stored()
    for word in ("anna", str(proof.public_id), proof.public_id.hex, "K1", str(city["anna"].pk)):
        assert word not in name.removeprefix(proof.place)
    assert name == f"{proof.place}-1.jpg"


def handed(client: Client, content: bytes, name: str = "bild.png", **more: str) -> Any:
    said = {"kurs": "K1", "datum": "2024-04-10"} | more
    upload = {"fil": SimpleUploadedFile(name, content, "image/png")} if content else {}
    return client.post(MINE, said | upload)


def test_what_was_handed_over_survives_an_error_in_the_form(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["anna"])
    answer = handed(client, papers.png(), datum="")
    assert answer.status_code == 400
    assert answer.context["draft"] is not None
    assert answer.context["form"]["kurs"].value() == "K1"
    answer = handed(client, b"")
    assert answer.status_code == 303
    assert Proof.objects.get().state == ProofState.WAITING


def test_a_wrong_file_is_said_and_nothing_is_kept(city: City, signed_in: SignIn) -> None:
    answer = handed(signed_in(city["anna"]), papers.SVG, "intyg.png")
    assert answer.status_code == 400
    assert "PDF, JPEG, PNG och HEIC" in answer.context["form"].errors["fil"][0]
    assert (Proof.objects.count(), stored()) == (0, [])
    answer = handed(signed_in(city["anna"]), b"")
    assert answer.context["form"].errors["fil"] == ["Välj filen."]


def test_the_picture_is_for_its_owner_and_whoever_judges_it(city: City, signed_in: SignIn) -> None:
    proof = proof_of(city["anna"])
    address = f"/intygsbild/{proof.public_id}/1/"
    for who, status in (
        ("anna", 200),
        ("boss", 200),
        ("head", 200),
        ("coordinator", 200),
        ("bo", 404),
        ("contact", 404),
        ("auditor", 404),
    ):
        assert signed_in(city[who]).get(address).status_code == status, who
    assert Client().get(address).status_code == 302
    answer = signed_in(city["boss"]).get(address)
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert signed_in(city["boss"]).get(f"/intygsbild/{proof.public_id}/2/").status_code == 404
    seen = AuditEntry.objects.filter(event=AuditEvent.CERTIFICATE_SEEN)
    assert {entry.actor_id for entry in seen} == {
        user(city[who]).pk for who in ("boss", "head", "coordinator")
    }


def test_a_protected_persons_is_their_nearest_managers_alone(city: City, signed_in: SignIn) -> None:
    proof = proof_of(city["hidden"])
    page = f"{QUEUE}{proof.public_id}/"
    assert signed_in(city["boss"]).get(page).status_code == 200
    for who in ("head", "coordinator", "anna", "contact", "auditor"):
        answer = signed_in(city[who]).get(page)
        assert answer.status_code in {403, 404}, who
    for who in ("head", "coordinator"):
        shown = signed_in(city[who]).get(f"{QUEUE}?alla=ja").content.decode()
        assert "Hemlig" not in shown
        assert str(proof.public_id) not in shown


def test_the_queue_of_a_coordinator_is_of_those_without_a_manager(city: City) -> None:
    employ(person("alone"), "C0")
    unit("C0", "STAD")
    alone = Person.objects.get(person_id="alone")
    theirs, led = proof_of(alone, 1), proof_of(city["anna"], 2)
    scope = visible_to(user(city["coordinator"]), TODAY)
    assert list(waiting_for(scope)) == [theirs]
    assert list(waiting_for(scope, everyone=True)) == [theirs, led]
    boss = visible_to(user(city["boss"]), TODAY)
    assert list(waiting_for(boss)) == [led]


def test_staff_page_says_how_many_wait(city: City, signed_in: SignIn) -> None:
    proof_of(city["anna"])
    assert "1 intyg väntar på dig" in signed_in(city["boss"]).get("/medarbetare/").content.decode()


def test_from_phone_to_figure(city: City, signed_in: SignIn) -> None:
    assert handed(signed_in(city["anna"]), papers.photo(), "IMG_1.jpg").status_code == 303
    proof = Proof.objects.get()
    page = f"{QUEUE}{proof.public_id}/"
    boss = signed_in(city["boss"])
    assert [row[0] for row in boss.get(QUEUE).context["rows"]] == [proof]
    said = {"gor": "godkann", "kurs": "DAG", "datum": "2024-04-11"}
    assert boss.post(page, said).status_code == 303
    assert known() == [("anna", "DAG", date(2024, 4, 11), CompletionSource.CERTIFICATE)]
    again = signed_in(city["head"]).post(page, {"gor": "avsla", "skal": "Nej"}, follow=True)
    assert "Ingenting ändrades" in again.content.decode()
    own = signed_in(city["anna"]).get(f"{MINE}{proof.public_id}/").content.decode()
    assert "Kursen DAG" in own
    assert "Boss Efternamnboss" in own


def test_no_reason_no_refusal(city: City, signed_in: SignIn) -> None:
    proof = proof_of(city["anna"])
    answer = signed_in(city["boss"]).post(f"{QUEUE}{proof.public_id}/", {"gor": "avsla"})
    assert answer.status_code == 400
    proof.refresh_from_db()
    assert proof.state == ProofState.WAITING


def test_somebody_forgotten_leaves_neither_file_nor_fingerprint(city: City) -> None:
    verified(proof_of(city["anna"], 1), city["boss"])
    verified(proof_of(city["anna"], 2), city["boss"], on=date(2024, 4, 1))
    proof_of(city["anna"], 3)
    with transaction.atomic():
        pseudonymise([city["anna"]], on=TODAY)
    assert stored() == []
    assert set(Proof.objects.values_list("sha256_uploaded", "reason", "note")) == {("", "", "")}
    assert Proof.objects.count() == 2
    assert all(set(one.judged_by) == {"by", "decided_at"} for one in Completion.objects.known_now())


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_as_often_however_many_wait(
    city: City, signed_in: SignIn, count: int
) -> None:
    for number in range(count):
        who = person(f"p{number}")
        employ(who, "A")
        proof_of(who, number)
    client = signed_in(city["head"])
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as counted:
        client.get(QUEUE)
    assert len(counted) == 17, "\n".join(one["sql"][:150] for one in counted)


@how(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_in_random_organisations_whoever_judges_may_see_and_is_somebody_else(
    city: City, data: st.DataObject
) -> None:
    with transaction.atomic():
        above = {"R0": data.draw(st.sampled_from(["SDN", "A"]))}
        above |= {f"R{n}": f"R{data.draw(st.integers(0, n - 1))}" for n in (1, 2)}
        for code, parent in above.items():
            unit(code, parent, UnitKind.UNIT)
        above |= {"A": "SDN", "SDN": "STAD", "STAD": ""}
        works, leads, stands_in, everyone = {}, {}, {}, set()
        for number in range(4):
            one = person(f"r{number}", protected=data.draw(st.booleans()))
            works[one] = data.draw(st.sampled_from(["R0", "R1", "R2"]))
            is_manager = data.draw(st.booleans())
            employ(one, works[one], is_manager=is_manager)
            leads[one] = {works[one]} if is_manager else set()
            stands_in[one] = set()
            role = data.draw(st.sampled_from([None, *DutyRole]))
            if role:
                of = data.draw(st.sampled_from(["R0", "R1", "SDN"]))
                duty(one, role, of)
                leads[one] |= {of} if role == DutyRole.MANAGER else set()
                stands_in[one] |= {of} if role == DutyRole.DEPUTY else set()
                everyone |= {one} if role == DutyRole.COORDINATOR else set()
        leads |= {city["boss"]: {"A"}, city["head"]: {"SDN"}}
        for reader in works:
            scope = visible_to(User.objects.get(person=reader), TODAY)
            for owner, unit_code in works.items():
                path = [unit_code]
                while above[path[-1]]:
                    path.append(above[path[-1]])
                if owner.protected:
                    near = ({who for who, units in leads.items() if code in units} for code in path)
                    found = next((who for who in near if who and owner not in who), set())
                    expected = reader in found
                else:
                    reach = leads[reader] | stands_in[reader]
                    expected = reader in everyone or bool(reach.intersection(path))
                assert may_decide(scope, owner.pk) == (expected and owner != reader)
        transaction.set_rollback(True)
