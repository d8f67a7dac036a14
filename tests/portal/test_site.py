"""The whole published site, read without a browser: no address that leads nowhere, nothing that cannot be found."""

import gzip
import posixpath
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest

from narkom.portal.figures import FIGURES
from narkom.portal.languages import LANGUAGES
from narkom.portal.things import NEVER_CITED
from narkom.vocabulary import BASE

from .reading import Site

# What programs look for by its name, beside what links lead to.
FOR_HOSTS = {".htaccess", "404.html", "favicon.svg", "llms.txt", "robots.txt", "sitemap.xml"}
# What scripts load: libraries with their licences, and the engine that answers queries in a worker.
LOADED = ("static/vendor/", "static/engine.js")
MOST_AT_FIRST = 150_000
# Millions of bytes that each kind of files may have, a little more than it has.
MOST = {"pages": 94, "Turtle of each thing": 6.5, "dumps": 43.5, "answers": 7, "data": 3.6, "scripts": 5.2}
MOST_AROUND = 1900
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(published: Path) -> Site:
    return Site(published)


def pages_of(site: Site) -> list[str]:
    """The pages that the portal makes: pyLODE's and the page for nothing are of another kind."""
    return [name for name in site.names if not name.startswith("dump/") and name != "404.html"]


def test_no_address_leads_nowhere(site: Site) -> None:
    broken = set()
    for name in site.names:
        for address in () if name == "404.html" else site.page(name).addresses:
            found, fragment = site.target(name, address)
            if address.startswith("/") or found.startswith(".."):
                broken.add(f"{name}: {address} is not below the site")
            elif found and found not in site.files:
                broken.add(f"{name}: {address} is not there")
            elif fragment and found.endswith(".html") and fragment not in site.page(found).ids:
                broken.add(f"{name}: {address}: no such place on the page")
    assert sorted(broken)[:20] == []


def test_everything_is_found_from_the_first_page(site: Site) -> None:
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        name = ahead.pop()
        fresh = {site.target(name, address)[0] for address in site.page(name).addresses} & site.files - reached
        reached |= fresh
        ahead += [one for one in fresh if one.endswith(".html")]
    zipped = {f"{name}.gz" for name in site.files}
    assert not {name for name in zipped & site.files if name.startswith(("data/answers/", "data/views/"))}
    lost = {name for name in site.files - reached - FOR_HOSTS - zipped if not name.startswith(LOADED)}
    # What a script loads it calls by its name.
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((site.folder / "static").glob("*.js"))}
    own = [name for name in texts if f"static/{name}" in reached]
    for name in own:
        own += [other for other in texts if f'from "./{other}"' in texts[name] and other not in own]
    scripts = "".join(texts[name] for name in own)
    scripts += "".join((site.folder / f"{name}.html").read_text(encoding="utf-8") for name in FIGURES)
    called = {name for name in lost if name in scripts or posixpath.basename(name) in scripts}
    # Of the two indexes of the search the script has the names alone.
    called |= {name for name in lost if f'read("{posixpath.basename(name).removesuffix(".json")}")' in scripts}
    assert sorted(lost - called)[:20] == []


def test_a_page_has_one_title_and_heading_of_its_own_in_its_language(site: Site) -> None:
    titles, wrong = Counter(), []
    for name in pages_of(site):
        page = site.page(name)
        language = "ru" if name.startswith("ru/") else "en"
        titles[language, page.title] += 1
        levels = [int(heading[1]) for heading in page.headings]
        skipped = any(below > above + 1 for above, below in pairwise(levels))
        if page.language != language or levels.count(1) != 1 or levels[0] != 1 or skipped:
            wrong.append(f"{name}: {page.language} {page.headings[:9]}")
        if len(page.ids) != len(set(page.ids)):
            wrong.append(f"{name}: a name twice")
    assert wrong[:20] == []
    assert [title for title, count in titles.items() if count > 1][:20] == []


def test_each_page_leads_to_itself_in_the_other_language_and_back(site: Site) -> None:
    wrong, told = [], defaultdict(dict)
    for name in pages_of(site):
        for link in site.page(name).related("alternate"):
            if "hreflang" in link:
                told[name][link["hreflang"]] = site.target(name, link["href"])[0]
        if set(told[name]) != set(LANGUAGES) or name not in told[name].values():
            wrong.append(name)
    wrong += [name for name, its in told.items() for other in its.values() if told[other] != its]
    assert wrong[:20] == []


def test_each_page_has_licence_citation_and_the_way_back(site: Site) -> None:
    wrong = []
    for name in pages_of(site):
        page = site.page(name)
        home = "ru/index.html" if name.startswith("ru/") else "index.html"
        if not page.related("license") or home not in {site.target(name, link["href"])[0] for link in page.links}:
            wrong.append(name)
        # Of a thing, what to cite for it; lists and the like are cited as a whole, and derived days by their claims.
        thing = name.removeprefix("ru/").removesuffix(".html")
        cited = f"{thing}.ttl" in site.files and "/" in thing and not thing.startswith(NEVER_CITED)
        if cited != ("cite" in page.classes) and not thing.startswith("question/"):
            wrong.append(f"{name}: {'no' if cited else 'a'} citation")
    assert wrong[:20] == []


def test_no_page_has_a_script_or_a_style_in_itself(site: Site) -> None:
    assert [(name, site.page(name).inline) for name in pages_of(site) if site.page(name).inline][:20] == []


def test_what_is_loaded_with_a_page_is_of_the_site(site: Site) -> None:
    elsewhere = {one for name in pages_of(site) for one in site.page(name).loaded if not site.target(name, one)[0]}
    assert elsewhere == set()


def test_the_first_page_is_small(site: Site) -> None:
    for name in ("index.html", "ru/index.html"):
        names = [name, *(site.target(name, one)[0] for one in site.page(name).loaded)]
        size = sum(len(gzip.compress((site.folder / one).read_bytes())) for one in names)
        assert 1000 < size <= MOST_AT_FIRST, (name, size)


def test_what_is_compressed_is_the_same(site: Site) -> None:
    zipped = [name for name in site.files if name.endswith(".gz")]
    assert len(zipped) > 20
    for name in zipped:
        held, plain = gzip.decompress((site.folder / name).read_bytes()), site.folder / name[:-3]
        assert held == plain.read_bytes() if plain.exists() else len(held) > 1000 or "answers/" in name, name


def test_the_site_is_light(site: Site) -> None:
    sizes = {name: (site.folder / name).stat().st_size for name in site.files}
    kinds = {
        "pages": [name for name in site.names if not name.startswith("dump/")],
        "Turtle of each thing": [name for name in sizes if name.endswith(".ttl") and not name.startswith("dump/")],
        "dumps": [name for name in sizes if name.startswith("dump/")],
        "answers": [name for name in sizes if name.startswith("question/") and not name.endswith(".html")],
        "data": [name for name in sizes if name.startswith("data/")],
        "scripts": [name for name in sizes if name.startswith("static/")],
    }
    found = {kind: sum(sizes[name] for name in names) for kind, names in kinds.items()}
    assert {kind: size for kind, size in found.items() if not MOST[kind] * 0.7e6 < size <= MOST[kind] * 1e6} == {}
    assert sum(sizes.values()) < 1.02e6 * sum(MOST.values())
    # What is not of every page stands in the middle of it.
    around = [len((site.folder / name).read_bytes().partition(b"<main")[0]) for name in kinds["pages"]]
    assert sum(around) / len(around) < MOST_AROUND


def test_the_site_map_names_every_page_and_nothing_else(site: Site) -> None:
    root = ET.parse(site.folder / "sitemap.xml").getroot()
    assert root.tag == f"{MAP}urlset" and {one.tag for one in root} == {f"{MAP}url"}
    named = [one.findtext(f"{MAP}loc") for one in root]
    # Its rules: at most 50,000 addresses of at most 2,048 signs, all of the site, none twice.
    assert len(named) == len(set(named)) < 50_000
    assert all(one.startswith(BASE) and len(one) < 2048 for one in named)
    assert {one.removeprefix(BASE) for one in named} == set(pages_of(site))


def test_the_feed_is_sound(site: Site) -> None:
    feed = ET.parse(site.folder / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            assert one.findtext(f"{ATOM}{needed}"), needed
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    (own,) = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == f"{BASE}feed.xml"
    links = [link for entry in feed.findall(f"{ATOM}entry") for link in entry.findall(f"{ATOM}link")]
    assert links and all(link.get("href").startswith(BASE) for link in links)


def test_robots_may_read_everything_and_learn_of_the_map(site: Site) -> None:
    robots = RobotFileParser()
    robots.parse((site.folder / "robots.txt").read_text(encoding="ascii").splitlines())
    assert robots.can_fetch("*", f"{BASE}person/ezhov.html") and robots.site_maps() == [f"{BASE}sitemap.xml"]


def test_the_page_for_nothing_leads_on_from_any_depth(site: Site) -> None:
    page = site.page("404.html")
    addresses = [one for one in page.addresses if not one.startswith(("#", "data:", "https://creativecommons"))]
    assert len(addresses) > 4
    for address in addresses:
        assert address.startswith(BASE), address
        name = address.removeprefix(BASE)
        assert (posixpath.join(name, "index.html") if name.endswith("/") else name or "index.html") in site.files
    assert "style" in page.inline and not [one for one in page.loaded if not one.startswith(BASE)]
