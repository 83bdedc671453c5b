"""Words for people: what a profile leaves out, what changed in a document, and texts that stay texts in Markdown."""

import re
from collections.abc import Iterator

from onrecord.bundles.profile import Profile
from onrecord.documents.document import Tree, Value

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|!~@]|:(?=//)|(?<=www)\.|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])", re.IGNORECASE)
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+")


def plain(text: str) -> str:
    """A text as one line of Markdown that shows it as it is: no markup, no link, nothing that turns the direction."""
    shown = _SPECIAL.sub(r"\\\1", " ".join(_UNSEEN.sub(" ", text).split()))
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def left_out(profile: Profile, jurisdictions: list[str], nested: list[str]) -> list[str]:
    """What a bundle does not have, a sentence each. `jurisdictions` are called by their names; `nested` are the kinds
    that stand inside the documents of others."""
    return list(_left_out(profile, jurisdictions, nested))


def _left_out(profile: Profile, jurisdictions: list[str], nested: list[str]) -> Iterator[str]:
    if profile.kinds:
        yield f"Documents of other kinds than {_listed(profile.kinds)}."
    elif nested:
        yield f"Documents of their own for {_listed(nested, 'and')}: these stand inside the documents of others."
    if jurisdictions:
        yield (
            f"Designations and periods of status under others than {_listed(jurisdictions)}, whoever is designated "
            "there alone, and what has nothing to do with those who are in."
        )
    if profile.sources:
        yield f"What other sources say than {_listed(profile.sources)} and the registry of who is who."
    if profile.languages:
        yield f"Names and titles in other languages than {_listed(profile.languages)}, where there is one in these."
    if not profile.curated:
        yield "What curators add, and what follows from it."
    if not profile.inferred:
        yield "What follows by the rules of the vocabulary from what is said."
    if not profile.computed:
        yield "Periods of status and conflicts, which are computed from what all sources say together."
    if not profile.quotations:
        yield (
            "The words that facts rest on: there is where they stand in the text of their source, as far as known. "
            "Phrases of sources that are the fact itself stay: what somebody or something is called, described as, "
            "charged with or counted as, and times and numbers as they are said."
        )


def _listed(words: list[str], last: str = "or") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def differences(was: Tree, now: Tree, *, names: bool = True) -> list[str]:
    """What is different in a document: its name (where `names` may be told), its designations, and for all else the
    keys."""
    told = []
    if names and was.get("label") != now.get("label"):
        told.append(f"was called {was.get('label')}")
    before, after = _nodes(was.get("designations")), _nodes(now.get("designations"))
    told += [f"designation added: {designation(each)}" for node, each in after.items() if node not in before]
    told += [f"designation gone: {designation(each)}" for node, each in before.items() if node not in after]
    for node, each in after.items():
        if node in before and before[node] != each:
            ended = "end" in each and "end" not in before[node]
            told.append(f"designation {'ended' if ended else 'changed'}: {designation(each)}")
    keys = [*now, *(key for key in was if key not in now)]
    others = [key for key in keys if key not in ("label", "designations") and was.get(key) != now.get(key)]
    if others:
        told.append(f"other: {', '.join(others)}")
    return told


def designation(tree: Tree) -> str:
    """A designation: where, since when, until when, as far as it is said."""
    where = _label(tree.get("onList")) or _label(tree.get("jurisdiction")) or "nobody says where"
    since, until = _time(tree.get("start")), _time(tree.get("end"))
    return f"{where}{f', since {since}' if since else ''}{f', until {until}' if until else ''}"


def _nodes(value: "Value | None") -> dict[str, Tree]:
    held = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return {str(each.get("id")): each for each in held}


def _label(value: "Value | None") -> str:
    return str(value.get("label") or value.get("id") or "") if isinstance(value, dict) else ""


def _time(value: "Value | None") -> str:
    if not isinstance(value, dict):
        return ""
    said = value.get("asSaid")
    words = next(iter(said.values()), "") if isinstance(said, dict) else ""
    return str(value.get("edtf") or words or "a time that is not said")
