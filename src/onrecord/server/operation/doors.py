"""Whom the server answers: by which names it is called, and which pages of others may read what it says.

A page of anybody's can have its own name lead to 127.0.0.1 (DNS rebinding), and would then read what is served to this
machine alone. Browsers say which name they mean (`Host`): only names of ours are answered. An address in numbers is not
a name, and leads nowhere else.

The same page can ask for 127.0.0.1 straight away, and reads the answer where the server allows it to (CORS). What was
published may be read by all; what is being written, and is served to this machine alone, by pages of this machine.
"""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from onrecord.errors import ConfigurationError

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_LOCAL_ORIGIN = re.compile(rb"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")
_NAME = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?)(:[0-9]{1,5})?", re.IGNORECASE)
_MOST_REMEMBERED = 64
ALL = "*"


@dataclass
class Doors:
    """`host` and `port` are where the server listens, `public` the address that people know it by ("": none), `allowed`
    further names, with or without a port; `*` allows any. `draft`: what is served is being written."""

    host: str = ""
    port: int = 0
    public: str = ""
    allowed: tuple[str, ...] = (ALL,)
    draft: bool = False
    is_local: bool = field(init=False)
    """Whether only this machine is answered."""
    is_closed: bool = field(init=False)
    """Whether only pages of this machine may read."""
    _known: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Raises ConfigurationError for what is no name or no address."""
        for name in self.allowed:
            if name != ALL and not _NAME.fullmatch(name):
                raise ConfigurationError(f"{name} is no name of a host", hint="give one like kg.example.org")
        if self.public:
            self.public = f"{self.public.rstrip('/')}/"
            found = urlsplit(self.public)
            if found.scheme not in ("http", "https") or not _NAME.fullmatch(found.netloc) or found.query:
                raise ConfigurationError(
                    f"{self.public} is no address that people know a server by",
                    hint="give one like https://kg.example.org/",
                )
        self.is_local = is_loopback(self.host) and not self.public
        self.is_closed = self.is_local and self.draft

    def admits(self, host: bytes) -> bool:
        """Whether a request to this name, as `Host` gives it, is answered."""
        if host in self._known:
            return True
        if not self._is_ours(host.decode("latin-1").lower()):
            return False
        if len(self._known) < _MOST_REMEMBERED:
            self._known.add(host)
        return True

    def readers(self, origin: bytes) -> bytes:
        """What `Access-Control-Allow-Origin` says to a page from `origin`; empty where that page may not read."""
        if not self.is_closed:
            return b"*"
        return origin if _LOCAL_ORIGIN.fullmatch(origin) else b""

    def told(self) -> str:
        """Where people find it, for whoever has asked for another name."""
        everywhere = self.host in ("", "0.0.0.0", "::")
        return self.public or f"http://{'127.0.0.1' if everywhere else shown(self.host)}:{self.port}/"

    def _is_ours(self, host: str) -> bool:
        if not _NAME.fullmatch(host):
            return ALL in self.allowed
        name, port = _parted(host)
        names = self.allowed + ((urlsplit(self.public).netloc,) if self.public else ())
        if ALL in names or any(_same(name, port, each.lower()) for each in names):
            return True
        if is_loopback(self.host):
            return name in (*_LOOPBACK, shown(self.host)) and (port or "80") == str(self.port)
        return name in _LOOPBACK or _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether somebody who listens there hears this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def _parted(host: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?)(?::([0-9]+))?", host)
    assert found is not None
    return found[1].removesuffix("."), found[2] or ""


def _same(name: str, port: str, allowed: str) -> bool:
    wanted, wanted_port = _parted(allowed)
    return name == wanted and (not wanted_port or wanted_port == port)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
