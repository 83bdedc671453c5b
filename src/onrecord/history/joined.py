"""The testimonies of all sources put together: a history for each subject on each list, or in each jurisdiction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.history.model import Act, Claim, History, Snapshot
from onrecord.history.testimony import Day, Testimony
from onrecord.rules.identity import Identity

_Key = tuple[str, str | None, str | None]


@dataclass
class _Gathered:
    """What is said of one subject on one list: by articles, by the list's own snapshots, of acts."""

    claims: list[Claim] = field(default_factory=list)
    entries: dict[str, Claim] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)


def histories(
    testimonies: Iterable[Testimony], jurisdictions: Mapping[str, str], links: Iterable[tuple[str, str]] = ()
) -> Iterator[tuple[History, tuple[str, ...]]]:
    """The histories that testimonies make, in the order of subjects and lists, each with all names of its subject.

    `jurisdictions` has whose list each list is. `links` are further pairs of names of one thing. A history whose
    subject is an entry of a list has all snapshots of that list, those that lack it, too: of who is no entry, nobody
    can say whether a list has them under another name.
    """
    given = list(testimonies)
    identity = Identity([*links, *(link for one in given for link in one.links)])
    lists: dict[str, list[tuple[str, Day]]] = {}
    found: dict[_Key, _Gathered] = {}
    for one in given:
        if one.snapshot is not None:
            lists.setdefault(one.snapshot.on_list, []).append((one.source, one.snapshot))
        _gather(one, jurisdictions, identity, found)
    for key in sorted(found, key=lambda key: tuple(part or "" for part in key)):
        held = found[key]
        days = sorted(lists.get(key[1] or "", ()), key=lambda one: (one[1].day, one[0])) if held.entries else []
        snapshots = tuple(Snapshot(source, day.day, day.complete, held.entries.get(source)) for source, day in days)
        yield History(*key, tuple(held.claims), snapshots, tuple(held.acts)), identity.members(key[0])


def _gather(one: Testimony, jurisdictions: Mapping[str, str], identity: Identity, found: dict[_Key, _Gathered]) -> None:
    own = one.snapshot.on_list if one.snapshot is not None else None
    for said in one.designations:
        where = jurisdictions.get(said.on_list or "") or said.jurisdiction
        held = found.setdefault((identity.of(said.subject), said.on_list, where), _Gathered())
        if own is not None and own == said.on_list:
            held.entries.setdefault(one.source, said.claim)
        else:
            held.claims.append(said.claim)
    for act in one.acts:
        held = found.setdefault((identity.of(act.subject), act.on_list, jurisdictions.get(act.on_list)), _Gathered())
        held.acts.append(Act(act.node, one.source, "listing" if act.is_listing else "delisting", act.when, act.curated))
