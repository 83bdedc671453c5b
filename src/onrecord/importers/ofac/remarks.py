"""What OFAC's remarks say: statements that end in semicolons, the last in a full stop.

What is understood goes into the fields of the entry; what is not stays as a remark, in OFAC's words and whole.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Address, IdentityPaper, ListedName, Particular
from onrecord.importers.ofac.dates import date
from onrecord.importers.ofac.kinds import PAPERS, PARTICULARS

_KINDS_OF_NAMES = {
    "a.k.a.": "also-known-as",
    "d.b.a.": "also-known-as",
    "f.k.a.": "formerly-known-as",
    "n.k.a.": "now-known-as",
}


@dataclass
class Told:
    """What the remarks of an entry say."""

    names: list[ListedName] = field(default_factory=list)
    births: list[Time] = field(default_factory=list)
    birth_places: list[Address] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    gender: str | None = None
    papers: list[IdentityPaper] = field(default_factory=list)
    particulars: list[Particular] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def told(remarks: str) -> Told:
    """What remarks say, statement by statement."""
    found = Told()
    said = list(statements(remarks))
    if said and cut_off(remarks):
        found.remarks.append(said.pop())
    for statement in said:
        if not any(take(found, match) for sort, take in _SORTS if (match := sort.fullmatch(statement))):
            found.remarks.append(statement)
    return found


def cut_off(remarks: str) -> bool:
    """Whether remarks end where the column does: what is left of the last statement may be half of a name."""
    return len(remarks) >= _WIDTH and not remarks.endswith(".")


_WIDTH = 1_000
_ABBREVIATED = re.compile(r"(?:.*[\s(,'])?(?:(?:[A-Za-z]\.)+[A-Za-z]|ltd|ltda|inc|corp|co|cia|bros)", re.IGNORECASE)


def statements(remarks: str) -> Iterator[str]:
    """The statements: a semicolon within parentheses ends none, and the stop of an abbreviation stays with it."""
    depth = start = 0
    balanced = remarks.count("(") == remarks.count(")")
    ends = []
    for match in re.finditer(r"[();]", remarks):
        depth += {"(": 1, ")": -1}.get(match[0], 0) if balanced else 0
        if match[0] == ";" and depth <= 0:
            ends.append(match.start())
    for end in (*ends, len(remarks)):
        statement = remarks[start:end].strip()
        start = end + 1
        if end == len(remarks) and statement.endswith("."):
            bare = statement.removesuffix(".")
            statement = statement if _ABBREVIATED.fullmatch(bare) else bare
        if statement:
            yield statement


# ── One function a sort of statement: it takes it in, or says that it does not ───────────────────────────────────────


def _name(found: Told, match: re.Match[str]) -> bool:
    """Weak aliases stand in the remarks, in quotation marks (https://ofac.treasury.gov/faqs/122)."""
    note = "d.b.a." if match["kind"] == "d.b.a." else None
    found.names.append(
        ListedName(text=match["name"], kind=_KINDS_OF_NAMES[match["kind"]], quality="low", note=note),
    )
    return True


def _birth(found: Told, match: re.Match[str]) -> bool:
    when = date(match["date"])
    if match["alt"] and isinstance(when, str):
        when = When(date=when, said=match[0])
    found.births.append(when)
    return True


def _birth_place(found: Told, match: re.Match[str]) -> bool:
    found.birth_places.append(Address(whole=match["place"], note=_alternative(match)))
    return True


def _nationality(found: Told, match: re.Match[str]) -> bool:
    found.nationalities.append(match["state"])
    return True


def _citizenship(found: Told, match: re.Match[str]) -> bool:
    found.citizenships.append(match["state"])
    return True


def _gender(found: Told, match: re.Match[str]) -> bool:
    if found.gender is not None:
        return False
    found.gender = match["gender"]
    return True


_TIMES = re.compile(r"issued|expire[sd]?|date", re.IGNORECASE)


def _paper(found: Told, match: re.Match[str]) -> bool:
    """A paper, where its number looks like one: a single word, or words with a digit, and no other sentence."""
    number = match["number"]
    if _TIMES.search(number) or (" " in number and not any(map(str.isdigit, number))):
        return False
    found.papers.append(
        IdentityPaper(
            kind=match["kind"],
            number=number,
            country=match["country"],
            issued=match["issued"],
            expires=match["expires"],
            note=_alternative(match),
        )
    )
    return True


def _particular(found: Told, match: re.Match[str]) -> bool:
    found.particulars.append(Particular(what=f"{match['alt'] or ''}{match['kind']}", value=match["value"]))
    return True


def _alternative(match: re.Match[str]) -> str | None:
    return match["alt"].strip() if match["alt"] else None


_ALT = r"(?P<alt>[aA]lt\. )?"
_DAY = r"(?:\d{2} )?(?:[A-Z][a-z]{2} )?\d{4}"


def _one_of(kinds: tuple[str, ...]) -> str:
    return "|".join(re.escape(kind) for kind in sorted(kinds, key=len, reverse=True))


_SORTS: tuple[tuple[re.Pattern[str], Callable[[Told, re.Match[str]], bool]], ...] = (
    (re.compile(r"(?P<kind>[adfn]\.[kb]\.a\.) '(?P<name>.+)'"), _name),
    (re.compile(rf"{_ALT}DOB (?P<date>.+)"), _birth),
    (re.compile(rf"{_ALT}POB (?P<place>.+)"), _birth_place),
    (re.compile(rf"{_ALT}nationality (?P<state>.+)"), _nationality),
    (re.compile(rf"{_ALT}citizen (?P<state>.+)"), _citizenship),
    (re.compile(r"Gender (?P<gender>.+)"), _gender),
    (
        re.compile(
            rf"{_ALT}(?P<kind>{_one_of(PAPERS)}):? (?P<number>\S[^;]{{0,79}}?)"
            r"(?: \((?P<country>[A-Z][^()\d]*(?:\([^()]*\)[^()]*)?)\))?"
            rf"(?: issued (?P<issued>{_DAY}))?(?: expires (?P<expires>{_DAY}))?"
        ),
        _paper,
    ),
    (re.compile(rf"{_ALT}(?P<kind>{_one_of(PARTICULARS)})(?::| -)? (?P<value>\S.*)", re.DOTALL), _particular),
)
