"""The client's address, as far as it can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64  # one subscriber has at least that many addresses


def client_address(request: HttpRequest) -> str:
    """The client's address; of IPv6 its network.

    Of what proxies wrote down only so many as are ours (`TRUSTED_PROXIES`) are believed: the
    rest is whatever the client says.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        address = said[-min(settings.TRUSTED_PROXIES, len(said))] or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))
    return str(found)
