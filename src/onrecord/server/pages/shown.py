"""What the jobs of pages share: their arguments, a page from a template, and what is said where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages.media import HTML
from onrecord.server.pages.site import live
from onrecord.server.reply import PROBLEM, Reply, of_json
from onrecord.site.places import root_of
from onrecord.site.rendering import environment
from onrecord.site.site import Site
from onrecord.site.views import Shown


@dataclass(frozen=True)
class Failure:
    """Why there is no page: `status` of HTTP, a title, what to say, and what may be meant instead, in groups of links
    under a line each."""

    status: int
    title: str
    text: str
    instead: tuple[tuple[str, tuple[Shown, ...]], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def read_args(args: Args) -> dict[str, str]:
    """The arguments that are texts, "" for those that are not given."""
    names = ("path", "iri", "accept", "done", "q", "entity", "in", "on", "trouble")
    return {name: found if isinstance(found := args.get(name), str) else "" for name in names}


def site_of(desk: Desk, args: Args) -> Site:
    """The site as this server shows it."""
    return live(desk.settings, watching=args.get("watching") is True)


def page(desk: Desk, args: Args, template: str, path: str, here: str, **values: object) -> bytes:
    """A page from a template; `path` is its own from the server's root, `here` its entry in the navigation."""
    made = environment().get_template(template)
    return made.render(site=site_of(desk, args), root=root_of(path), here=here, **values).encode()


def for_people(accept: str) -> bool:
    """Whether a client asks for pages: programs that say nothing are told what is wrong in JSON."""
    return "text/html" in accept


def failed(desk: Desk, args: Args, failure: Failure) -> Reply:
    """A page for people and a problem (RFC 9457) for programs."""
    asked = read_args(args)
    headers = {"Vary": "Accept", **failure.headers}
    if for_people(asked["accept"]):
        content = page(desk, args, "failure.html", asked["path"], "", failure=failure)
        return Reply(content, HTML, failure.status, headers)
    told: dict[str, object] = {"type": "about:blank", "title": failure.title, "status": failure.status}
    told["detail"] = failure.text
    for line, links in failure.instead:
        told.setdefault("instead", {})
        held = told["instead"]
        assert isinstance(held, dict)
        held[line] = [{"label": each.text, "page": each.href} for each in links]
    return of_json(told, media=PROBLEM, status=failure.status, headers=headers)
