"""Reading what a client sends, and no more than a limit."""

from starlette.requests import Request


class TooMuch(Exception):
    """A body beyond the limit."""


async def read(request: Request, most: int) -> bytes:
    """A body of at most so many bytes. Raises TooMuch, and ClientDisconnect where the client leaves meanwhile."""
    held, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise TooMuch(f"the request has more than {most:,} bytes")
        held.append(piece)
    return b"".join(held)
