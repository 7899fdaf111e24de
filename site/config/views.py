"""The start page, and the way out: pages that belong to no app."""

from http import HTTPStatus

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.demo.accounts import TRAINERS_GROUP
from config.forms import LanguageForm
from config.languages import set_language
from foundation.intervals import today
from tracking.reports.gates import roles_for


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send each person to the page that answers their first question."""
    roles = roles_for(request)
    if roles.key_contact_of and not roles.is_coordinator:
        return redirect("scorecards:home")
    if roles.sees_figures:
        return redirect("reports:overview")
    if roles.manages:
        return redirect("reports:staff")
    if _only_edits(request, has_person=roles.person is not None):
        return redirect("wagtailadmin_home")
    return redirect("learning:my_training")


def _only_edits(request: HttpRequest, *, has_person: bool) -> bool:
    """Trainers, and accounts of the admin that belong to nobody on the staff."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return False
    return not has_person or request.user.groups.filter(name=TRAINERS_GROUP).exists()


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Read in another language from now on, and go back to the page one was on."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    back = form.cleaned_data["next"]
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if safe else reverse("start"), status=HTTPStatus.SEE_OTHER)
    set_language(request, response, form.cleaned_data["language"])
    return response


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Sign out and show a page that says nothing about where one was.

    Without a CSRF token on purpose: a stale one must not keep anybody on the page, and a stranger's
    form can't sign anybody out either, because the session cookie is SameSite=Lax.
    """
    if request.method != "POST":
        return render(request, "quick_exit.html", {"today": today()})
    logout(request)
    return HttpResponse(
        status=HTTPStatus.SEE_OTHER,
        headers={"Location": reverse("quick_exit"), "Clear-Site-Data": '"storage"'},
    )
