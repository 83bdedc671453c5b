"""The tables, one a kind of thing, in the order in which they are read."""

from onrecord.tables.columns import Table
from onrecord.tables.kinds import entities, grounds, happenings, listings, said

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        listings.DESIGNATIONS,
        listings.CLAIMED,
        listings.PERIODS,
        listings.EFFECTS,
        entities.ENTITIES,
        entities.NAMES,
        entities.MENTIONS,
        entities.LINKS,
        entities.PAPERS,
        entities.ADDRESSES,
        entities.BIRTHS,
        entities.PARTICULARS,
        entities.TENURES,
        happenings.EVENTS,
        happenings.ACTS,
        happenings.PARTICIPATIONS,
        said.STATEMENTS,
        said.PROPOSITIONS,
        happenings.FIGURES,
        happenings.PROSECUTIONS,
        happenings.SENTENCES,
        happenings.RELATIONS,
        happenings.RECOGNITIONS,
        said.CONFLICTS,
        listings.LISTS,
        listings.POSTS,
        listings.PLACES,
        grounds.SOURCES,
        grounds.FILES,
        grounds.EVIDENCE,
        grounds.ATTRIBUTION,
        grounds.CURATIONS,
    )
}
