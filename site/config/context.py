"""What every template may use."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav_items` for the header: the pages this person's roles open."""
    return {"nav_items": []}
