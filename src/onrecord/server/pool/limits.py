"""What requests may take."""

import os
from dataclasses import dataclass, field


def _processors() -> int:
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts. The defaults suit a machine of a few processors with a gigabyte for each worker."""

    seconds: float = 30.0
    """That a request may run."""
    answer_bytes: int = 1 << 30
    """Of an answer."""
    rows: int = 2_000_000
    """Of an answer to SELECT."""
    memory: int = 1 << 30
    """Of a worker, in bytes; 0: as much as there is."""
    workers: int = field(default_factory=lambda: max(4, 4 * _processors()))
    """That wait for requests, or answer short ones."""
    crowd: int = field(default_factory=lambda: max(1, _processors() // 2))
    """Short requests that are answered at once, as long as none takes longer than `hurry`: more would only be in each
    other's way, for the server itself needs a processor, too."""
    hurry: float = 0.005
    """Seconds that a request waits for one of the crowd before it gets another worker."""
    long: int = field(default_factory=_processors)
    """Long requests that run at once."""
    parked: int = 4
    """Long requests that are stopped in their tracks until another long one ends."""
    queue: int = 256
    """Requests that wait for a worker."""
    patience: float = 10.0
    """Seconds that a request waits for a worker, or is parked."""
    stall: float = 30.0
    """Seconds that an answer waits for a client who takes nothing of it."""
    turns: float = 0.1
    """Seconds of processor time after which a request counts as long."""
    lifetime: int = 20_000
    """Requests that a worker answers before another takes its place."""

    @property
    def processes(self) -> int:
        """Workers at the most."""
        return self.workers + self.long + self.parked
