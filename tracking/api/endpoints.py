"""The addresses of the API, and the OpenAPI document that is made from them."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from foundation.intervals import today
from tracking.api import people, rights, schemas, tables
from tracking.api.answers import Answer, answered, wants_csv
from tracking.api.bearer import Bearer, Reader
from tracking.api.parameters import Asked, OfAreas, OfTargets, OfUnits, look_at, said_wrong
from tracking.api.problems import Problem, bad_parameters
from tracking.api.seen import people_fetched
from tracking.api.stand import Stand

SUMMARY = Answer("summary", tables.summary, rights.of_figures)
STATUS = Answer("status", people.status, rights.of_people, names_people=True)
UNITS = Answer("units", tables.units)
TARGETS = Answer("targets", tables.targets)
COURSES = Answer("courses", tables.courses)
AREAS = Answer("areas", tables.areas)

api = NinjaAPI(
    title="Kompetens mot våld",
    version="1",
    description="Who has reached which knowledge target, and how it is counted: on any day, as "
    "known at any moment. Field and status codes are Swedish, as in the files.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=Bearer(),
)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Of a parameter in a list the name stands before its place in the list.
    places = [[part for part in one["loc"] if isinstance(part, str)] for one in error.errors]
    names = list(dict.fromkeys(place[-1] for place in places))
    return bad_parameters(*said_wrong(request, names)).response()


def _answer(request: HttpRequest, answer: Answer, asked: Asked, as_csv: bool) -> HttpResponse:
    """Gate, question, answer: the same for every address."""
    reader: Reader = request.auth  # type: ignore[attr-defined]
    look_at(request, type(asked))
    if answer.names_people:
        reader.must_open_people()
    else:
        reader.must_have_a_duty()
    stand = Stand.of(answer.table, asked, today())
    sees = reader.units.sees_staff_of if answer.names_people else reader.units.sees_figures_of
    tables.must_be_the_readers(stand, sees=sees)
    told = partial(people_fetched, reader, stand) if answer.names_people else None
    return answered(request, answer, stand, as_csv=as_csv, told=told)


def _offer(answer: Answer, asked: type[Asked], shape: type[schemas.PageShape], text: str) -> None:
    """The address as JSON, or CSV where that is preferred; and with `.csv`."""

    def chosen(request: HttpRequest, asked: Any) -> HttpResponse:
        return _answer(request, answer, asked, wants_csv(request))

    def as_csv(request: HttpRequest, asked: Any) -> HttpResponse:
        return _answer(request, answer, asked, True)

    offered: list[tuple[str, str, Callable[..., HttpResponse]]] = [
        ("", "", chosen),
        (".csv", "_csv", as_csv),
    ]
    for ending, more, view in offered:
        view.__annotations__["asked"] = Query[asked]  # type: ignore[misc, valid-type]
        view.__name__ = f"{answer.table}{more}"
        for methods, is_told in ((["GET"], True), (["HEAD"], False)):
            api.api_operation(
                methods,
                f"/{answer.table}{ending}",
                response={200: shape} if not ending else {200: str},
                operation_id=f"{answer.table}{more}",
                summary=text,
                url_name=f"{answer.table}{more}",
                include_in_schema=is_told,
            )(view)


_offer(SUMMARY, OfAreas, schemas.SummaryPage, "Counts per unit and knowledge target")
_offer(STATUS, OfTargets, schemas.StatusPage, "Status per person and knowledge target")
_offer(UNITS, OfUnits, schemas.UnitPage, "The organisation on the day")
_offer(TARGETS, Asked, schemas.TargetPage, "Knowledge targets in force on the day")
_offer(COURSES, Asked, schemas.CoursePage, "The catalogue of courses")
_offer(AREAS, Asked, schemas.AreaPage, "Business areas")


def nothing_here(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """404, in the shape of the others."""
    text = gettext("There is nothing at this address. See /api/v1/openapi.json.")
    return Problem(HTTPStatus.NOT_FOUND, "nothing-here", text).response()
