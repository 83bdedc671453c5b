"""stub"""


def schema(kind: str, *, inferred: bool = False) -> dict[str, object]:
    return {"kind": kind}
