"""The forecast on pages: where it may be shown, in words; else the straight line as before."""

from datetime import date

import pytest

from tests.factories import target
from tests.tracking.reports.test_staff import City, SignIn
from tracking.forecast.foretold import forecasts
from tracking.forecast.models import Forecast
from tracking.reports.figures import figure
from tracking.reports.prognoses import interval_words, prognosis_pace
from tracking.status.results import UnitSummary
from tracking.status.rules import Status
from tracking.status.target_rows import target_rows

OVERVIEW = "/uppfoljning/"
TARGET = "/uppfoljning/mal/?mal=T2"
TODAY = date(2024, 5, 15)
DUE = date(2024, 8, 31)
INTERVAL = "78–85\N{NO-BREAK SPACE}% den 31 augusti 2024"
TOO_LITTLE = "för lite att bygga en prognos på"


def foretold(**said: object) -> Forecast:
    """A forecast of the city's that may be shown, unless `said` is otherwise."""
    worth = {"tried_weeks": 13, "tried": 6, "error": 2, "line_error": 4, "as_is_error": 3}
    told = {"low": 78.9, "middle": 82, "high": 85.9, "chance": 0.3}
    pace = {"per_week": 1.5, "needed_per_week": 2, "weeks_left": 15.9}
    where = {"unit_code": "STAD", "target_code": "T2", "made_on": date(2024, 5, 12)}
    goal = {"due_on": DUE, "share": 90, "base": 60, "done": 40, "held": 5}
    return Forecast.objects.create(**worth | told | pace | where | goal | said)


@pytest.fixture
def city_with_a_deadline(city: City) -> City:
    target("T2", due_on=DUE, share=90)
    return city


def test_pages_say_the_interval_and_how_likely_the_goal_is(
    city_with_a_deadline: City, signed_in: SignIn
) -> None:
    foretold()
    client = signed_in(city_with_a_deadline["coordinator"])
    for address in (OVERVIEW, TARGET):
        page = client.get(address).content.decode()
        assert INTERVAL in page
        assert "når troligen inte målet" in page
    assert "40 av 60 vara klara den 31" in page
    assert "missade i snitt med 2,0 procentenheter" in page
    assert TOO_LITTLE not in page
    # What is foretold is nobody's count.
    assert 'value="78"' not in page


@pytest.mark.parametrize(
    "said",
    [
        {"line_error": 1.9},  # the straight line was better
        {"as_is_error": 1.9},  # so was the share as it stood
        {"held": 3},  # the interval held too seldom
        {"base": 19},  # too few people
        {"due_on": date(2024, 9, 30)},  # told before the target was corrected
        {"share": 80},
        {"made_on": date(2024, 4, 28)},  # too old
    ],
)
def test_where_it_has_not_been_better_the_straight_line_stands_and_says_so(
    city_with_a_deadline: City, signed_in: SignIn, said: dict[str, object]
) -> None:
    foretold(**said)
    client = signed_in(city_with_a_deadline["coordinator"])
    page = client.get(TARGET).content.decode()
    assert "Prognos:" not in page
    assert TOO_LITTLE in page
    assert "78–85" not in client.get(OVERVIEW).content.decode()


@pytest.mark.parametrize("asked", ["&datum=2024-04-30", "&datum=2024-04-30&kand=2024-04-30"])
def test_a_past_day_is_not_foretold(
    city_with_a_deadline: City, signed_in: SignIn, asked: str
) -> None:
    foretold()
    page = signed_in(city_with_a_deadline["coordinator"]).get(TARGET + asked).content.decode()
    assert "Prognos:" not in page
    assert TOO_LITTLE not in page


def test_a_target_whose_day_has_passed_expects_no_forecast(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["coordinator"]).get("/uppfoljning/mal/?mal=T1").content.decode()
    assert TOO_LITTLE not in page


@pytest.mark.parametrize(
    ("chance", "done", "word", "misses"),
    [
        (0.05, 40, "når med stor sannolikhet inte målet", True),
        (0.4, 40, "når troligen inte målet", True),
        (0.5, 40, "kan nå målet eller inte", False),
        (0.6, 40, "når troligen målet", False),
        (0.9, 40, "når med stor sannolikhet målet", False),
        (0.9, 59, "nått", False),
        (0.3, 59, "uppfyllt, men troligen inte på måldagen", True),
    ],
)
def test_the_chance_in_a_word(
    city_with_a_deadline: City, chance: float, done: int, word: str, misses: bool
) -> None:
    foretold(chance=chance)
    told = forecasts(["STAD"], ["T2"], today=TODAY)["STAD", "T2"]
    counts = dict.fromkeys(Status, 0) | {Status.DONE: done, Status.STARTED: 60 - done}
    (row,) = target_rows(codes=["T2"])
    said = prognosis_pace(told, figure(row, UnitSummary("STAD", "T2", 90, counts), TODAY))
    assert (said.word, said.misses) == (word, misses)
    assert said.more.startswith(INTERVAL)
    assert ("1,5 i veckan nu, 2,0 behövs" in said.more) is (done == 40)


def test_an_interval_of_one_per_cent_is_one_number(city_with_a_deadline: City) -> None:
    foretold(low=85.1, high=85.9)
    told = forecasts(["STAD"], ["T2"], today=TODAY)["STAD", "T2"]
    assert interval_words(told) == INTERVAL.removeprefix("78–")
