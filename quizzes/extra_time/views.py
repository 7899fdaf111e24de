"""The page on which a trainer gives somebody more time."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from quizzes.extra_time.actions import give_extra_time
from quizzes.extra_time.forms import ExtraTimeForm
from tracking.organisation.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("quizzes.add_extratime", raise_exception=True)
def extra_time(request: HttpRequest) -> HttpResponse:
    """Nobody is listed here: who needs more time is told to whom they ask."""
    assert isinstance(request.user, User)
    form = ExtraTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = give_extra_time(**form.cleaned_data, actor=request.user, now=timezone.now())
        messages.success(request, _said(form, moved))
        return redirect("quizzes:extra_time")
    status = 422 if form.errors else 200
    return render(request, "quizzes/extra_time.html", {"form": form}, status=status)


def _said(form: ExtraTimeForm, moved: int) -> str:
    if not (form.cleaned_data["percent"] or form.cleaned_data["minutes"]):
        return _("The extra time is taken back. A quiz that is under way keeps it.")
    if not moved:
        return _("The extra time holds from the next start.")
    return ngettext(
        "The extra time holds at once, also for the quiz that is under way.",
        "The extra time holds at once, also for the %(count)d quizzes that are under way.",
        moved,
    ) % {"count": moved}
