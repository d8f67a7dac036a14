"""What the pages of bodies, offices, places, documents and events say first, by the chapter and by queries."""

import pyoxigraph as ox
import pytest

from narkom.portal import entity, lives
from narkom.portal.choices import choices, kinds_of
from narkom.portal.figures.happenings import objects
from narkom.portal.heads.event import versions
from narkom.portal.references import to_cite
from narkom.vocabulary import BASE, term

from .test_lives import asked

NOT_VOUCHED_FOR = {"testified", "charged", "rejected"}
KINDS = ("body", "group", "document", "office", "place", "event", "imputed")


def head(library, name: str):
    return entity.describe(library, BASE + name).head


def local(iris) -> list[str]:
    return [iri.rpartition("/")[2] for iri in iris]


def rows(statements) -> dict[str, list[str]]:
    return {one.label: local(value.iri for value in one.values) for one in statements}


# -- bodies --------------------------------------------------------------------------------


def test_a_body_has_its_whole_and_its_parts(library) -> None:
    found = rows(head(library, "body/gugb").rows)
    assert found["part of"] == ["nkvd"]
    assert {"guard-department", "transport-department"} <= set(found["its parts"])


def test_a_body_is_formed_and_dissolved_by_what_claims_say(library) -> None:
    its = head(library, "body/comintern-special-control-commission").rows
    ends = {one.label: one.values for one in its if one.label in ("formed", "dissolved")}
    assert local(value.iri for value in ends["formed"]) == ["formation-comintern-special-control-commission"]
    assert local(value.iri for value in ends["dissolved"]) == ["suspension-comintern-special-control-commission"]
    assert all(value.claims for values in ends.values() for value in values)
    formed = next(one for one in head(library, "body/defense-committee").rows if one.label == "formed")
    assert [value.meaning.text for value in formed.values] == ["27 April 1937"]


def test_the_holders_of_a_bodys_offices_go_by_date(library, store: ox.Store) -> None:
    found = head(library, "body/razvedupr").offices
    its = {local([office])[0]: local(one.holder for one in holdings) for office, holdings in found}
    assert its["razvedupr-head"] == ["berzin", "uritskii", "berzin", "nikonov", "ezhov", "gendin", "proskurov"]
    query = "SELECT ?o ?p { ?o nk:postIn <%sbody/razvedupr> OPTIONAL { ?t a nk:Tenure ; nk:office ?o ; nk:person ?p } }"
    expected = {(o, p) for o, p in store.query(f"PREFIX nk: <{BASE}ontology#> " + query % BASE)}
    assert {local([o.value])[0] for o, _ in expected} == set(its)
    assert {(o.value, p.value) for o, p in expected if p} == {(o, one.holder) for o, hs in found for one in hs}


def test_those_of_a_body_are_those_of_the_list_with_what_befell_them(library) -> None:
    found = head(library, "body/razvedupr")
    everybody = [
        iri for iri in library.kinds["person"] if BASE + "body/razvedupr" in objects(library, iri, "nk:memberOf")
    ]
    assert [member.person for member in found.members] == everybody
    fates = dict(found.fates)
    arrested = [iri for iri in everybody if any(one.sort == "Arrest" for one in lives.befell(library, iri))]
    assert fates["Arrest"] == len(arrested) > 2
    assert [sort for sort, _ in found.fates] == [sort for sort in lives.FATES if sort in fates]
    # Artuzov is of it by the office that he held: its claim says so.
    artuzov = next(one for one in found.members if one.person.endswith("/artuzov"))
    assert [claim.note.claim for claim in artuzov.claims] == ["ssc/p34s3a"]


# -- offices --------------------------------------------------------------------------------


def test_an_office_has_its_body_and_who_followed_whom(library) -> None:
    found = head(library, "office/nkvd-commissar")
    assert rows(found.rows) == {"office in": ["nkvd"]}
    assert local(one.holder for one in found.holdings) == ["iagoda", "ezhov", "beria"]
    told = [(*local([one.successor, one.predecessor]), [c.note.claim for c in one.claims]) for one in found.successions]
    assert told == [("ezhov", "iagoda", ["ssc/p2s9a"]), ("beria", "ezhov", ["ssc/p6s4d"])]


def test_a_succession_that_came_to_nothing_says_so(library) -> None:
    its = {local([one.successor])[0]: one.results for one in head(library, "office/nkvd-chief-ukraine").successions}
    assert local(its["deribas"]) == ["not-carried-out"]
    assert its["leplevskii"] == []


def bars(library, office: str) -> dict:
    found = head(library, f"office/{office}").chart
    return {local([tenure])[0]: bar for tenure, bar in found.bars.items()}


def test_a_bar_tells_what_is_known_of_both_ends(library) -> None:
    its = bars(library, "nkvd-commissar")
    iagoda, ezhov, beria = (its[f"tenure-{name}-nkvd-commissar"] for name in ("iagoda", "ezhov", "beria"))
    # Of Iagoda's beginning nothing is told, his dismissal has its day; Ezhov's appointment has one too.
    assert (iagoda.open_before, iagoda.open_after, iagoda.ended) == (True, False, True)
    assert (ezhov.begun, ezhov.ended, ezhov.open_after) == (True, False, False)
    assert (beria.begun, beria.open_before, beria.open_after) == (False, False, True)
    # Between which days Ezhov held it for sure the sources do not say: in late 1936 it is attested.
    assert ezhov.sure is None and len(ezhov.attested) == 1
    assert iagoda.possible[0] == 0 and iagoda.possible[1] == pytest.approx(ezhov.possible[0], abs=0.2)
    assert sum(beria.possible) == pytest.approx(100)


def test_a_bar_is_sure_between_the_told_years(library) -> None:
    found = head(library, "office/razvedupr-head").chart
    bar = bars(library, "razvedupr-head")["tenure-berzin-razvedupr-head-1924"]
    places = dict(found.years)
    # From 1924 to 1935: for sure from the last day of the one to the first of the other.
    assert bar.sure == pytest.approx((places[1925], places[1935] - places[1925]), abs=0.05)
    assert bar.possible[0] == 0 and sum(bar.possible) > places[1935]
    assert not (bar.begun or bar.ended or bar.open_before or bar.open_after)


def test_no_bar_leaves_its_chart_and_no_sure_time_the_possible_one(library) -> None:
    charts = [head(library, iri.removeprefix(BASE)).chart for iri in library.kinds["office"]]
    found = [bar for chart in charts if chart for bar in chart.bars.values()]
    assert len(found) > 50
    for bar in found:
        for start, width in filter(None, (bar.possible, bar.sure, *bar.attested)):
            assert 0 <= start <= 100 and 0 < width <= 100.01 - start
        if bar.sure:
            assert bar.possible[0] <= bar.sure[0]
            assert sum(bar.sure) <= sum(bar.possible) + 0.02


# -- places --------------------------------------------------------------------------------


def test_a_place_has_what_lies_around_it_and_what_happened(library) -> None:
    found = head(library, "place/moscow")
    its = rows(found.rows)
    assert its["lies in"] == ["ussr"]
    assert {"kremlin", "lubianka"} <= set(its["in it lie"])
    assert its["bodies responsible for it"] == ["nkvd-moscow"]
    assert set(its["offices in these bodies"]) == {"nkvd-chief-moscow", "nkvd-deputy-chief-moscow"}
    assert found.at == pytest.approx([37.62, 55.75], abs=0.01)
    events = [(*local([one.event]), one.role, [c.note.claim for c in one.claims]) for one in found.events]
    assert ("trial-1937-01", "place", ["ssc/p15s1b"]) in events
    # The journey to Kiev is rejected: nothing happened there.
    assert head(library, "place/kiev").events == []


def test_what_happened_at_a_place_is_what_the_accepted_view_has_there(library, store: ox.Store) -> None:
    found = {(one.event, iri) for iri in library.kinds["place"] for one in head(library, iri[len(BASE) :]).events}
    assert found == asked(store, "SELECT ?e ?p { ?e nk:place|nk:origin|nk:destination ?p }")
    assert len(found) > 20


# -- documents --------------------------------------------------------------------------------


def test_a_document_tells_who_sent_it_to_whom_and_what_it_says(library) -> None:
    found = head(library, "document/letter-stalin-1937-03-31")
    (act,) = found.acts
    assert (local(act.actors), local(act.addressees)) == (["stalin"], ["central-committee-members"])
    assert (act.first, act.last) == ("1937-03-31", "1937-03-31")
    assert [claim.note.claim for claim in found.says] == ["ssc/p22s3a", "ssc/p22s3b"]
    # What it charges Iagoda with stands apart.
    assert [claim.note.claim for claim in found.says_outside] == ["ssc/p22s2b", "ssc/p22s2c"]
    assert {"iagoda", "politburo"} <= set(local(found.told_of))
    assert local(found.notes) == ["36"]


def test_a_document_on_whose_word_a_claim_is_says_it(library, store: ox.Store) -> None:
    query = "SELECT ?d ?c { ?c nk:accordingTo ?d . ?d a nk:Document }"
    rows = asked(store, query)
    assert rows
    for iri, claim in rows:
        found = head(library, iri.removeprefix(BASE))
        assert claim in {one.iri for one in (*found.says, *found.says_outside)}


def test_nobody_is_called_the_author_who_only_read_it(library) -> None:
    acts = head(library, "document/examination-records-tukhachevskii").acts
    assert [local([act.event])[0] for act in acts] == ["reading-stalin-examination-records-tukhachevskii"]


# -- events --------------------------------------------------------------------------------


def test_an_event_has_who_and_where_once(library) -> None:
    found = entity.describe(library, BASE + "event/trial-1937-01")
    assert rows(found.head.where) == {"place": ["moscow"]}
    shown = [one.iri for one in (*found.head.who, *found.head.where, *found.statements)]
    assert len(shown) == len(set(shown))
    assert term("nk:place").value not in {one.iri for one in found.statements}


def test_the_versions_of_a_death_stand_by_voice(library) -> None:
    found = versions(library, BASE + "event/death-slutskii")
    told = {one.voice: {claim.note.claim for claim in one.claims} for one in found}
    assert found[0].voice == "" and found[0].accepted
    assert {"ssc/p39s4d", "ssc/p39s4f"} <= told["Mikhail Frinovskii"]
    assert told["NKVD"] == {"ssc/p40s1b", "ssc/p40s1c"}
    assert told["A. Orlov"] == {"ssc/p40s2b"}
    assert told["SVR"] == {"ssc/p40s6b"}
    assert [one.accepted for one in found] == [True] + [False] * 5


def test_versions_are_what_the_stored_question_asks_for(library) -> None:
    told = {claim.note.gloss for one in versions(library, BASE + "event/death-slutskii") for claim in one.claims}
    rows = library.store.query(library.questions["versions-of"].text)
    assert told == {row["version"].value for row in rows}


def test_an_imputed_act_has_the_versions_of_its_accusers(library) -> None:
    found = versions(library, BASE + "imputed/mercury-poisoning")
    assert {"Ezhov", "Iagoda", "L. M. Zakovskii"} <= {one.voice for one in found}
    assert not any(one.accepted for one in found)


def test_what_one_voice_tells_has_no_versions(library) -> None:
    assert versions(library, BASE + "event/trial-1937-01") == []
    several = [iri for iri in library.kinds["event"] if versions(library, iri)]
    assert 10 < len(several) < 60


# -- all --------------------------------------------------------------------------------


def test_no_head_mixes_what_is_charged_with_what_is_held(library) -> None:
    for kind in KINDS:
        for iri in library.kinds[kind]:
            found = entity.describe(library, iri).head
            apart = getattr(found, "says_outside", ())
            apart = {*apart, *(c for one in getattr(found, "versions", ()) if not one.accepted for c in one.claims)}
            shown = [claim for claim in found.claims() if claim not in apart]
            assert not NOT_VOUCHED_FOR & {claim.note.stance for claim in shown}, iri


def test_no_property_stands_in_the_head_and_below_it(library) -> None:
    for name, gone in (("body/nkvd", {"nk:postIn", "nk:subordinateTo"}), ("place/moscow", {"nk:within"})):
        found = entity.describe(library, BASE + name)
        left = {one.iri for one in (*found.links, *found.statements)}
        assert not left & {term(one).value for one in gone}


def test_what_a_head_shows_is_cited(library) -> None:
    found = entity.describe(library, BASE + "document/letter-stalin-1937-03-31")
    # What the letter says speaks of Iagoda and the Politburo, not of the letter.
    assert {claim.note.claim for claim in found.accepted} == {"ssc/p22s2a"}
    assert "¶ 22, sentence 3, n. 36" in to_cite(library, found)[0].particular


def test_the_kinds_of_a_claim_are_those_that_it_gives(library) -> None:
    claims = library.claims
    assert kinds_of(library, claims[BASE + "ssc/claim/p22s1c"]) == ["Arrest"]
    # The authors hold Slutskii's death to be a killing; what they reject does not become one by that.
    assert "Killing" not in kinds_of(library, claims[BASE + "ssc/claim/p40s1b"])


def test_facts_are_counted_by_stance_and_kind(library) -> None:
    found = entity.describe(library, BASE + "event/death-slutskii")
    its = choices(library, found)
    assert dict(its.stances)["testified"] == len(found.charged["testified"]) == 6
    assert sum(count for _, count in its.stances) == len(its.of)
    assert all(count == sum(kind in kinds for kinds in its.of.values()) > 0 for kind, count in its.kinds)
