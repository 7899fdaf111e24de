"""A district's note is written from the lesson it stands in; an overview says what is missing."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.local.actions import NoteChanged, write_note
from courses.local.forms import NoteForm
from courses.local.queries import Place, history, overview, place_of
from courses.local.rules import MAY_WRITE, District, districts_of
from foundation.intervals import today
from tracking.organisation.models import User


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """Every place there is, for those who write: what is written, and by whom not yet."""
    user = _user(request)
    if not user.has_perm(MAY_WRITE):
        raise PermissionDenied
    return render(request, "local/notes.html", {"places": overview(user, today())})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, lesson_key: UUID, block_key: str) -> HttpResponse:
    """The note of the writer's own district (`?enhet=` where there are several)."""
    user = _user(request)
    place, district = _writable(user, request.GET.get("enhet", ""), lesson_key, block_key, today())
    wordings = history(lesson_key, block_key, district.code)
    newest = wordings[0] if wordings else None
    begun = {"text": newest.text, "seen": newest.pk} if newest else {}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            write_note(
                lesson_key=lesson_key,
                block_key=block_key,
                unit_code=district.code,
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
                actor=user,
                at=timezone.now(),
            )
        except NoteChanged as changed:
            form = NoteForm({"text": form.cleaned_data["text"], "seen": changed.note.pk})
            form.add_error(
                "text",
                _(
                    "Somebody has changed the text since you opened the page. "
                    "Theirs stands below. Save once more to put yours in its place."
                ),
            )
        else:
            return HttpResponseRedirect(place.url, status=HTTPStatus.SEE_OTHER)
    context = {"form": form, "place": place, "district": district, "wordings": wordings}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "local/write.html", context, status=status)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


def _writable(
    user: User, code: str, lesson_key: UUID, block_key: str, on: date
) -> tuple[Place, District]:
    """404 for what is not there and for what is another district's to write."""
    own = [one for one in districts_of(user, on) if one.may_write]
    district = next((one for one in own if one.code == code or not code), None)
    place = place_of(lesson_key, block_key) if district else None
    if place is None or district is None:
        raise Http404
    return place, district
