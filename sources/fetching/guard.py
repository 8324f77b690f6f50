"""
Which addresses a fetch may reach. Pure: no network, no names looked up.

The table is our own: Python's `is_global` calls NAT64, 6to4, the old site-local range and multicast
global. An address is decided when it is connected to, on every hop, all addresses of a name at
once; so neither a redirect nor a name that answers otherwise the second time gets past it.
Ranges from the IANA special-purpose registries (RFC 6890 and its successors).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urlsplit

from errors import UrlNotAllowedError

#: IPv4 ranges that are nobody's, ours, or somebody's inside.
_DENIED = [
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        # What of 2000::/3 carries another address inside, or is for documents.
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
]

#: All IPv6 addresses that are anybody's at all lie in here.
_GLOBAL_UNICAST = IPv6Network("2000::/3")

#: Ports that web servers use; others only where a setting lets the address through.
_PORTS = frozenset({80, 443, 8080, 8443})

LONGEST_URL = 2_000

#: What a path or query may hold without being escaped anew, RFC 3986.
_AS_IT_IS = "/%:@!$&'()*+,;=~-._"

_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: the host in ASCII, the port, and what is asked for there."""

    scheme: str
    host: str
    port: int
    #: Path and query, in ASCII.
    path: str


def parse_target(url: str) -> Target:
    """
    Return where a URL leads.

    :raises UrlNotAllowedError: if it is not a plain http or https address
    """
    if len(url) > LONGEST_URL or _CONTROL.search(url):
        raise _refused(url, "it is too long or holds spaces or control characters")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise _refused(url, "it cannot be read as an address") from None
    if parts.scheme not in ("http", "https"):
        raise _refused(url, "only http and https are fetched")
    if "@" in parts.netloc:
        raise _refused(url, "it carries a name or a password")
    path = quote(parts.path or "/", safe=_AS_IT_IS)
    if parts.query:
        path += "?" + quote(parts.query, safe=_AS_IT_IS + "?")
    default = 443 if parts.scheme == "https" else 80
    return Target(parts.scheme, _ascii_host(url, host), port or default, path)


def _ascii_host(url: str, host: str) -> str:
    """Return a host as it is looked up: an address as it is, a name in its ASCII form."""
    if ":" in host:
        return host
    try:
        found = host.encode("idna").decode("ascii")
    except UnicodeError:
        raise _refused(url, "its host is no name") from None
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.?", found):
        raise _refused(url, "its host is no name")
    return found


def check_addresses(
    target: Target, addresses: Sequence[str], allowed: Iterable[str] = ()
) -> list[str]:
    """
    Return the addresses that may be connected to, which is all of them or none.

    :param allowed: networks let through in spite of the table, as `FETCH_ALLOW` names them
    :raises UrlNotAllowedError: if any address of the host may not be reached
    """
    networks = [ip_network(text) for text in allowed]
    if not addresses:
        raise UrlNotAllowedError(f"{target.host} has no address.")
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        if any(address in network for network in networks):
            continue
        if not is_public(address):
            raise UrlNotAllowedError(f"{target.host} leads to {address}, which is not public.")
        if target.port not in _PORTS:
            raise UrlNotAllowedError(f"Port {target.port} is not one that pages are fetched from.")
    return list(addresses)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is one of the public Internet."""
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return not any(address in network for network in _DENIED)


def _refused(url: str, why: str) -> UrlNotAllowedError:
    return UrlNotAllowedError(f"The address {url[:100]!r} is not fetched: {why}.")
