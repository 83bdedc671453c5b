"""A process that tells with what it was begun."""

import json
import sys


def tell() -> None:
    """Say the arguments."""
    sys.stdout.write(f"{json.dumps(sys.argv[1:])}\n")
