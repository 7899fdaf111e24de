"""The pages about the API: one's keys, and what the API is."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import today
from tracking.api.actions import TooManyKeys, make_key, revoke_key
from tracking.api.document import openapi
from tracking.api.forms import KeyForm
from tracking.api.guide import endpoints_of
from tracking.api.models import ApiKey
from tracking.api.rules import MOST_KEYS, may_have_keys, may_revoke, may_watch_keys
from tracking.organisation.models import User
from tracking.reports.gates import roles_for


def _asking(request: HttpRequest) -> User:
    """Whom the pages are for: who may have keys, has some left, or watches others'."""
    user = request.user
    assert isinstance(user, User)  # every view here needs a log-in
    known = may_have_keys(roles_for(request)) or may_watch_keys(user)
    if not known and not ApiKey.objects.filter(holder=user).exists():
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """API-nycklar: make one, see them, end one. A new key is on the answer and nowhere else."""
    user, roles, on = _asking(request), roles_for(request), today()
    form = KeyForm(request.POST or None, roles=roles, today=on) if may_have_keys(roles) else None
    made, secret = None, ""
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                made, secret = make_key(
                    holder=user,
                    roles=roles,
                    name=form.cleaned_data["name"],
                    opens_people=form.opens_people,
                    expires_on=form.cleaned_data["last_day"],
                    now=timezone.now(),
                )
                form = KeyForm(None, roles=roles, today=on)
            except TooManyKeys:
                text = gettext("You have %(count)d keys, and more are not allowed. Revoke one.")
                form.add_error(None, text % {"count": MOST_KEYS})
    own = ApiKey.objects.filter(holder=user)
    others = ApiKey.objects.exclude(holder=user).select_related("holder", "holder__person")
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "keys": [(key, key.is_live(on)) for key in own],
        "others": [(key, key.is_live(on)) for key in others] if may_watch_keys(user) else None,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    failed = request.method == "POST" and made is None
    status = HTTPStatus.BAD_REQUEST if failed else HTTPStatus.OK
    return render(request, "api/keys.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a key; one that is not there or not one's own to end is not there."""
    user = request.user
    key = ApiKey.objects.select_related("holder").filter(public_id=public_id).first()
    if key is None or not isinstance(user, User) or not may_revoke(user, key):
        raise Http404
    revoke_key(key=key, actor=user, now=timezone.now())
    messages.success(request, gettext("The key is revoked, and opens nothing any more."))
    return redirect("api_pages:keys")


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """What the API answers, made from the same types as the API itself."""
    _asking(request)
    context = {
        "endpoints": endpoints_of(openapi(request)),
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/description.html", context)


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for a browser; programs with a key have it at the API itself."""
    _asking(request)
    headers = {"Content-Disposition": 'attachment; filename="openapi.json"'}
    asked = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(openapi(request), json_dumps_params=asked, headers=headers)
