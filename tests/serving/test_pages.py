"""Identifiers that lead somewhere, and what stands there."""

import html
import json
import re
from html.parser import HTMLParser

import httpx
import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/narkom/"
VIEWS = ("accepted", "strict", "wide", "all")


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"), ("*/*", "html"), ("text/html,application/xhtml+xml,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("application/rdf+xml", "rdf"),
        ("text/turtle;q=0.5, application/ld+json;q=0.7", "jsonld"), ("application/trig", "trig"),
        ("application/n-triples", "nt"), ("application/xhtml+xml", "html"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "name",
    ["person/iagoda", "ssc/claim/p22s1c", "ssc/note/36", "ssc/passage/p22s1", "ssc/paragraph/p22",
     "event/arrest-iagoda", "ontology", "stance/charged", "stance", "office/nkvd-commissar", "view/accepted",
     "alleged/iagoda-conspiracy", "concept/arrest", "work/state-security-chief"],
)  # fmt: skip
def test_an_identifier_leads_to_a_document(client: httpx.Client, name: str, accept: str | None, suffix: str) -> None:
    response = client.get(name, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["vary"]) == (303, "Accept, Accept-Language")
    assert response.headers["location"] == f"{name.rpartition('/')[2]}.{suffix}"
    document = client.get(f"{name}.{suffix}")
    assert document.status_code == 200
    assert document.content


def test_what_cannot_be_had_is_406(client: httpx.Client) -> None:
    assert client.get("person/iagoda", headers={"Accept": "image/png"}).status_code == 406


def _triples(client: httpx.Client, path: str, form: ox.RdfFormat) -> list[ox.Quad]:
    response = client.get(path)
    return list(ox.parse(response.content, format=form))


def test_turtle_never_holds_a_charge(client: httpx.Client) -> None:
    alleged = ox.NamedNode(BASE + "ontology#allegedLeaderOf")
    for path in ("person/iagoda", "ssc/claim/p22s1g", "alleged/iagoda-conspiracy"):
        triples = _triples(client, f"{path}.ttl", ox.RdfFormat.TURTLE)
        assert triples
        assert alleged not in {t.predicate for t in triples}
        for suffix, form in (("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)):
            quads = [q for q in _triples(client, f"{path}.{suffix}", form) if q.predicate == alleged]
            assert {q.graph_name.value for q in quads} == {BASE + "ssc/claim/p22s1g"}


def test_a_page_sets_charges_apart(client: httpx.Client) -> None:
    page = client.get("person/iagoda.html").text
    facts, _, charges = page.partition("Charged, not vouched for by the authors")
    assert "Iagoda was arrested on 29 March 1937." in facts
    assert "Генрих Григорьевич Ягода" in facts
    assert "p22s1g" in charges
    assert 'href="../ssc/note/36.html"' in facts
    assert "What links here" in page
    claim = client.get("ssc/claim/p22s1g.html").text
    assert "Charged, not vouched for by the authors" in claim
    assert 'application/ld+json">' not in claim.replace('rel="alternate"', "")


def test_search_engines_are_told_where_a_town_lies(client: httpx.Client) -> None:
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get("place/kiev.html").text, re.S)
    assert {"latitude": 50.45466, "longitude": 30.5238}.items() <= json.loads(told[1]).items()


def _section(page: str, heading: str) -> str:
    """Return a section of a page without its tags."""
    found = re.search(rf"<section[^>]*><h2>{re.escape(heading)}.*?</section>", page, re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def test_an_event_tells_when_it_was_and_why(client: httpx.Client) -> None:
    page = client.get("event/arrest-bukharin.html").text
    when = _section(page, "When")
    assert "not before" in when and "not after" in when
    assert "inherited" in when and "p17s5a" in when
    assert "Central Committee Plenum of February–March 1937" in _section(page, "The whole and its parts")
    assert "Арест Бухарина" in page
    told = _section(client.get("event/arrest-iagoda.html").text, "When")
    assert "29 March 1937" in told and "told" in told and "not before" not in told


def test_a_whole_tells_its_parts_and_its_order(client: httpx.Client) -> None:
    page = client.get("event/plenum-1937-02.html").text
    parts, when = _section(page, "The whole and its parts"), _section(page, "When")
    assert "in the course of it" in parts and "Arrest of Bukharin" in parts
    assert "after" in when and "Central Committee Plenum of December 1936" in when
    report = _section(client.get("event/speech-ezhov-plenum-1937-06.html").text, "The whole and its parts")
    assert "its points" in report and "Ezhov's accusation" in report


def test_a_claim_tells_whose_word_it_is_and_through_whom_it_came(client: httpx.Client) -> None:
    said = _section(client.get("ssc/claim/p28s5e.html").text, "Where it is said")
    assert re.search(r"on whose word\s+Iagoda", said)
    assert re.search(r"said in\s+Testimony of Iagoda shown to Zbarskii", said)
    assert re.search(r"handed on by\s+Ezhov\s+B. I. Zbarskii\s+A. P. Shtein", said), (
        "in the order in which they told it"
    )
    inferred = _section(client.get("ssc/claim/p28s5f.html").text, "Where it is said")
    assert "inferred by the encoder" in inferred


def test_what_is_testified_stands_apart(client: httpx.Client) -> None:
    page = client.get("event/death-slutskii.html").text
    facts, _, testified = page.partition("Testified in custody or court, not vouched for by the authors")
    assert "Slutskii" in facts
    assert "Frinovskii" in testified
    only = client.get("event/order-ezhov-frinovskii-slutskii-1938-02.html").text
    assert "Known from claims alone that the authors do not vouch for." in only


def test_an_imputed_act_is_no_event(client: httpx.Client) -> None:
    page = client.get("imputed/mercury-poisoning.html").text
    assert "Alleged attempt to poison Ezhov" in page and "Приписываемая попытка отравить Ежова" in page
    assert "what somebody was charged with, not what happened" in page
    assert not _schema(page)
    listed = _Page(client.get("imputed/").text).links
    assert "mercury-poisoning.html" in listed
    assert not [link for link in _Page(client.get("event/").text).links if "imputed/" in link]


def test_a_day_tells_from_which_claims_it_follows(client: httpx.Client) -> None:
    page = client.get("event/arrest-bukharin.html").text
    address = re.search(r'href="\.\./(bound/earliest-event-arrest-bukharin-[^"]+)"', page)[1]
    reason = client.get(address)
    assert reason.status_code == 200
    assert "Arrest of Bukharin: not before" in reason.text
    assert "Bukharin was arrested on the spot" in reason.text


class _Page(HTMLParser):
    """Collects what can be checked of a page without a browser."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.inputs: list[dict] = []
        self.labelled: set[str] = set()
        self.language = ""
        self.in_label = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        its = dict(attrs)
        if tag == "a":
            self.links.append(its["href"])
        if "id" in its:
            self.ids.append(its["id"])
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag in ("input", "select") and not self.in_label:
            self.inputs.append(its)
        if tag == "label":
            # A label may hold what it is the label of.
            self.in_label = "for" not in its
            self.labelled.add(its.get("for"))
        if tag == "html":
            self.language = its.get("lang", "")


PAGES = (
    "", "person/", "event/", "alleged/", "imputed/", "statistic/", "bound/", "ssc/claim/",
    "questions", "ontology.html", "stance.html",
    "person/ezhov.html", "ssc/claim/p22s1g.html", "ssc/note/36.html", "ssc/passage/p22s1.html",
    "ssc/paragraph/p22.html", "event/death-slutskii.html", "event/plenum-1937-02.html", "event/arrest-bukharin.html",
    "imputed/mercury-poisoning.html", "ssc/claim/p28s5e.html", "dating.html",
    "question/career", "question/arrested-in", "search?q=Jeschow", "work/state-security-chief.html",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_and_its_links_lead_somewhere(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    page = _Page(response.text)
    assert page.language == "en"
    assert page.headings.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert {its["id"] for its in page.inputs} <= page.labelled
    own = sorted({link for link in page.links if not link.startswith(("http", "#"))})
    for link in own[:: max(len(own) // 15, 1)]:
        target = str(response.url.join(link))
        assert client.get(target).status_code == 200, link
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids


def _schema(page: str) -> list[dict]:
    return [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]


def test_search_engines_are_told_what_it_is(client: httpx.Client) -> None:
    person = _schema(client.get("person/iagoda.html").text)[0]
    assert (person["@type"], person["@id"]) == ("Person", BASE + "person/iagoda")
    assert "Genrikh Yagoda" in person["alternateName"]
    event = _schema(client.get("event/arrest-iagoda.html").text)[0]
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", "1937-03-29", "1937-03-29")
    assert not _schema(client.get("ssc/claim/p22s1g.html").text)
    assert not _schema(client.get("alleged/iagoda-conspiracy.html").text)


@pytest.mark.parametrize("typed", ["Yezhov", "Ezhov", "Ежов", "Jeschow", "Ežov", "N. I. Ezhov", "ezho"])
def test_a_name_is_found_in_any_spelling(client: httpx.Client, typed: str) -> None:
    page = _Page(client.get("search", params={"q": typed}).text)
    assert "person/ezhov.html" in page.links


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Arrest of Bukharin", "event/arrest-bukharin"), ("Арест Бухарина", "event/arrest-bukharin"),
     ("alleged attempt to poison Ezhov", "imputed/mercury-poisoning")],
)  # fmt: skip
def test_an_event_is_found_by_its_name(client: httpx.Client, typed: str, name: str) -> None:
    assert f"{name}.html" in _Page(client.get("search", params={"q": typed}).text).links


def test_a_claim_is_found_by_its_words(client: httpx.Client) -> None:
    assert "ssc/claim/p22s1c.html" in _Page(client.get("search", params={"q": "iagoda arrested 29 march"}).text).links


def test_a_question_is_asked_by_form(client: httpx.Client) -> None:
    page = client.get("question/career", params={"person": "Yezhov"}).text
    assert "Politburo" in page
    assert 'href="#n1"' in page
    assert 'value="Yezhov"' in page
    table = client.get("question/career", params={"person": "Yezhov", "format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.startswith("office,office_iri,step,")
    assert client.get("question/career", params={"person": "Yezhov", "format": "json"}).json()["rows"]
    wrong = client.get("question/career", params={"person": "Napoleon"})
    assert wrong.status_code == 400
    assert "no person of that name" in wrong.text


@pytest.mark.parametrize(
    "name", ["ssc/claim/p22s1c", "person/iagoda", "event/arrest-iagoda", "ssc/note/36", "question/career"]
)
def test_a_page_says_how_to_cite_it(client: httpx.Client, name: str) -> None:
    page = html.unescape(
        client.get(f"/{name}.html" if "/" in name and not name.startswith("question") else f"/{name}").text
    )
    cited = page[page.index('<details class="cite">') :]
    assert f"https://w3id.org/narkom/{name}" in cited and "State Security Chief" in cited
    told = dict(re.findall(r'<span data-cited="([a-z]*)">([^<]+)</span>', cited))
    assert told[""] == f"https://w3id.org/narkom/{name}" and "¶" in told["ssc"]
    # What is to be cited for an answer the server has in every form; of a page a script makes the other forms.
    assert (re.search(r'href="[./]*cite.html">BibTeX', cited) is None) == (name == "question/career")


def test_what_to_cite_for_the_whole_is_there_as_files(client: httpx.Client) -> None:
    page = client.get("/cite.html").text
    for name, media in {
        "narkom.bib": "application/x-bibtex",
        "narkom.ris": "application/x-research-info-systems",
        "narkom.csl.json": "application/vnd.citationstyles.csl+json",
    }.items():
        assert f'href="data/{name}" download' in page
        reply = client.get(f"/data/{name}")
        assert reply.status_code == 200 and reply.headers["content-type"].partition(";")[0] == media
        assert html.escape(reply.text.strip(), quote=False) in html.escape(html.unescape(page), quote=False)


@pytest.mark.parametrize(
    "name", ["ssc/paragraph/p40", "event/mercury-application", "person/ezhov", "group/unnamed-voice", "ssc/note/36"]
)
def test_a_page_cites_every_sentence_that_it_shows(client: httpx.Client, name: str) -> None:
    page = html.unescape(client.get(f"/{name}.html").text)
    shown, _, cited = page.partition('<details class="cite">')
    paragraphs = set(re.findall(r"claim/[pf](\d+)s", shown.partition("What links here")[0]))
    told = re.search(r"¶¶? ([^<]*)", cited)[1]
    assert paragraphs and paragraphs <= set(re.findall(r"\d+", told))


def test_what_no_route_matches_is_no_page_like_any_other(client: httpx.Client) -> None:
    reply = client.get("/a%0Ab/c")
    assert reply.status_code == 404 and reply.headers["content-type"].startswith("text/html")


def test_a_program_is_told_in_text_what_is_wrong(client: httpx.Client) -> None:
    for fields in ({"person": "Orlov"}, {"nothing": "x"}):
        reply = client.get("/question/career", params={**fields, "format": "json"})
        assert (reply.status_code, reply.headers["content-type"]) == (400, "text/plain; charset=utf-8")
        assert client.get("/question/career", params=fields).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("form", "media", "start"),
    [
        ("citation", "text/plain", "Marc Jansen"),
        ("bibtex", "application/x-bibtex", "@incollection{"),
        ("ris", "application/x-research-info-systems", "TY  - CHAP"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_an_answer_is_cited_in_each_form(client: httpx.Client, form: str, media: str, start: str) -> None:
    reply = client.get("/question/career", params={"person": "Yezhov", "format": form})
    assert (reply.status_code, reply.headers["content-type"]) == (200, f"{media}; charset=utf-8")
    assert reply.text.startswith(start) and "question/career?person=Yezhov" in reply.text


def test_the_editor_is_served_from_here_alone(client: httpx.Client) -> None:
    response = client.get("sparql.html")
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "connect-src" not in policy and "script-src" not in policy
    assert not re.findall(r'src="(?:https?:)?//', response.text)
    given = json.loads(re.search(r'<script id="given"[^>]*>(.*?)</script>', response.text, re.S)[1])
    assert "career" in given["queries"] and given["endpoint"] == "sparql"
    for path in re.findall(r'(?:src|href)="(static/[^"]+)"', response.text):
        assert client.get(path).status_code == 200
    assert b"MIT" in client.get("static/vendor/codemirror/LICENSE.txt").content


def test_a_page_runs_scripts_from_here_alone(client: httpx.Client) -> None:
    for path in PAGES:
        response = client.get(path)
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "script-src" not in policy and "unsafe" not in policy
        for attributes, code in re.findall(r"<script([^>]*)>(.*?)</script>", response.text, re.S):
            # What stands in the page is data, which nothing runs.
            assert not code or re.search(r'type="application/(ld\+)?json"', attributes)
            assert "//" not in attributes


def test_a_question_is_asked_under_another_view(client: httpx.Client) -> None:
    page = client.get("question/accusations").text
    assert '<select id="p-view" name="view"' in page
    asked = {view: client.get(f"question/career?person=Yezhov&view={view}&format=json") for view in VIEWS}
    assert {view: found.status_code for view, found in asked.items()} == dict.fromkeys(VIEWS, 200)
    rows = {view: len(found.json()["rows"]) for view, found in asked.items()}
    assert rows["strict"] <= rows["accepted"] <= rows["wide"] <= rows["all"]
    assert "prisoners, defendants and witnesses" in page
    for view in VIEWS[1:]:
        assert f"view={view}&amp;format=csv" in client.get(f"question/career?view={view}").text


@pytest.mark.parametrize(
    "typed",
    [
        "view=nonsense", "view=", "view=all&view=all", "format=nonsense", "format=", "format=csv&format=json",
        "nobody=Yezhov", "person=", "person=Yezhov&person=Yezhov", "person=Yezhov&utm_source=x", "person=+",
        "&".join(f"f{i}=" for i in range(99)),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_and_never_replaced(client: httpx.Client, typed: str) -> None:
    assert client.get(f"question/career?{typed}").status_code == 400


def test_each_form_can_be_sent_as_it_stands(client: httpx.Client) -> None:
    pages = _Page(client.get("questions").text).links
    for name in sorted({link for link in pages if link.startswith("question/")}):
        page = client.get(name).text
        fields = re.findall(r'<input id="p-\w+" name="(\w+)" value="([^"]*)"', page)
        fields += re.findall(r'<select id="p-\w+" name="(\w+)".*?<option selected>([^<]*)', page, re.S)
        sent = client.get(name, params=[(key, html.unescape(value)) for key, value in fields])
        assert sent.status_code == 200, (name, fields)


def test_each_cell_of_an_answer_says_its_column(client: httpx.Client) -> None:
    """On a phone and on paper a row is a list of its values."""
    page = client.get("question/operations").text
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    rows = re.findall(r"<tr[^>]*>(<td.*?)</tr>", page, re.S)
    assert len(rows) > 20
    assert all(re.findall(r'<td data-name="([^"]*)"', row) == heads for row in rows)


def test_the_dataset_describes_itself_where_void_wants_it(client: httpx.Client) -> None:
    led = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert (led.status_code, led.headers["location"]) == (303, "../dump/void.ttl")
    response = client.get("/dump/void.ttl")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    found = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    counted = {q.object.value for q in found if q.predicate.value == "http://rdfs.org/ns/void#triples"}
    answered = client.get(
        "/sparql",
        params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"},
        headers={"Accept": "text/csv"},
    )
    assert answered.text.split()[1] in counted
