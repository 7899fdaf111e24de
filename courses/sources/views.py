"""The editor's window for citing a source."""

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.sources.forms import CitationForm, matching
from courses.sources.queries import current_library

LONGEST_QUERY = 200


@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest) -> JsonResponse:
    """Search, choose, name the place. With `results` only what was found, for each letter typed.

    Wagtail lets in who may edit at all; what is shown here every lesson shows.
    """
    asked = request.POST if request.method == "POST" else request.GET
    query, chosen = asked.get("q", "")[:LONGEST_QUERY], asked.get("key", "")
    found = matching(query, chosen)
    form = CitationForm(
        request.POST if request.method == "POST" else None,
        found=found,
        initial={"key": chosen, "place": asked.get("place", "")},
    )
    if request.method == "POST" and form.is_valid():
        cited = current_library().by_key[form.cleaned_data["key"]]
        said = {**form.cleaned_data, "title": cited.title}
        return JsonResponse({"step": "chosen", "citation": said})
    part = "_citation_found" if "results" in request.GET else "citation_chooser"
    context = {"form": form, "found": found, "chosen": chosen, "query": query}
    context["title"] = _("Cite a source")
    html = render_to_string(f"sources/{part}.html", context, request)
    return JsonResponse({"step": "choose", "html": html})
