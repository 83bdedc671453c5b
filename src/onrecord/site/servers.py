"""The rules of dereferencing as servers read them: Apache (w3id.org), nginx, Netlify and Cloudflare Pages."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from onrecord.errors import ConfigurationError
from onrecord.site.dereferencing import FORMS, VOCABULARY, Rule, Slot, Table, accepted
from onrecord.vocabulary.context import is_plain

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""What a server says with every page: nothing runs, loads or is framed from elsewhere, and no type is guessed."""
_DYNAMIC, _STATIC = 100, 2000
"""The most lines that Cloudflare Pages takes, with placeholders and without."""
_GROUP = re.compile(r"\\(\d)")


def htaccess(table: Table, site: str) -> str:
    """The `.htaccess` of the folder that the addresses are in, which for ours is `onrecord/` of w3id.org.

    `site` is the address of the site, which ends in a slash. Raises ConfigurationError for one that is none.
    """
    _refuse(site)
    folder = VOCABULARY if table.base.startswith(VOCABULARY) else table.base
    lines = [f"# Where {table.base} leads (mod_setenvif, mod_rewrite, mod_headers)", "Options -MultiViews"]
    lines += ["<IfModule mod_headers.c>", "  Header always merge Vary Accept"]
    lines += ['  Header always set Access-Control-Allow-Origin "*"', "</IfModule>", ""]
    lines += ["# Which form is asked for: the last that fits holds.", "SetEnvIf Request_URI ^ ONRECORD_FORM=html"]
    lines += [f'SetEnvIfNoCase Accept "{pattern}" ONRECORD_FORM={form}' for pattern, form in reversed(accepted())]
    lines += ["", "RewriteEngine On"]
    for rule in table.rules:
        if rule.root.startswith(folder):
            lines += _apache(rule, site, folder)
    return "\n".join(lines) + "\n"


def _apache(rule: Rule, site: str, folder: str) -> Iterator[str]:
    """mod_rewrite sees addresses decoded: those that hold something encoded are told by the line of the request."""
    below = re.escape(rule.root[len(folder) :]) + _encoded(rule.pattern)
    raw = "%" in below
    for form, target in _targets(rule, "%{ENV:ONRECORD_FORM}"):
        if form:
            yield f"RewriteCond %{{ENV:ONRECORD_FORM}} ={form}"
        if raw:
            yield f'RewriteCond %{{THE_REQUEST}} "\\s{re.escape(urlsplit(folder).path)}{below}[?\\s]"'
        place = _GROUP.sub(r"%\1" if raw else r"$\1", target)
        yield f'RewriteRule "^{"" if raw else f"{below}$"}" "{site}{place}" [R=303,L,NE,QSD]'


def nginx(table: Table, site: str) -> str:
    """An example for nginx: two maps, and the server of the site that the addresses are of as well.

    `site` is the address of the site, which ends in a slash. Raises ConfigurationError for one that is none.
    """
    _refuse(site)
    lines = [f"# Where {table.base} leads. To be included within http {{ }}.", ""]
    lines += ["# Which form is asked for.", "map $http_accept $onrecord_form {", "    default html;"]
    lines += [f'    "~*{pattern}" {form};' for pattern, form in accepted()]
    lines += ["}", "", "# Where an address leads.", 'map "$onrecord_form $request_uri" $onrecord_page {']
    lines.append('    default "";')
    for rule in table.rules:
        if urlsplit(rule.root).netloc == urlsplit(table.base).netloc:
            path = re.escape(urlsplit(rule.root).path) + _encoded(rule.pattern)
            for form, target in _targets(rule, "${onrecord_form}"):
                place = _GROUP.sub(r"$\1", target)
                lines.append(f'    "~^{form or "[a-z]+"} {path}(?:\\?.*)?$" "{site}{place}";')
    own = urlsplit(site)
    lines += [
        "}",
        "",
        *_server(urlsplit(table.base).netloc, own.path if own.netloc == urlsplit(table.base).netloc else ""),
    ]
    if own.netloc != urlsplit(table.base).netloc:
        lines += ["", *_server(own.netloc, own.path, leads=False)]
    return "\n".join(lines) + "\n"


def _server(host: str, path: str, leads: bool = True) -> Iterator[str]:
    """The server of a host, with the site at `path`, if any, and with addresses that lead there."""
    name, _, port = host.partition(":")
    yield from ("server {", f"    listen {port or 80};", f"    server_name {name};", "    charset utf-8;")
    yield "    charset_types text/css text/turtle application/javascript;"
    yield from ("    include mime.types;", "    types { application/ld+json jsonld; text/turtle ttl; }")
    for header, value in SECURITY.items():
        yield f'    add_header {header} "{value}" always;'
    yield from ('    add_header Access-Control-Allow-Origin "*" always;', "    add_header Vary Accept always;")
    end = "@onrecord" if leads else "=404"
    if path:
        yield f"    root /srv/onrecord;  # the site is in /srv/onrecord{path}"
        yield f"    location / {{ try_files $uri ${{uri}}index.html {end}; }}"
    else:
        yield f"    location / {{ try_files /dev/null {end}; }}"
    if leads:
        yield from ("    location @onrecord {", '        if ($onrecord_page = "") { return 404; }')
        yield from ("        return 303 $onrecord_page;", "    }")
    yield "}"


def headers() -> str:
    """`_headers` for Netlify and Cloudflare Pages: the site's security, and the types of its data."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    for form, media in list(FORMS.items())[1:]:
        charset = "; charset=utf-8" if media.startswith("text/") else ""
        lines += [f"/*.{form}", f"  Content-Type: {media}{charset}", "  Access-Control-Allow-Origin: *"]
    return "\n".join(lines) + "\n"


def _targets(rule: Rule, form: str) -> list[tuple[str, str]]:
    """The targets of a rule, each with the form that it is for, "" for any that is left. `form` is what a server calls
    the form that is asked for."""
    if rule.forms == tuple(FORMS):
        people = [("html", rule.target("html"))] if rule.anchor else []
        return [*people, ("", f"{rule.page}.{form}")]
    return [*((each, rule.target(each)) for each in rule.forms[1:]), ("", rule.target(rule.forms[0]))]


def _encoded(pattern: str) -> str:
    """A pattern as it is found in requests, which hold no letters but those of ASCII (RFC 3987, 3.1)."""
    return re.sub(r"[^\x00-\x7f]+", lambda found: quote(found[0]), pattern)


def _refuse(site: str) -> None:
    if not is_plain(site):
        raise ConfigurationError(
            f"{site} is no address of a site",
            hint="give one like https://kg.example.org/ or https://example.org/kg/: plain letters, a slash at the end",
        )


# ── Netlify and Cloudflare Pages ──────────────────────────────────────────────────────────────────────────────────


def redirects(table: Table, site: str) -> str:
    """`_redirects` for Netlify and Cloudflare Pages, where the addresses are of the host that the site is on.

    They do not look at `Accept`: every address leads to its page, which links to its data. Raises ConfigurationError
    for a site that is none.
    """
    _refuse(site)
    head = [f"# Where {table.base} leads: always to a page, for Accept is not looked at here."]
    path = urlsplit(table.base).path
    whole = table.base == site
    if whole:
        head.append("# Addresses are those of the pages without .html, which these hosts give: only others are here.")
    lines = [line for rule in table.rules if rule.root == table.base for line in _lines(rule, path, site)]
    fixed = [line for line in lines if not re.search(r"/:n\d|\*", line.split()[0])]
    moving = [] if whole else [line for line in lines if line not in fixed]
    if len(fixed) > _STATIC or len(moving) > _DYNAMIC:
        head.append(
            f"# Cloudflare Pages takes {_STATIC} lines without placeholders and {_DYNAMIC} with: more are here."
        )
    return "\n".join([*head, *fixed, *moving]) + "\n"


def _lines(rule: Rule, path: str, site: str) -> Iterator[str]:
    """The lines of a rule: alternatives are written out, names are placeholders, and what follows is a splat."""
    ways: list[tuple[list[str], list[str]]] = [([], [])]
    for step in rule.steps:
        if step is Slot.NAME:
            ways = [([*steps, f":n{len(found)}"], [*found, f":n{len(found)}"]) for steps, found in ways]
        elif step is Slot.REST:
            ways = [([*steps, "*"], [*found, ":splat"]) for steps, found in ways]
        elif isinstance(step, str):
            ways = [([*steps, step], found) for steps, found in ways]
        else:
            ways = [([*steps, word], [*found, word]) for steps, found in ways for word in step]
    for steps, found in ways:
        target = rule.target("html")
        for number, each in enumerate(found, 1):
            target = target.replace(f"\\{number}", each)
        yield f"{path}{_encoded('/'.join(steps))} {site}{target} 303"
