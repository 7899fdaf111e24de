"""Who administers accounts and groups in the Wagtail admin: administrators, and nobody else.

Wagtail lets whoever may change *an* account make it an administrator's, or give it a group. A
permission handed out by mistake would hand out everything; so the pages ask for more than it.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

NAMESPACES = frozenset({"wagtailusers_users", "wagtailusers_groups"})
BULK, OF_ACCOUNTS = "wagtail_bulk_action", "user"


class AccountsForAdministrators:
    """403 for anybody else, whatever their permissions say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, given: dict[str, Any]
    ) -> None:
        """Before the page's own view."""
        found = request.resolver_match
        if found is None or not request.user.is_authenticated or request.user.is_superuser:
            return
        bulk = found.url_name == BULK and given.get("model_name") == OF_ACCOUNTS
        if bulk or NAMESPACES.intersection(found.namespaces):
            raise PermissionDenied
