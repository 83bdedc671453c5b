"""The examples of questions, which are told as `kg ask` takes them, as addresses."""

import shlex
from urllib.parse import quote, urlencode


def given_in(example: str) -> dict[str, str]:
    """The parameters in an example: `kg ask NAME KEY=VALUE …`."""
    pairs = (word.partition("=") for word in shlex.split(example)[3:])
    return {key: value for key, equals, value in pairs if equals}


def address_of(example: str, ending: str = "") -> str:
    """An example as an address, below that of the server."""
    name, given = shlex.split(example)[2], urlencode(given_in(example), safe="/:", quote_via=quote)
    return f"ask/{name}{ending}{'?' if given else ''}{given}"
