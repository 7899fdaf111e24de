"""Writes the demo city: the files a city hands over, and in which order they became known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from config.demo.absences import Leaves, duties, exemptions
from config.demo.catalogue import COURSES
from config.demo.history import History
from config.demo.organisation import Organisation
from config.demo.people import Person, Staff
from config.demo.targets import TARGETS, due_on
from config.demo.writing import LAYOUTS, Kind, Row, latest, recorded_at, row, slices, write

SEED = "kompetens mot våld 1"
EARLIEST_TODAY = date(2024, 7, 1)
# What an earlier system knew is moved over in the autumn the programme began; the merger of 2023
# was decided on 24 April that year.
HANDOVER = date(2021, 10, 15)
MERGER_KNOWN = date(2023, 5, 15)


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """A file to load with `import_KIND`, and the moment it is to be recorded at."""

    kind: Kind
    path: Path
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The whole files by kind, and the same as dated slices in load order."""

    directory: Path
    files: dict[Kind, Path]
    batches: list[DemoBatch]


def staff_moments(today: date) -> list[date]:
    """Days on which HR's files were loaded: once a year, then ever closer to today."""
    yearly = [HANDOVER.replace(year=year) for year in range(HANDOVER.year, today.year + 1)]
    long_ago = today - timedelta(days=240)
    recent = [today - timedelta(days=days) for days in (150, 60, 2)]
    return [day for day in yearly if day < long_ago] + recent


def learning_moments(today: date) -> list[date]:
    """Days on which completions were loaded: with HR's files, and monthly of late."""
    monthly = [today - timedelta(days=days) for days in (210, 120, 90, 30)]
    return sorted({*staff_moments(today), *monthly})


def target_moment(today: date) -> date:
    """The day the targets were decided: a yearly one, most of a year ago."""
    return staff_moments(today)[-4]


def _organisation_rows(organisation: Organisation) -> Iterator[Row]:
    """Each unit as open, known from its first day; then as ended, once that was known."""
    for unit in organisation.periods:
        cells = (unit.code, unit.name, unit.kind, unit.parent, unit.first)
        known_on = HANDOVER if unit.first <= HANDOVER else MERGER_KNOWN
        if unit.last is None:
            yield row(known_on, *cells, None, "")
        elif unit.last < HANDOVER:
            yield row(known_on, *cells, unit.last, unit.replaced_by)
        else:
            yield row(HANDOVER, *cells, None, "")
            yield row(MERGER_KNOWN, *cells, unit.last, unit.replaced_by)


def _staff_rows(people: list[Person]) -> Iterator[Row]:
    """Each employment as HR first had it, and once more when its end was known."""
    week = timedelta(days=7)
    for person in people:
        for job in person.employments:
            who = (person.person_id, person.first_name, person.last_name, person.email)
            what = (job.unit, job.position, job.area, job.is_manager, job.first)
            yield row(job.first - week, *who, *what, None, person.protected)
            if job.last is not None:
                yield row(max(job.last, job.first) - week, *who, *what, job.last, person.protected)


def _course_rows() -> Iterator[Row]:
    for course in COURSES:
        yield row(HANDOVER, course.code, course.name, course.form, course.provider, course.minutes)


def _target_rows(today: date) -> Iterator[Row]:
    known_on = target_moment(today)
    for target in TARGETS:
        yield row(
            known_on,
            target.code,
            target.name,
            target.goal,
            target.courses,
            target.audience,
            target.level,
            target.share,
            due_on(target, today),
            target.days_new,
            target.validity,
            None,
            None,
            target.source,
            target.assumption,
        )


def _first_known(people: list[Person], today: date) -> dict[str, date]:
    """The day HR's file first had each person: nothing can be loaded about them before."""
    moments = staff_moments(today)
    week = timedelta(days=7)
    known: dict[str, date] = {}
    for person in people:
        day = min(job.first for job in person.employments) - week
        known[person.person_id] = next((m for m in moments if day <= m), moments[-1])
    return known


def city_rows(today: date) -> dict[Kind, list[Row]]:
    """Every version of every row of the demo city."""
    organisation = Organisation()
    people = Staff(organisation, SEED, today).people
    known = _first_known(people, today)
    history = History(organisation, people, SEED, today)
    leaves = Leaves(people, SEED, today).rows
    released = exemptions(people, SEED, today)
    roles = duties(people, leaves, organisation, today)
    return {
        Kind.ORGANISATION: list(_organisation_rows(organisation)),
        Kind.COURSES: list(_course_rows()),
        Kind.TARGETS: list(_target_rows(today)),
        Kind.STAFF: list(_staff_rows(people)),
        Kind.ABSENCE: [
            row(max(x.known_on, known[x.person_id]), x.person_id, x.first, x.last, x.what)
            for x in leaves
        ],
        Kind.STARTS: [
            row(max(x.on, known[x.person_id]), x.person_id, x.course, x.on) for x in history.starts
        ],
        Kind.COMPLETIONS: [
            row(
                max(x.known_on, known[x.person_id]),
                x.person_id,
                x.course,
                x.on,
                x.source,
                x.result,
            )
            for x in history.completions
        ],
        Kind.EXEMPTIONS: [
            row(x.known_on, x.person_id, x.about, x.first, x.last, x.what) for x in released
        ],
        Kind.DUTIES: [
            row(x.known_on, x.person_id, x.what, x.about, x.first, x.last) for x in roles
        ],
    }


def _moments(today: date) -> dict[Kind, list[date]]:
    """The days on which each kind's files were loaded."""
    staff, learning = staff_moments(today), learning_moments(today)
    return {
        Kind.ORGANISATION: [HANDOVER, MERGER_KNOWN],
        Kind.COURSES: [HANDOVER],
        Kind.TARGETS: [target_moment(today)],
        Kind.STAFF: staff,
        Kind.ABSENCE: staff[-3:],
        Kind.STARTS: learning,
        Kind.COMPLETIONS: learning,
        Kind.EXEMPTIONS: staff[-2:],
        Kind.DUTIES: staff[-2:],
    }


def write_city(directory: Path, *, today: date) -> DemoFiles:
    """Write the city as it is on `today` into `directory`: whole files, and dated slices.

    The same `today` gives the same bytes. Loading the slices in order, and then the whole files,
    leaves nothing to change. Raises ValueError for a day before EARLIEST_TODAY: the history
    needs the merger of 2023 behind it.
    """
    if today < EARLIEST_TODAY:
        raise ValueError(f"The demo city can be laid from {EARLIEST_TODAY} on, not {today}.")
    history = directory / "batches"
    history.mkdir(parents=True, exist_ok=True)
    for old in history.glob("*.csv"):  # of another day
        old.unlink()
    files: dict[Kind, Path] = {}
    batches: list[DemoBatch] = []
    moments = _moments(today)
    for kind, rows in city_rows(today).items():
        files[kind] = directory / LAYOUTS[kind].file_name
        write(files[kind], kind, latest(kind, rows))
        for day, found in slices(kind, rows, moments[kind]).items():
            path = history / f"{day}-{LAYOUTS[kind].file_name}"
            write(path, kind, found)
            batches.append(DemoBatch(kind, path, recorded_at(day, kind)))
    batches.sort(key=lambda batch: batch.recorded_at)
    return DemoFiles(directory, files, batches)
