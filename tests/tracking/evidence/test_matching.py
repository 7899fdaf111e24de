"""Rows of a provider's list get their person, once, are put aside, and come back."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch
from foundation.intervals import STOCKHOLM
from tests.factories import batch, completion, employ, person
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.evidence.matching.actions import (
    MatchRefused,
    dismiss_rows,
    match_rows,
    undo_dismissal,
    undo_match,
)
from tracking.evidence.matching.addresses import likeness
from tracking.ledger.models import Completion, CompletionSource, PendingCompletion
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.usefixtures("courses")
City = dict[str, Person]
SignIn = Callable[[Person], Client]
PAGE = "/datakvalitet/matchning/"
NOW = datetime(2024, 5, 15, 12, tzinfo=STOCKHOLM)


def user(who: Person) -> User:
    assert who.user is not None
    return who.user


def waits(email: str, day: int = 1, course: str = "K1") -> PendingCompletion:
    return PendingCompletion.objects.create(
        email=email,
        course_code=course,
        on=date(2024, 4, day),
        source=CompletionSource.IMPORT,
        batch_in=batch(),
    )


def named(who: Person, first: str, last: str, email: str = "") -> Person:
    who.first_name, who.last_name, who.email = first, last, email
    who.save()
    return who


def known() -> list[tuple[str, date]]:
    rows = Completion.objects.known_now().order_by("on")
    return list(rows.values_list("person__person_id", "on"))


def test_several_rows_of_an_address_are_one_batch(city: City) -> None:
    rows = [waits("a@ncc.se", 1).pk, waits("a@ncc.se", 2).pk]
    before = FactBatch.objects.count()
    by = user(city["coordinator"])
    assert match_rows(rows=rows, person=city["anna"], actor=by) == 2
    assert match_rows(rows=rows, person=city["bo"], actor=by) == 0
    assert known() == [("anna", date(2024, 4, 1)), ("anna", date(2024, 4, 2))]
    assert FactBatch.objects.count() == before + 1
    assert AuditEntry.objects.filter(event=AuditEvent.COMPLETIONS_MATCHED).count() == 1


def test_what_the_person_had_already_is_not_brought_again(city: City) -> None:
    completion(city["anna"], date(2024, 4, 1), "K1")
    row = waits("a@ncc.se", 1)
    assert match_rows(rows=[row.pk], person=city["anna"], actor=user(city["coordinator"])) == 1
    assert Completion.objects.count() == 1


def test_taken_back_the_rows_wait_again(city: City) -> None:
    row = waits("a@ncc.se")
    by = user(city["coordinator"])
    match_rows(rows=[row.pk], person=city["anna"], actor=by)
    row.refresh_from_db()
    assert row.matched_in is not None
    made = row.matched_in
    assert undo_match(batch=made, actor=by)
    assert not undo_match(batch=made, actor=by)
    assert known() == []
    assert [one.pk for one in PendingCompletion.objects.waiting()] == [row.pk]


def test_taken_back_where_the_same_has_come_since_one_waits(city: City) -> None:
    row = waits("a@ncc.se")
    by = user(city["coordinator"])
    match_rows(rows=[row.pk], person=city["anna"], actor=by)
    row.refresh_from_db()
    waits("a@ncc.se")
    assert row.matched_in is not None
    assert undo_match(batch=row.matched_in, actor=by)
    assert PendingCompletion.objects.waiting().count() == 1


def test_nobody_matches_to_themself_or_to_somebody_never_employed(city: City) -> None:
    row = waits("a@ncc.se")
    by = user(city["coordinator"])
    for whose in (city["coordinator"], person("never")):
        with pytest.raises(MatchRefused):
            match_rows(rows=[row.pk], person=whose, actor=by)
    assert PendingCompletion.objects.waiting().count() == 1


def test_put_aside_it_waits_no_more_until_taken_up(city: City) -> None:
    rows = [waits("a@ncc.se", 1), waits("a@ncc.se", 2)]
    by = user(city["coordinator"])
    keys = [row.pk for row in rows]
    assert dismiss_rows(rows=keys, reason="Aldrig anställd", actor=by, now=NOW) == 2
    assert dismiss_rows(rows=keys, reason="Igen", actor=by, now=NOW) == 0
    assert list(PendingCompletion.objects.waiting()) == []
    assert undo_dismissal(row=keys[1], actor=by)
    assert not undo_dismissal(row=keys[0], actor=by)
    assert PendingCompletion.objects.waiting().count() == 2


@pytest.mark.parametrize(
    ("address", "email", "why"),
    [
        ("Anna.Berg@Stockholm.SE", "anna.berg@stockholm.se", "address"),
        ("anna.berg@gmail.com", "anna.berg@stockholm.se", "local"),
        ("berg_anna82@gmail.com", "", "name"),
        ("ana.berg@gmail.com", "anna.berg@stockholm.se", "spelling"),
        ("anna.borg@gmail.com", "", "spelling"),
        ("kalle.svensson@gmail.com", "anna.berg@stockholm.se", None),
        ("@", "", None),
        ("", "", None),
    ],
)
def test_how_like_an_address_is_to_somebody(address: str, email: str, why: str | None) -> None:
    found = likeness(address, Person(first_name="Anna", last_name="Berg", email=email))
    assert (found.why if found else None) == why


def test_swedish_letters_are_found_without_their_rings(city: City) -> None:
    whose = Person(first_name="Åsa", last_name="Öström")
    found = likeness("asa.ostrom@gmail.com", whose)
    assert found is not None
    assert found.why == "name"


def test_the_page_suggests_and_matches(city: City, signed_in: SignIn) -> None:
    named(city["anna"], "Anna", "Berg", "anna.berg@stockholm.se")
    rows = [waits("Anna.Berg@gmail.com", 1), waits("anna.berg@gmail.com", 2)]
    client = signed_in(city["coordinator"])
    groups = client.get(PAGE).context["groups"]
    assert [[one.person for one in group.suggestions] for group in groups] == [[city["anna"]]]
    page = f"{PAGE}{groups[0].key}/"
    form = {
        "gor": "matcha",
        "rad": [row.pk for row in rows],
        "person": city["anna"].public_id,
    }
    assert client.post(page, form).status_code == 303
    assert client.post(page, form).status_code == 303  # sent twice
    assert len(known()) == 2
    made = PendingCompletion.objects.get(pk=rows[0].pk).matched_in_id
    assert client.post(f"{PAGE}angra/{made}/").status_code == 302 or known() == []
    assert known() == []


def test_another_is_found_by_words(city: City, signed_in: SignIn) -> None:
    row = waits("xyz@gmail.com")
    named(city["bo"], "Bosse", "Lind")
    answer = signed_in(city["coordinator"]).get(f"{PAGE}{row.pk}/", {"sok": "lind bos"})
    assert [one.person for one in answer.context["group"].suggestions] == [city["bo"]]


def test_what_is_missing_is_said_and_what_was_ticked_stays(city: City, signed_in: SignIn) -> None:
    rows = [waits("xyz@gmail.com", 1), waits("xyz@gmail.com", 2)]
    client = signed_in(city["coordinator"])
    answer = client.post(f"{PAGE}{rows[0].pk}/", {"gor": "matcha", "rad": [rows[1].pk]})
    assert answer.status_code == 400
    assert answer.context["ticked"] == {str(rows[1].pk)}
    answer = client.post(f"{PAGE}{rows[0].pk}/", {"gor": "avfarda", "rad": [rows[1].pk]})
    assert answer.context["dismiss"].errors == {
        "skal": ["Skriv varför, för den som tittar senare."]
    }


def test_nothing_of_protected_people_is_shown_or_can_be_given_to(
    city: City, signed_in: SignIn
) -> None:
    named(city["hidden"], "Hemlig", "Kanarie", "h.k@stockholm.se")
    listed = [
        waits("h.k@stockholm.se"),
        waits("H.K@gmail.com"),
        waits("hemlig.kanarie@gmail.com"),
    ]
    other = waits("someone@gmail.com")
    client = signed_in(city["coordinator"])
    shown = client.get(PAGE)
    assert [group.address for group in shown.context["groups"]] == ["someone@gmail.com"]
    assert shown.context["left_out"] == 3
    assert "anarie" not in shown.content.decode().lower()
    for row in listed:
        assert client.get(f"{PAGE}{row.pk}/").status_code == 404
    found = client.get(f"{PAGE}{other.pk}/", {"sok": "kanarie"})
    assert found.context["group"].suggestions == []
    form = {"gor": "matcha", "rad": [other.pk], "person": city["hidden"].public_id}
    assert client.post(f"{PAGE}{other.pk}/", form).status_code == 400
    assert known() == []
    quality = client.get("/datakvalitet/vantande/").content.decode().lower()
    assert "kanarie" not in quality
    assert "h.k@" not in quality
    assert f"{PAGE}{other.pk}/" in quality


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_however_many_wait(
    city: City, signed_in: SignIn, count: int
) -> None:
    for number in range(count):
        who = person(f"q{number}")
        employ(who, "A")
        named(who, "Eva", f"Lund{number}", f"eva.lund{number}@stockholm.se")
        waits(f"eva.lund{number}@gmail.com", number + 1)
    client = signed_in(city["coordinator"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as counted:
        client.get(PAGE)
    assert len(counted) == 21, "\n".join(one["sql"][:150] for one in counted)
