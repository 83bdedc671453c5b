"""How a source names or describes somebody, and which posts and roles it gives them."""

from onrecord.facts.entities import Mention, Tenure
from onrecord.findings import Pointer
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.page import Page
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import onr, org


def write_mention(page: Page, record: Mention, pointer: Pointer) -> None:
    """Write a form of a name, or a description."""
    node = page.node("mention", record, pointer)
    pen = write_fact(page, record, node, onr.Mention)
    pen.link(node, onr.mentions, page.ref(record.of))
    pen.text(node, onr.form, record.form)
    pen.text(node, onr.describedAs, record.described_as)


def write_tenure(page: Page, record: Tenure, pointer: Pointer) -> None:
    """Write a person's holding of a post or role."""
    node = page.node("tenure", record, pointer)
    pen = write_fact(page, record, node, onr.Tenure)
    pen.link(node, org.member, page.ref(record.person))
    pen.link(node, onr.post, page.ref(record.post))
    pen.text(node, onr.roleName, record.role)
    pen.link(node, org.organization, page.ref(record.organization))
    write_time(page, pen, node, onr.start, record.start, (*pointer, "start"))
    write_time(page, pen, node, onr.end, record.end, (*pointer, "end"))
