"""A small sound city to refuse things in, and a picture of every fact in the database."""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import CommandError, call_command

from foundation.facts import Fact, FactBatch
from tests.tracking.commands import Dialect, as_csv, load
from tests.tracking.rows import Batch, Row
from tests.tracking.status.situations import city, completion, employment, target, unit
from tracking.models import PendingCompletion, Person

STAFF = [
    employment("A", "SDN-FARSTA", "2022-01-10"),
    employment("B", "E-BARN", "2022-01-10", "2023-12-31"),
]
BASE = city(
    units=[
        unit("SDN-FARSTA", "2000-01-01"),
        unit("SDN-RK", "2000-01-01", "2023-06-30", ersatts_av="SDN-JARVA"),
        unit("SDN-JARVA", "2023-07-01"),
        unit("E-BARN", "2010-01-01", typ="enhet", overordnad="SDN-FARSTA"),
    ],
    staff=STAFF,
    targets=[target("T", kurser="HEDER|GRUND+FORDJUP"), target("T-SEN", fran="2023-01-01")],
    absence=[{"person_id": "A", "fran": "2022-03-01", "till": "2022-03-10", "typ": "vård"}],
    starts=[{"person_id": "A", "kurs": "GRUND", "datum": "2022-02-01"}],
    completions=[completion("A", "GRUND", "2022-05-01")],
    exemptions=[
        {"person_id": "B", "mal": "T", "fran": "2022-02-01", "till": "", "skal": "Annan tjänst"}
    ],
    duties=[
        {"person_id": "A", "roll": "chef", "enhet": "SDN-FARSTA", "fran": "2022-02-01", "till": ""}
    ],
)
# A row of each kind that the base city takes; the tests spoil one column of it.
GOOD: dict[str, Row] = {
    "organisation": unit("E-NY", "2020-01-01", typ="enhet", overordnad="SDN-FARSTA"),
    "staff": employment("C", "SDN-FARSTA", "2022-01-10", epost="c@exempel.se"),
    "absence": {"person_id": "A", "fran": "2023-03-01", "till": "2023-03-10", "typ": "vård"},
    "courses": {"kod": "NY", "namn": "Ny kurs", "form": "lararledd", "minuter": "90"},
    "targets": target("T-NY", senast="2024-12-31", dagar_nyanstalld="90", andel="90"),
    "starts": {"person_id": "A", "kurs": "HEDER", "datum": "2023-02-01"},
    "completions": completion("A", "HEDER", "2023-05-01"),
    "exemptions": {"person_id": "A", "mal": "T", "fran": "2023-02-01", "till": "", "skal": "Skäl"},
    "duties": {
        "person_id": "A",
        "roll": "nyckelperson",
        "enhet": "SDN-JARVA",
        "fran": "2023-08-01",
        "till": "",
    },
}


def load_base(folder: Path) -> None:
    for batch in BASE:
        load(folder, batch)


def later(kind: str, *rows: Row) -> Batch:
    """A batch of the base city's own moment, which is allowed."""
    return Batch(kind, rows, BASE[-1].recorded_at)


def picture() -> dict[str, list[Any]]:
    """Every fact, person and batch; equal pictures mean that nothing changed."""
    kinds = [model for model in apps.get_models() if issubclass(model, Fact)]
    return {
        model.__name__: list(model.objects.order_by("pk").values_list())
        for model in [*kinds, Person, FactBatch, PendingCompletion]
    }


def write(folder: Path, kind: str, rows: Iterable[Row], dialect: Dialect | None = None) -> Path:
    path = folder / f"{kind}-fil.csv"
    path.write_bytes(as_csv(kind, rows, dialect or Dialect()))
    return path


def refusal(kind: str, path: Path, *options: str) -> str | None:
    """What the command said when it refused the file; None when it took it."""
    printed, complained = io.StringIO(), io.StringIO()
    try:
        call_command(f"import_{kind}", str(path), *options, stdout=printed, stderr=complained)
    except (CommandError, SystemExit) as error:
        if isinstance(error, SystemExit) and error.code in (0, None):
            return None
        return "\n".join([printed.getvalue(), complained.getvalue(), str(error)])
    return None


def names_place(said: str, line: int, *texts: str) -> bool:
    """Whether one line of the message has the file's line number and all the texts."""
    return any(
        re.search(rf"(?<!\d){line}(?!\d)", each) and all(text in each for text in texts)
        for each in said.splitlines()
    )
