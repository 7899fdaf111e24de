"""Which addresses of ours a page may show in frames: none, unless what it is made of says so."""

from django.http import HttpRequest

_KEPT = "framed_addresses"


def let_frame(request: HttpRequest, below: str) -> None:
    """Let the answer to this request hold frames with addresses that begin with `below`."""
    vars(request).setdefault(_KEPT, set()).add(request.build_absolute_uri(below))


def framed(request: HttpRequest) -> list[str]:
    """The beginnings of addresses that the answer may frame."""
    return sorted(vars(request).get(_KEPT, ()))
