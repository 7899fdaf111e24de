"""The program's addresses, and one that starts the drill's job."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from config.urls import handler500, urlpatterns
from foundation.jobs.actions import start_job

__all__ = ["handler500", "urlpatterns"]


@require_POST
def begin(request: HttpRequest, number: int) -> JsonResponse:
    """Start job `number` of who asks; asked again, it is the same one while it is undone."""
    job = start_job(
        kind="faults-sum",
        owner=request.user,  # type: ignore[arg-type]
        title="Sum",
        arguments={"number": number},
    )
    return JsonResponse({"job": str(job.public_id)})


urlpatterns = [path("drill/<int:number>/", begin), *urlpatterns]
