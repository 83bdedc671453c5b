"""Figures of what was answered, for `/metrics`: counted as it happens, written when somebody asks."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
"""https://prometheus.io/docs/instrumenting/exposition_formats/"""
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds: how many requests took no longer."""

Sample = tuple[str, dict[str, str], float]
"""What comes after the family's name, the labels, and the value."""


@dataclass(slots=True)
class Latency:
    """How long requests took: how many up to each bound and beyond, and the sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


@dataclass
class Tally:
    """All that is counted in the server's own process."""

    requests: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Route, method and status."""
    latencies: dict[str, Latency] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    active: int = 0
    turned_away: int = 0
    """Connections that were too many, too slow or no HTTP."""
    reloads: int = 0
    failed_reloads: int = 0
    log_lost: int = 0

    def add(self, route: str, method: str, status: int, size: int, seconds: float) -> None:
        """Count a request that was answered."""
        key = (route, method, status)
        self.requests[key] = self.requests.get(key, 0) + 1
        self.sizes[route] = self.sizes.get(route, 0) + size
        latency = self.latencies.get(route)
        if latency is None:
            latency = self.latencies[route] = Latency()
        latency.counts[bisect_left(BOUNDS, seconds)] += 1
        latency.total += seconds

    def families(self) -> Iterator[str]:
        """The figures as text."""
        yield family(
            "http_requests_total",
            "counter",
            "Requests answered.",
            [
                ("", {"route": route, "method": method, "status": str(status)}, count)
                for (route, method, status), count in sorted(self.requests.items())
            ],
        )
        yield family(
            "http_request_duration_seconds",
            "histogram",
            "From the request's head to the last byte of its answer.",
            [sample for route, latency in sorted(self.latencies.items()) for sample in _buckets(route, latency)],
        )
        yield family(
            "http_response_bytes_total",
            "counter",
            "Bytes of bodies, as they were sent.",
            [("", {"route": route}, size) for route, size in sorted(self.sizes.items())],
        )
        yield single("http_requests_active", "gauge", "Requests that are being answered.", self.active)
        told = "Connections that were ended because there were too many, or they were too slow, or no HTTP."
        yield single("connections_refused_total", "counter", told, self.turned_away)
        yield single("reloads_total", "counter", "Releases taken up since the start.", self.reloads)
        told = "Releases that could not be taken up, while the one before stayed."
        yield single("reload_failures_total", "counter", told, self.failed_reloads)
        yield single("log_lines_lost_total", "counter", "Lines of the log that could not be written.", self.log_lost)


def _buckets(route: str, latency: Latency) -> Iterator[Sample]:
    so_far = 0
    for bound, count in zip((*(f"{bound:g}" for bound in BOUNDS), "+Inf"), latency.counts, strict=True):
        so_far += count
        yield "_bucket", {"route": route, "le": bound}, so_far
    yield "_sum", {"route": route}, latency.total
    yield "_count", {"route": route}, so_far


def single(name: str, kind: str, told: str, value: float) -> str:
    """A figure without labels."""
    return family(name, kind, told, [("", {}, value)])


def family(name: str, kind: str, told: str, samples: Iterable[Sample]) -> str:
    """Figures of one name, as text; "" where there are none."""
    lines = []
    for suffix, labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        lines.append(
            f"onrecord_{name}{suffix}{{{inside}}} {value!r}" if inside else f"onrecord_{name}{suffix} {value!r}"
        )
    if not lines:
        return ""
    return "\n".join([f"# HELP onrecord_{name} {told}", f"# TYPE onrecord_{name} {kind}", *lines, ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
