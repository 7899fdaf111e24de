"""Addresses for machines: does the process live, can it serve, and its figures.

They are answered before anything else looks at the request: a probe that comes straight to a
process knows neither the host's name nor https.
"""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from config import metrics
from config.parts import MISSED, NEEDED, states

Handler = Callable[[HttpRequest], HttpResponse]
LIVE, READY, METRICS = "/halsa/live", "/halsa/ready", "/halsa/metrics"
STRICT = "alla"  # /halsa/ready?alla: a part that pages can do without counts too


def probes(get_response: Handler) -> Handler:
    """Answer the three addresses; everything else goes on."""
    answers = {LIVE: live, READY: ready, METRICS: figures}

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is None:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = answer(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def live(_request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Which parts answer; 503 when one is away without which no page works.

    Without the cache and the broker pages still work: were this 503 then, a load balancer would
    take every machine away because of what none of them needs. `?alla` counts those too.
    """
    found = states()
    counted = (*NEEDED, *MISSED) if STRICT in request.GET else NEEDED
    well = all(found[name] for name in counted)
    body = {name: "ok" if answers else "down" for name, answers in found.items()}
    return HttpResponse(
        json.dumps(body) + "\n",
        content_type="application/json",
        status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus' figures for who brings METRICS_TOKEN; for everybody else nothing is here."""
    token = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(brought, f"Bearer {token}"):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
