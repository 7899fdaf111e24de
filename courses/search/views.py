"""Search: asked by POST, so that no address and no log has the words, and shown by GET."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from courses.search.forms import SearchForm
from courses.search.queries import SHOWN, SOURCE, search
from courses.search.sealing import opened, sealed

SEALED = "s"


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The page of search, with what was found once something is asked."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            token = sealed(form.cleaned_data["words"], request.session)
            there = f"{reverse('search')}?{urlencode({SEALED: token})}"
            return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)
        status = HTTPStatus.BAD_REQUEST
        return render(request, "search/search.html", {"form": form}, status=status)
    words = opened(request.GET.get(SEALED, ""), request.session)
    context: dict[str, object] = {"form": SearchForm(initial={"words": words}), "words": words}
    if words:
        language = get_language() or SOURCE
        context |= {"found": search(words, language=language, request=request), "shown": SHOWN}
    return render(request, "search/search.html", context)
