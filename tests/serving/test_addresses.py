"""Every address of our own that a published file names leads somewhere: on the live server, and on a static host."""

import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox
import pytest

from narkom.publishing.files import MEDIA
from narkom.vocabulary import BASE

from .apache import apache, reason
from .conftest import serving

RDF = {media for suffix, media in MEDIA.items() if suffix not in ("html", "json")}
# What a client sends, and what it must get: a page, or RDF of one of these types.
ACCEPTS: dict[str, tuple[str, set[str]]] = {
    "browser": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", {"text/html"}),
    "curl": ("*/*", {"text/html"}),
    "turtle": ("text/turtle", {"text/turtle"}),
    "rdfxml": ("application/rdf+xml", {"application/rdf+xml"}),
    "jsonld": ("application/ld+json", {"application/ld+json"}),
    "protege": ("application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09",
                {"application/rdf+xml"}),
    "jena": ("text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,"
             "application/n-quads,application/trig;q=0.9,*/*;q=0.3", RDF),
    "rdflib": ("application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1",
               {"application/rdf+xml"}),
}  # fmt: skip
# A nanopublication has named graphs, which Turtle and RDF/XML do not: such a client gets the form that there is.
GRAPHS_ONLY = {"np": {"application/trig", "application/ld+json", "application/n-quads"}}
# A static host has the profiles in Turtle alone that is not compressed, and names that only they mint lead there.
IN_TURTLE = re.compile(r"(?:timespan|appellation|[a-z0-9]+/(?:assertion|association|record|retelling|word))/.+"
                       "|activity/encoding|contributors")  # fmt: skip
# What has one form: files by their own name, lists and the site's front page are pages, and only a server answers.
ONE_FORM = re.compile(r"|(?:[a-z0-9]+/)?[a-z-]+/|dump/.+|sparql|.+\.[a-z]+")
EACH = 8


@pytest.fixture(scope="module")
def named(contents: dict[str, bytes]) -> dict[str, list[str]]:
    """Return every address under the base that a published file names, without fragment, by pattern."""
    found = set()
    for name, data in contents.items():
        if name.endswith((".nt", ".nq", ".trig", ".ttl")):
            form = ox.RdfFormat.from_extension(name.rpartition(".")[2])
            for quad in ox.parse(data, format=form):
                parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
                found |= {part.value for part in parts if isinstance(part, ox.NamedNode)}
        found |= set(re.findall(rf"{re.escape(BASE)}[^\s<>\"'`()\[\]{{}}|\\^&]*", data.decode()))
    groups = defaultdict(set)
    for address in found:
        if address.startswith(BASE):
            local = address.partition("#")[0].removeprefix(BASE).rstrip(".,;&")
            groups[_pattern(local)].add(local)
    return {pattern: sorted(locals_) for pattern, locals_ in sorted(groups.items())}


def _pattern(local: str) -> str:
    """A kind of address: what stands before the slash, and whether a claim or a part of one stands behind it."""
    folder, slash, rest = local.rpartition("/")
    if local.startswith("dump/") or not folder or not rest:
        return local
    of_claims = folder.rpartition("/")[2] in ("assertion", "association", "record", "retelling", "timespan", "word")
    named = re.sub(r"^(?:ssc-)?[a-z]+\d+s\d+[a-z]*(-\d+$|-.+$|$)", lambda m: f"claim{bool(m[1]) * '-'}", rest)
    return folder + slash + named[:6] * of_claims


def sample(group: list[str]) -> list[str]:
    """The first, the last and some between."""
    return sorted({*group[:: max(1, len(group) // EACH)], group[-1]})


def test_the_addresses_are_of_every_kind_that_is_minted(named) -> None:
    kinds = {part for pattern in named for part in pattern.split("/")}
    assert {"assertion", "association", "record", "retelling", "word", "timespan", "appellation", "np", "activity",
            "contributors", "bound", "imputed", "dating", "catalogue", "void", "question", "ontology", "dump",
            "sparql", "person", "claim"} <= kinds  # fmt: skip
    assert sum(len(group) for group in named.values()) > 15_000


def follow(
    client: httpx.Client, address: str, accept: str, moved: Callable[[str], str], read: dict | None = None
) -> tuple[str, httpx.Response]:
    """Follow redirects, addresses under the base being where `moved` says; what is in `read` is not read again."""
    read = {} if read is None else read
    for _ in range(6):
        response = read.get(address) or client.get(moved(address), headers={"Accept": accept})
        if not response.is_redirect:
            read[address] = response
            return address, response
        address = urljoin(str(response.url), response.headers["Location"])
    raise AssertionError(f"too many redirects at {address}")


def wrongs(
    client: httpx.Client, named: dict, accept: str, moved: Callable[[str], str], static: bool = False
) -> Iterator[str]:
    header, wanted = ACCEPTS[accept]
    read: dict[str, httpx.Response] = {}
    for group in named.values():
        for local in sample(group):
            _, response = follow(client, BASE + local, header, moved, read)
            media = response.headers.get("content-type", "").partition(";")[0]
            allowed = wanted | (GRAPHS_ONLY.get(local.partition("/")[0], set()) if wanted <= RDF else set())
            if static and wanted <= RDF and IN_TURTLE.fullmatch(local):
                allowed = {"text/turtle"}
            if response.status_code != 200 or not (media in allowed or ONE_FORM.fullmatch(local)):
                yield f"{local}: {response.status_code} {media}"
            elif media.startswith("text/") and "charset=utf-8" not in response.headers["content-type"].lower():
                yield f"{local}: {response.headers['content-type']} names no encoding"


def undescribed(client: httpx.Client, named: dict, moved: Callable[[str], str]) -> Iterator[str]:
    """Yield one address of each pattern that the Turtle or TriG it leads to does not speak of."""
    read: dict[str, httpx.Response] = {}
    speaks: dict[str, set[str]] = {}
    for group in named.values():
        local = group[0]
        if ONE_FORM.fullmatch(local):
            continue
        address, response = follow(client, BASE + local, "text/turtle", moved, read)
        form = ox.RdfFormat.from_media_type(response.headers["content-type"])
        nodes = speaks.get(address) or {
            node.value.partition("#")[0]
            for quad in ox.parse(response.content, format=form)
            for node in (quad.subject, quad.object, quad.graph_name)
            if isinstance(node, ox.NamedNode)
        }
        speaks[address] = nodes
        if BASE + local not in nodes:
            yield f"{local}: not in {address}"


# -- the live server -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    log = tmp_path_factory.mktemp("log") / "log"
    with (
        serving(built, log, "--timeout", "120", "--memory", "1024") as server,
        httpx.Client(base_url=server.url, timeout=300, trust_env=False) as client,
    ):
        yield client


@pytest.mark.parametrize("accept", ACCEPTS)
def test_every_address_resolves_on_the_server(live: httpx.Client, named, accept: str) -> None:
    once = {pattern: group for pattern, group in named.items() if not pattern.startswith("dump/")}
    assert list(wrongs(live, once, accept, lambda address: address.removeprefix(BASE))) == []


def test_what_the_server_leads_to_describes_the_name(live: httpx.Client, named) -> None:
    assert list(undescribed(live, named, lambda address: address.removeprefix(BASE))) == []


def test_the_server_gives_the_published_files(live: httpx.Client, named, files) -> None:
    names = [pattern.removeprefix("dump/") for pattern in named if pattern.startswith("dump/") and pattern != "dump/"]
    assert len(names) > 25
    for name in names:
        response = live.get(f"dump/{name}")
        assert response.status_code == 200, name
        assert statements(unpacked(name, response.content), name) == statements(unpacked(name, files[name]), name), name


def unpacked(name: str, data: bytes) -> bytes:
    return gzip.decompress(data) if name.endswith(".gz") else data


def statements(data: bytes, name: str) -> set[str]:
    """Return what a file says but for sizes and digests, which files made on request lack, and numbers' spellings."""
    form = ox.RdfFormat.from_extension(name.removesuffix(".gz").rpartition(".")[2])
    return {
        str(quad)
        for quad in (ox.parse(data, format=form) if form else ())
        if "decimal" not in str(quad.object) and not re.search(r"byteSize|spdx|-sha256", str(quad))
    }


def test_the_server_knows_no_name_of_a_claim_that_is_not_there(live: httpx.Client) -> None:
    for path in (
        "ssc/assertion/p999s1a",
        "ssc/record/p999s1a",
        "ssc/word/p999s1a",
        "ssc/retelling/p999s1a-ezhov",
        "question/nothing",
        "dump/nothing.ttl",
        "np/",
        "timespan",
    ):
        status = live.get(path, headers={"Accept": "text/turtle"}).status_code
        assert status == (303 if path.endswith("/") else 404), path


# -- a static host ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def static(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    if reason():
        pytest.skip(reason())
    with (
        apache(request.getfixturevalue("published")) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client


def ids(place: str) -> Callable[[str], str]:
    return lambda address: address.replace(BASE, f"/ids-of-{place}/")


@pytest.mark.parametrize("place", ["root", "folder"])
@pytest.mark.parametrize("accept", ACCEPTS)
def test_every_address_resolves_on_a_static_host(static: httpx.Client, named, accept: str, place: str) -> None:
    assert list(wrongs(static, named, accept, ids(place), static=True)) == []


def test_what_a_static_host_leads_to_describes_the_name(static: httpx.Client, named) -> None:
    assert list(undescribed(static, named, ids("folder"))) == []


def test_a_static_host_sends_the_published_files(static: httpx.Client, files) -> None:
    for name, data in files.items():
        _, response = follow(static, f"{BASE}dump/{name}", "*/*", ids("folder"))
        media = (MEDIA | {"gz": "application/gzip"}).get(name.rpartition(".")[2], "text/plain")
        assert response.headers["content-type"].partition(";")[0] == media, name
        assert response.content == data, name
    _, sums = follow(static, f"{BASE}SHA256SUMS", "*/*", ids("root"))
    assert sums.content == files["SHA256SUMS"]


def test_identifiers_host_leads_to_every_kind_of_page(static: httpx.Client, published) -> None:
    # The site map names pages below the base, as the page for nothing and the feed do.
    pages = re.findall(r"<loc>([^<]*)</loc>", (published / "sitemap.xml").read_text(encoding="utf-8"))
    assert {f"{BASE}ru/person/iagoda.html", f"{BASE}ru/ssc/claim/p1s1a.html", f"{BASE}index.html"} <= set(pages)
    for address in (*pages[::97], f"{BASE}ru/", f"{BASE}ru/person/", f"{BASE}feed.xml", f"{BASE}sitemap.xml"):
        assert follow(static, address, "*/*", ids("root"))[1].status_code == 200, address


def test_a_static_host_compresses_only_for_who_takes_it(static: httpx.Client, files) -> None:
    name = "narkom-accepted.ttl"
    zipped = static.get(f"/dump/{name}", headers={"Accept-Encoding": "gzip"})
    plain = static.get(f"/dump/{name}", headers={"Accept-Encoding": "identity"})
    assert (zipped.headers.get("content-encoding"), plain.headers.get("content-encoding")) == ("gzip", None)
    assert zipped.content == plain.content == files[name]
    assert int(zipped.headers["content-length"]) * 4 < int(plain.headers["content-length"])
    assert {"accept-encoding"} == {one.headers["vary"].lower() for one in (zipped, plain)}
    # By its own name it is the compressed file itself: who saves it gets what it is called.
    own = static.get(f"/dump/{name}.gz", headers={"Accept-Encoding": "gzip"})
    assert own.headers["content-type"].partition(";")[0] == "application/gzip"
    assert "content-encoding" not in own.headers
    assert gzip.decompress(own.content) == files[name]


@pytest.mark.parametrize("path", ["/nothing", "/below/a/folder/person/nobody.html", "/below/a/folder/no/such/depth"])
def test_the_page_for_nothing_works_at_any_depth(static: httpx.Client, path: str) -> None:
    response = static.get(path)
    assert response.status_code == 404
    assert "<style>" in response.text
    links = re.findall(r'(?:href|src|action)="([^"]*)"', response.text)
    # None is relative: of a name of any depth the browser would look for it in a folder that is not there.
    assert [link for link in links if not link.startswith(("https://", "#", "data:"))] == []
    ours = [link for link in links if link.startswith(BASE)]
    assert len(ours) > 4
    for link in ours:
        assert follow(static, link, "text/html", ids("folder"))[1].status_code == 200, link
