"""The comparison's pages: an account that adds up, whom it is about, and who sees what of it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from foundation.facts import FactBatch, open_batch
from tests.factories import duty, employ, person
from tests.tracking.reports.test_staff import City, SignIn, queries
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import DutyRole, Employment
from tracking.targets.models import Exemption

PAGE = "/uppfoljning/jamforelse/"
PEOPLE = "/uppfoljning/jamforelse/personer/"
# 31 March as it was reported, and with what is known today.
LATE = "enhet=SDN&jamfor=2024-03-31&jamfor_kand=2024-03-31&datum=2024-03-31"
REPORTED = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def entered(file_name: str) -> FactBatch:
    """A file that came in after the report."""
    return open_batch(origin="test", file_name=file_name)


@pytest.fixture
def compared(city: City) -> City:
    """After the report Anna's and the protected person's courses were entered, Bo was moved from
    B to A, and the head was exempt.
    """
    FactBatch.objects.update(recorded_at=REPORTED)
    late = entered("genomföranden mars.csv")
    for who in ("anna", "hidden"):
        Completion.objects.create(
            person=city[who],
            course_code="KURS",
            on=date(2024, 3, 14),
            source=CompletionSource.IMPORT,
            batch_in=late,
        )
    moved = entered("personal.csv")
    Employment.objects.filter(person=city["bo"]).update(batch_out=moved)
    Employment.objects.create(
        person=city["bo"],
        unit_code="A",
        position="socialsekreterare",
        valid_from=date(2024, 3, 1),
        batch_in=moved,
    )
    Exemption.objects.create(
        person=city["head"],
        target_code="T1",
        valid_from=date(2024, 1, 1),
        batch_in=entered("undantag.csv"),
    )
    return city


def lines(client: Client, asked: str) -> dict[str, list[int]]:
    """The account of the only target: numbers by cause, from first to last."""
    page = client.get(f"{PAGE}?{asked}")
    (account,) = page.context["accounts"]
    assert account.adds_up
    said = {"first": account.numbers_before, "then": account.numbers_after}
    return said | {line.cause.value: line.numbers for line in account.lines}


def test_the_account_of_a_district_adds_up(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["contact"])
    # Audience, done, not started, exempt.
    assert lines(client, LATE) == {
        "first": [5, 0, 5, 0],
        "then": [5, 2, 2, 1],
        "genomforande-sent": [0, 2, -2, 0],
        "undantag-sent": [0, 0, -1, 1],
    }


def test_a_move_counts_where_it_leads_and_nowhere_above(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    moved_in = lines(client, LATE.replace("SDN", "A"))["inflyttad-sent"]
    moved_out = lines(client, LATE.replace("SDN", "B"))["utflyttad-sent"]
    assert (moved_in, moved_out) == ([1, 0, 1], [-1, -1])
    assert "flytt" not in " ".join(lines(client, LATE.replace("SDN", "STAD")))


def test_the_sentence_says_it_in_words(compared: City, signed_in: SignIn) -> None:
    page = signed_in(compared["contact"]).get(f"{PAGE}?{LATE}").content.decode()
    assert "2 fler klara än som rapporterades</h2>" in page
    assert "+2 sent inlagda genomföranden." in page
    assert "31 mars 2024, som det var känt då" in page
    assert "31 mars 2024, med det som är känt i dag" in page


def test_two_days_say_what_time_did(compared: City, signed_in: SignIn) -> None:
    found = lines(signed_in(compared["contact"]), "enhet=SDN&jamfor=2024-03-31&datum=2024-04-01")
    assert found["tiden-ute"] == [0, 0, -2, 2, 0]


def test_the_other_way_round_only_the_signs_differ(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["contact"])
    there = lines(client, LATE)
    back = lines(client, "enhet=SDN&jamfor=2024-03-31&datum=2024-03-31&kand=2024-03-31")
    assert (back.pop("first"), back.pop("then")) == (there.pop("then"), there.pop("first"))
    assert back == {cause: [-number for number in numbers] for cause, numbers in there.items()}


def test_without_a_question_a_report_is_compared_with_today(
    compared: City, signed_in: SignIn
) -> None:
    page = signed_in(compared["contact"]).get(PAGE).content.decode()
    assert "30 april 2024, som det var känt då" in page
    assert "2 fler klara" in page


def test_a_report_compared_with_itself_differs_in_nothing(
    compared: City, signed_in: SignIn
) -> None:
    asked = "jamfor=2024-03-31&jamfor_kand=2024-03-31&datum=2024-03-31&kand=2024-03-31"
    page = signed_in(compared["contact"]).get(f"{PAGE}?enhet=SDN&{asked}")
    assert page.context["accounts"] == []
    assert "Ingen skillnad i 1 mål" in page.content.decode()


def test_the_overview_and_a_target_lead_here_and_back(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    for page in ("/uppfoljning/?enhet=SDN", "/uppfoljning/mal/?enhet=SDN&mal=T1"):
        assert f'href="{PAGE}?enhet=SDN"' in client.get(page).content.decode()
    crumbs = client.get(f"{PAGE}?{LATE}&mal=T1").context["crumbs"]
    assert [one["label"] for one in crumbs] == ["Uppföljning", "Jämförelse"]
    crumbs = people(client, "genomforande-sent").context["crumbs"]  # type: ignore[attr-defined]
    assert [one["label"] for one in crumbs] == ["Jämförelse", "Mål T1"]
    account = client.get(crumbs[-1]["url"]).context["target"]
    assert account.target.code == "T1"


def people(client: Client, cause: str, unit: str = "SDN") -> object:
    asked = LATE.replace("enhet=SDN", f"enhet={unit}")
    return client.get(f"{PEOPLE}?{asked}&mal=T1&orsak={cause}")


def test_a_cause_opens_the_people_with_the_fact_and_its_file(
    compared: City, signed_in: SignIn
) -> None:
    page = people(signed_in(compared["coordinator"]), "genomforande-sent")
    (row,) = page.context["rows"]  # type: ignore[attr-defined]
    assert (row.name, row.before, row.after) == ("Anna Efternamnanna", "ej_paborjad", "klar")
    assert row.facts == [
        "KURS genomförd 14 mars 2024: inlagt 15 maj 2024 ur genomföranden mars.csv"
    ]


def test_a_move_shows_what_was_withdrawn_and_what_came(compared: City, signed_in: SignIn) -> None:
    page = people(signed_in(compared["coordinator"]), "inflyttad-sent", "A")
    (row,) = page.context["rows"]  # type: ignore[attr-defined]
    assert row.facts == [
        "socialsekreterare, Enheten B, från 1 januari 2020: återkallat 15 maj 2024 ur personal.csv",
        "socialsekreterare, Enheten A, från 1 mars 2024: inlagt 15 maj 2024 ur personal.csv",
    ]


def test_protected_people_are_among_those_outside(compared: City, signed_in: SignIn) -> None:
    page = people(signed_in(compared["coordinator"]), "genomforande-sent").content.decode()  # type: ignore[attr-defined]
    assert "+1 person utanför din behörighet" in page
    assert "Hemlig" not in page
    assert "Skyddade uppgifter" not in page


def test_their_own_nearest_manager_sees_a_protected_person(
    compared: City, signed_in: SignIn
) -> None:
    page = people(signed_in(compared["boss"]), "genomforande-sent", "A")
    names = [row.name for row in page.context["rows"]]  # type: ignore[attr-defined]
    assert names == ["Anna Efternamnanna", "Hemlig Efternamnhidden"]


def test_a_manager_compares_their_own_unit_and_no_other(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["boss"])
    assert lines(client, LATE.replace("SDN", "A"))["genomforande-sent"] == [0, 2, -2]
    assert client.get(f"{PAGE}?{LATE}").status_code == 400
    assert client.get(f"{PEOPLE}?{LATE}&mal=T1&orsak=genomforande-sent").status_code == 302


def test_whoever_has_left_the_unit_is_outside_today(compared: City, signed_in: SignIn) -> None:
    duty(compared["anna"], DutyRole.MANAGER, "B")
    page = people(signed_in(compared["anna"]), "utflyttad-sent", "B")
    assert page.context["rows"] == []  # type: ignore[attr-defined]
    assert page.context["people"].outside == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("reader", ["contact", "auditor"])
def test_who_follows_figures_opens_no_names(compared: City, signed_in: SignIn, reader: str) -> None:
    client = signed_in(compared[reader])
    assert PEOPLE not in client.get(f"{PAGE}?{LATE}").content.decode()
    assert client.get(f"{PEOPLE}?{LATE}&mal=T1&orsak=genomforande-sent").status_code == 403


def test_staff_open_neither(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["bo"])
    assert [client.get(page).status_code for page in (PAGE, PEOPLE)] == [403, 403]


def test_whom_the_page_named_is_in_the_audit_log(compared: City, signed_in: SignIn) -> None:
    people(signed_in(compared["coordinator"]), "genomforande-sent")
    entry = AuditEntry.objects.get(event=AuditEvent.STAFF_SEEN)
    assert list(entry.subjects.values_list("person_id", flat=True)) == [compared["anna"].pk]


@pytest.mark.parametrize("asked", ["orsak=x&mal=T1", "mal=T1"])
def test_a_cause_that_is_none_is_not_found(compared: City, signed_in: SignIn, asked: str) -> None:
    client = signed_in(compared["coordinator"])
    assert client.get(f"{PEOPLE}?{LATE}&{asked}").status_code == 404


def test_a_target_that_is_none_concerns_nobody(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    page = client.get(f"{PEOPLE}?{LATE}&mal=X&orsak=genomforande-sent")
    assert page.context["rows"] == []


def test_days_to_come_are_refused(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["contact"])
    for wrong in ("jamfor=2024-06-01", "jamfor_kand=2024-06-01", "jamfor=x"):
        assert client.get(f"{PAGE}?enhet=SDN&{wrong}").status_code == 400


def test_queries_do_not_grow_with_people(compared: City, signed_in: SignIn) -> None:
    client = signed_in(compared["coordinator"])
    later = [person(f"p{number}") for number in range(5)]
    for who in later:
        employ(who, "A")
    page, listed = f"{PAGE}?{LATE}", f"{PEOPLE}?{LATE}&mal=T1&orsak=genomforande-sent"
    client.get(page)
    first = queries(client, page), queries(client, listed)
    late = entered("mer.csv")
    for who in later:
        Completion.objects.create(
            person=who,
            course_code="KURS",
            on=date(2024, 3, 2),
            source=CompletionSource.IMPORT,
            batch_in=late,
        )
    client.get(page)
    assert (queries(client, page), queries(client, listed)) == first
