"""What every template may use."""

from time import time

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from config.menu import MAIN, PERSON, items
from config.sign_in.sessions import seconds_left
from tracking.organisation.models import User


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav_items` for the header and `person_items` for the person's menu: see config.menu.

    And `this_address`: where the language switch comes back to; the start page after a form;
    `session_seconds`: how long the log-in holds, for the warning before it ends.
    """
    back = request.get_full_path() if request.method == "GET" else reverse("start")
    # An error page can come before anybody has been recognised.
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    if not user.is_authenticated:
        return {"nav_items": [], "person_items": [], "this_address": back}
    return {
        "nav_items": items(MAIN, request),
        "person_items": items(PERSON, request),
        "this_address": back,
        "session_seconds": seconds_left(request.session, int(time())),
    }
