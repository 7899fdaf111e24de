"""The log as the person concerned reads it, and as an auditor does."""

from foundation.intervals import STOCKHOLM
from tests.tracking.privacy.conftest import City, SignIn
from tracking.audit.models import AuditEntry, AuditEvent

MINE = "/mina-uppgifter/vem-har-sett/"


def test_a_person_reads_who_has_seen_them_by_role(city: City, signed_in: SignIn) -> None:
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    signed_in(city["samordnare"]).get(f"/medarbetare/{city['anna'].public_id}/")
    lines = signed_in(city["anna"]).get(MINE).context["lines"]
    assert [(line.what, line.who) for line in lines] == [
        (
            "Såg din sida, med dina kunskapsmål och genomförda kurser",
            "Samordnare av uppföljningen, hela staden",
        ),
        (
            "Såg dig i en lista över medarbetare, med status för varje kunskapsmål",
            "Chef för Enheten EB, eller ställföreträdare",
        ),
    ]


def test_no_name_of_who_saw_stands_there(city: City, signed_in: SignIn) -> None:
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    page = signed_in(city["anna"]).get(MINE).content.decode()
    assert city["chef"].last_name not in page
    assert ">chef<" not in page


def test_what_concerns_others_and_what_one_did_oneself_is_left_out(
    city: City, signed_in: SignIn
) -> None:
    signed_in(city["chef"]).get(f"/medarbetare/{city['bo'].public_id}/")
    client = signed_in(city["anna"])
    client.post("/mina-uppgifter/fil/json/")
    answer = client.get(MINE)
    assert answer.context["lines"] == []
    assert "Ingen har sett dem" in answer.content.decode()


def test_an_auditor_reads_the_log_with_names_but_not_of_the_protected(
    city: City, signed_in: SignIn
) -> None:
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    signed_in(city["hemlig"])
    answer = signed_in(city["revisor"]).get("/granskningslogg/")
    lines = [(line.what, line.who, line.people) for line in answer.context["lines"]]
    assert lines == [
        ("Loggade in", "Förnamnrevisor Efternamnrevisor", 1),
        ("Loggade in", "Skyddade uppgifter", 1),
        ("Såg en lista över medarbetare", "Förnamnchef Efternamnchef", 3),
        ("Loggade in", "Förnamnchef Efternamnchef", 1),
    ]
    page = answer.content.decode()
    assert "hemlig" not in page
    assert city["anna"].last_name not in page


def test_the_log_is_filtered_by_event_day_and_unit(city: City, signed_in: SignIn) -> None:
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    client = signed_in(city["revisor"])

    def found(query: str) -> int:
        return len(client.get(f"/granskningslogg/?{query}").context["lines"])

    # The day in Stockholm, which begins before that of UTC ends.
    day = f"{AuditEntry.objects.get(sequence=1).moment.astimezone(STOCKHOLM):%Y-%m-%d}"
    assert found("handelse=medarbetare_sedda") == 1
    assert found("enhet=EB") == 1
    assert found("handelse=inloggad") == 2
    assert found(f"handelse=inloggad&fran={day}&till={day}") == 2
    assert found("till=2020-01-01") == 0
    assert client.get("/granskningslogg/?handelse=nej&fran=igår").status_code == 400


def test_reading_the_log_is_logged(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["revisor"])
    for query in ("", "", "?handelse=inloggad"):
        client.get(f"/granskningslogg/{query}")
    read = AuditEntry.objects.filter(event=AuditEvent.LOG_READ)
    assert [one.detail for one in read] == [{}, {"handelse": "inloggad"}]
