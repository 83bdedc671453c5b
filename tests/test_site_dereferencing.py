"""Where addresses lead: one table of rules, in Python and as servers read it."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from official_lists import DATA
from onrecord.documents import KINDS, Documents
from onrecord.documents.kinds import kind_of
from onrecord.documents.paths import paths_of
from onrecord.errors import ConfigurationError
from onrecord.site.dereferencing import FORMS, VOCABULARY, Table, accepted, form_of, table
from onrecord.site.servers import SECURITY, headers, htaccess, nginx, redirects
from onrecord.store import Release
from onrecord.vocabulary.terms import CONCEPTS, onr
from onrecord.writers.parts.layout import place

SITE = "https://kg.example.org/site/"
ODD = {
    f"<{DATA}{rest}>"
    for rest in (
        "organization/Bank",
        "organization/bank",
        "organization/bank~",
        "organization/con",
        "organization/-x",
        "organization/page.html",
        "organization/..%2F..%2Fetc",
        "organization/طالبان",
        "entry/un/A%2FB%20(1)",
        "entry/un/QDi.001",
        f"person/{'x' * 200}",
        "source/a/act/$1",
    )
}
"""Nodes whose pages cannot lie where their addresses say, among some whose pages can."""
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
PYLD = "application/ld+json, application/json;q=0.5, text/html;q=0.8, application/xhtml+xml;q=0.8"


@pytest.fixture(scope="module")
def subjects(founding: Path) -> set[str]:
    return {str(quad.subject) for quad in Release.latest(founding).store()}


@pytest.fixture(scope="module")
def paths(founding: Path) -> dict[str, str]:
    documents = Documents(Release.latest(founding).store(), DATA)
    return paths_of((node for node, _ in documents.roots(KINDS)), DATA)


@pytest.fixture(scope="module")
def ours(paths: dict[str, str]) -> Table:
    return table(DATA, paths)


def test_every_subject_of_the_dataset_leads_to_a_page_that_there_is(
    subjects: set[str], paths: dict[str, str], ours: Table
) -> None:
    there = {*paths.values(), "index", "about"}
    for subject in subjects:
        led = ours.lead(subject[1:-1])
        assert led, subject
        page, _, anchor = led.partition("#")
        assert page.removesuffix(".html") in there, subject
        if subject in paths:
            assert (page, anchor) == (f"{paths[subject]}.html", "")
        elif page not in ("index.html", "about.html"):
            assert subject[1:-1].endswith(f"/{anchor}")
    assert len(subjects) > 600


def test_a_part_leads_to_its_place_on_the_page_of_what_it_is_part_of(subjects: set[str], ours: Table) -> None:
    parts = {s[1:-1] for s in subjects if not kind_of(s, DATA) and "/graph/" not in s and s != f"<{DATA}>"}
    for part in parts:
        owner = part[: place(part, DATA).owner]
        if "/words/" not in part and "/attribution/" not in part:
            assert ours.lead(part) == f"{owner[len(DATA) :]}.html#{part[len(owner) + 1 :]}"
    words = next(part for part in sorted(parts) if "/words/" in part and part.endswith("/quote"))
    source, _, rest = words.partition("/words/")
    assert ours.lead(words) == f"{source[len(DATA) :]}.html#words/{rest}"


def test_data_is_given_whole_and_without_a_place(ours: Table) -> None:
    start = f"{DATA}source/a/designation/x/start"
    assert ours.lead(start, BROWSER) == "source/a/designation/x.html#start"
    assert ours.lead(start, JENA) == "source/a/designation/x.ttl"
    assert ours.lead(start, PYLD) == "source/a/designation/x.jsonld"


def test_odd_names_lead_to_the_pages_that_were_written_for_them() -> None:
    paths = paths_of(ODD, DATA)
    made = table(DATA, paths)
    assert len(set(paths.values())) == len(ODD)
    for node, path in paths.items():
        assert made.lead(node[1:-1]) == f"{path}.html"
        assert made.lead(f"{node[1:-1]}/start") == f"{path}.html#start"
        assert made.lead(node[1:-1], JENA) == f"{path}.ttl"
    assert made.lead(f"{DATA}entry/un/QDi.001") == "entry/un/QDi.001.html"


@pytest.mark.parametrize(
    "rest",
    ["organization/nobody.html", "organization/nobody.ttl", "source/x/act/y.jsonld", "nothing/x", "organization/"],
)
def test_what_is_a_file_or_nothing_leads_nowhere(ours: Table, rest: str) -> None:
    assert ours.lead(DATA + rest) is None


def test_terms_lead_to_their_places_in_the_reference(ours: Table) -> None:
    assert ours.lead(onr.Designation.iri) == "ns.html#Designation"
    assert ours.lead(onr.Designation.iri, "text/turtle") == "ns.ttl#Designation"
    for scheme, concepts in CONCEPTS.items():
        assert ours.lead(f"{VOCABULARY}scheme/{scheme}") == f"scheme/{scheme}.html"
        for name, concept in concepts.items():
            assert ours.lead(concept[1:-1]) == f"scheme/{scheme}.html#{name}"
    assert ours.lead(f"{VOCABULARY}context/1.jsonld", BROWSER) == "context/1.jsonld"
    assert ours.lead(f"{VOCABULARY}context/2.jsonld") is None
    assert table("https://kg.example.org/id/", {}).lead(onr.Designation.iri) is None


# ── Accept ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        (JENA, "ttl"),
        (PYLD, "jsonld"),
        ("Text/Turtle", "ttl"),
        ("application/ld+json, text/html", "html"),
        ("application/ld+json;profile=x, text/html;q=0.9", "jsonld"),
        ("text/html;q=0.4, text/turtle;q=0.5", "ttl"),
        ("text/turtle;q=0, text/html;q=0.1", "html"),
        ("text/turtle;q=0", "html"),
        ("text/turtle;q=0.1, */*", "html"),
        ("text/turtle2", "html"),
        ("application/rdf+xml", "html"),
        ("application/json", "jsonld"),
        ("text/html; q=0.2 , text/turtle ; q=0.75;x=y", "ttl"),
    ],
)
def test_the_form_is_what_is_asked_for(accept: str, form: str) -> None:
    assert form_of(accept) == form


_MEDIA = {"text/html": "html", "application/ld+json": "jsonld", "text/turtle": "ttl", "image/png": "", "*/*": "html"}
_RANGES = st.lists(
    st.tuples(st.sampled_from(sorted(_MEDIA)), st.integers(0, 10), st.sampled_from(["", ";level=1", "; a=b"])),
    max_size=5,
)


@given(_RANGES)
def test_weights_count_as_in_a_plain_reading(ranges: list[tuple[str, int, str]]) -> None:
    order = list(_MEDIA)
    header = ", ".join(f"{media}{more};q={tenths / 10}" for media, tenths, more in ranges)
    asked = [(-tenths, order.index(media)) for media, tenths, _ in ranges if tenths and media != "image/png"]
    assert form_of(header) == (_MEDIA[order[min(asked)[1]]] if asked else "html")


@pytest.mark.parametrize("hostile", ["," * 8000, "text/turtle" + ";" * 8000, "text/turtle;" + " " * 8000 + "q"])
def test_a_hostile_header_takes_no_time(hostile: str) -> None:
    start = time.process_time()
    form_of(hostile)
    assert time.process_time() - start < 5


# ── As servers read it ────────────────────────────────────────────────────────────────────────────────────────────


def test_lines_of_redirects_say_what_the_table_says(subjects: set[str], paths: dict[str, str]) -> None:
    base = "https://kg.example.org/id/"
    moved = {f"<{base}{node[len(DATA) + 1 :]}": path for node, path in (paths | paths_of(ODD, DATA)).items()}
    made = table(base, moved)
    lines = [line.split() for line in redirects(made, SITE).splitlines() if not line.startswith("#")]
    assert {code for _, _, code in lines} == {"303"}
    assert sum("*" in source or ":n" in source for source, _, _ in lines) <= 100  # what Cloudflare Pages takes

    def lead(path: str) -> str | None:
        for source, target, _ in lines:
            pattern = re.sub(r":(n\d)", r"(?P<\1>[^/]+)", re.escape(source).replace(r"\*", "(?P<splat>.*)"))
            if found := re.fullmatch(pattern, path):
                taken = found.groupdict()
                return "".join(taken.get(part[1:], part) or "" for part in re.split(r"(:n\d|:splat)", target))
        return None

    for subject in subjects:
        iri = f"{base}{subject[len(DATA) + 1 : -1]}"
        assert lead(iri.removeprefix("https://kg.example.org")) == f"{SITE}{made.lead(iri)}"


def test_a_site_at_the_addresses_themselves_has_no_lines_that_would_catch_its_pages() -> None:
    lines = redirects(table("https://kg.example.org/", {}), "https://kg.example.org/").splitlines()
    assert [line for line in lines if "*" in line.split()[0] or "/:n" in line] == []


@pytest.mark.parametrize(
    "site", ["kg.example.org", "https://kg.example.org", "https://x/$1/", 'https://x/"/', "javascript:x/"]
)
@pytest.mark.parametrize("write", [htaccess, nginx, redirects])
def test_a_site_without_a_plain_address_is_refused(site: str, write: Callable[[Table, str], str]) -> None:
    with pytest.raises(ConfigurationError):
        write(table(DATA, {}), site)


def test_security_and_types_are_in_the_headers() -> None:
    text = headers()
    assert "default-src 'self'" in text
    assert "nosniff" in text
    assert "unsafe" not in text
    assert re.search(r"/\*\.jsonld\n  Content-Type: application/ld\+json\n", text)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


Ask = Callable[[str, str], tuple[int, str, dict[str, str]]]


def _asking(port: int) -> Ask:
    def ask(path: str, accept: str) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={"Accept": accept} if accept else {})
        answer = connection.getresponse()
        answer.read()
        found = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return answer.status, found.get("location", ""), found

    return ask


def _running(command: list[str], port: int) -> Iterator[Ask]:
    """A server that is asked while it runs, and ended afterwards."""
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            assert process.poll() is None, f"{command[0]} has ended: it says why above"
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield _asking(port)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def everything(paths: dict[str, str]) -> Table:
    return table(DATA, paths_of({*paths, *ODD}, DATA))


@pytest.fixture(scope="module")
def by_nginx(everything: Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None or not Path("/etc/nginx/mime.types").exists():
        pytest.skip("nginx is not installed here: on Debian, apt install nginx-light")
    folder, port = tmp_path_factory.mktemp("nginx"), _free_port()
    page = folder / "site" / "organization" / "taliban.jsonld"
    page.parent.mkdir(parents=True)
    page.write_text("{}")
    text = nginx(everything, "https://w3id.org/").replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = text.replace("/srv/onrecord;", f"{folder}/site;").replace("mime.types", "/etc/nginx/mime.types")
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; master_process off; pid {folder}/pid; error_log stderr warn; events {{}}\n"
        f"http {{ access_log off; {places}\n{text} }}"
    )
    yield from _running([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port)


@pytest.fixture(scope="module")
def by_apache(everything: Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    program, modules = shutil.which("apache2", path="/usr/sbin"), Path("/usr/lib/apache2/modules")
    if program is None or not modules.is_dir():
        pytest.skip("Apache is not installed here: on Debian, apt install apache2-bin")
    folder, port = tmp_path_factory.mktemp("apache"), _free_port()
    (folder / "www" / "onrecord").mkdir(parents=True)
    (folder / "www" / "onrecord" / ".htaccess").write_text(htaccess(everything, SITE))
    needed = ("mpm_event", "authz_core", "setenvif", "rewrite", "headers")
    loads = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in needed)
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName w3id.org\nListen 127.0.0.1:{port}\n{loads}PidFile {folder}/pid\n"
        f"ErrorLog {folder}/errors\nDocumentRoot {folder}/www\n"
        f"<Directory {folder}/www>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    yield from _running([program, "-X", "-f", str(folder / "apache.conf")], port)


def _path(iri: str) -> str:
    """The path that is asked for: an address without what stays with the browser, in ASCII."""
    return quote(iri.partition("#")[0].removeprefix("https://w3id.org"), safe="/%:()$~")


def _wrong(ask: Ask, made: Table, iris: list[str], site: str) -> list[object]:
    wrong: list[object] = []
    for number, iri in enumerate(iris):
        accept = (BROWSER, JENA, PYLD, "")[number % 4]
        status, location, _ = ask(_path(iri), accept)
        wanted = f"{site}{made.lead(iri.partition('#')[0], accept)}"
        if (status, location) != (303, wanted):
            wrong.append((iri, accept, status, location, wanted))
    return wrong


@pytest.fixture(scope="module")
def addresses(subjects: set[str]) -> list[str]:
    terms = [onr.Designation.iri, f"{VOCABULARY}context/1.jsonld", f"{VOCABULARY}scheme/", f"{VOCABULARY}shapes"]
    terms += [concept[1:-1] for concepts in CONCEPTS.values() for concept in concepts.values()]
    odd = [node[1:-1] for node in ODD]
    return sorted({*(subject[1:-1] for subject in subjects), *odd, *(f"{node}/start" for node in odd), *terms})


def test_nginx_leads_every_address_where_the_table_says(by_nginx: Ask, everything: Table, addresses: list[str]) -> None:
    assert _wrong(by_nginx, everything, addresses, "https://w3id.org/") == []
    assert by_nginx("/onrecord/data/organization/nobody.html", "")[0] == 404
    assert by_nginx("/onrecord/data/organization/taliban?x=1", "")[1] == "https://w3id.org/organization/taliban.html"


def test_nginx_gives_files_with_their_types_and_says_what_is_safe(by_nginx: Ask) -> None:
    status, _, found = by_nginx("/organization/taliban.jsonld", "")
    assert (status, found["content-type"]) == (200, "application/ld+json")
    assert {name: found[name.lower()] for name in SECURITY} == SECURITY
    assert found["vary"] == "Accept"


def test_apache_leads_every_address_where_the_table_says(
    by_apache: Ask, everything: Table, addresses: list[str]
) -> None:
    plain = [iri for iri in addresses if "%2F" not in iri]
    assert _wrong(by_apache, everything, plain, SITE) == []
    assert by_apache("/onrecord/data/organization/nobody.html", "")[0] == 404
    status, location, found = by_apache("/onrecord/data/organization/taliban?x=1", JENA)
    assert (status, location) == (303, f"{SITE}organization/taliban.ttl")
    assert "Accept" in found["vary"]


def test_a_site_elsewhere_has_a_server_of_its_own(everything: Table) -> None:
    text = nginx(everything, SITE)
    assert re.findall("server_name (.*);", text) == ["w3id.org", "kg.example.org"]
    assert list(FORMS) == ["html", "jsonld", "ttl"]
    assert len(accepted()) == 40
