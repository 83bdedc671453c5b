"""The lists behind OpenSanctions' datasets, and who keeps them: what a FollowTheMoney file does not say itself.

A dataset that is not here is a list without jurisdiction: its name begins with a country's code, but that is a custom
and no statement.
"""

from typing import NamedTuple

from onrecord.facts.document import Registry
from onrecord.facts.entities import DesignationList, Organization


class _Keeper(NamedTuple):
    title: str
    authority: Organization
    jurisdiction: Organization


_EU = Organization(id="european-union", kind="organization", name="European Union", code="EU")
_UN = Organization(id="united-nations", kind="organization", name="United Nations", code="UN")
_UK = Organization(id="united-kingdom", kind="state", name="United Kingdom", code="GB")
_US = Organization(id="united-states", kind="state", name="United States", code="US")
_PUBLISHER = Organization(id="opensanctions", kind="organization", name="OpenSanctions")

_KEEPERS = {
    "eu_fsf": _Keeper(
        "European Union Consolidated Financial Sanctions List",
        Organization(
            id="european-commission", kind="organization", name="European Commission", part_of="european-union"
        ),
        _EU,
    ),
    "gb_hmt_sanctions": _Keeper(
        "UK Consolidated List of Financial Sanctions Targets",
        Organization(id="hm-treasury", kind="government-body", name="HM Treasury", state="united-kingdom"),
        _UK,
    ),
    "un_sc_sanctions": _Keeper(
        "United Nations Security Council Consolidated List",
        Organization(
            id="un-security-council",
            kind="organization",
            name="United Nations Security Council",
            part_of="united-nations",
        ),
        _UN,
    ),
    "us_ofac_sdn": _Keeper(
        "OFAC Specially Designated Nationals and Blocked Persons List",
        Organization(
            id="us-treasury-ofac",
            kind="government-body",
            name="Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury",
            state="united-states",
        ),
        _US,
    ),
}

PUBLISHER = _PUBLISHER.id
"""Who publishes the files: not who keeps the lists."""


def known(dataset: str) -> bool:
    """Whether a dataset is known to be a list of sanctions."""
    return dataset in _KEEPERS


def title(dataset: str) -> str:
    """What a file of a dataset is called."""
    return f"{_name(dataset)}, by OpenSanctions"


def _name(dataset: str) -> str:
    """What a list is called: by its keeper where that is known, else by its dataset's name."""
    keeper = _KEEPERS.get(dataset)
    return keeper.title if keeper else f"Dataset {dataset}"


def registry(dataset: str) -> Registry:
    """The list of a dataset, and who keeps it where that is known."""
    keeper = _KEEPERS.get(dataset)
    return Registry(
        registry=f"The list behind OpenSanctions' dataset {dataset}.",
        curated=f"What the dataset is: https://www.opensanctions.org/datasets/{dataset}/",
        organizations=[_PUBLISHER, *((keeper.jurisdiction, keeper.authority) if keeper else ())],
        lists=[
            DesignationList(
                id=slug(dataset),
                kind="sanctioned-party",
                name=_name(dataset),
                jurisdiction=keeper.jurisdiction.id if keeper else None,
                authority=keeper.authority.id if keeper else None,
            )
        ],
    )


def slug(dataset: str) -> str:
    """The id of a dataset's list: eu_fsf is eu-fsf."""
    return dataset.replace("_", "-")
