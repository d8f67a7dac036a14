"""The CRM profile: CRM's terms alone, where its domains and ranges allow, of the accepted view and nothing else."""

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.publishing.crm import crm, crm_description, crm_profile, crm_statement
from narkom.publishing.crm_assertions import crm_assertion
from narkom.publishing.crm_schema import crm_schema
from narkom.publishing.facts import Facts
from narkom.vocabulary import PREFIXES, RDF_TYPE, prefixes_for, source_space, term

TABLE = Path(__file__).parents[1] / "reference" / "crm-7.1.2-structure.tsv"
CRM = PREFIXES["crm"]
OTHERS = {"rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel"}


def reference() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["term"]: row for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="module")
def profile(facts: Facts) -> list[ox.Triple]:
    return crm_profile(facts)


def test_the_points_of_towns_are_in_the_profile(profile: list[ox.Triple]) -> None:
    points = [triple for triple in profile if triple.predicate.value == f"{CRM}P168_place_is_defined_by"]
    assert len(points) == 15
    assert all(triple.object.datatype == term("geosparql:wktLiteral") for triple in points)


def above(name: str, table: dict[str, dict[str, str]]) -> set[str]:
    return {name}.union(*(above(one, table) for one in table[name]["super"].split(";") if one))


@pytest.fixture(scope="module")
def types(profile: list[ox.Triple]) -> dict:
    """Return the classes of each thing with the superclasses that CRM's table gives them."""
    found: dict = {}
    table = reference()
    for triple in profile:
        if triple.predicate == RDF_TYPE:
            found.setdefault(triple.subject, set()).update(above(triple.object.value.removeprefix(CRM), table))
    return found


def test_only_terms_of_crm(profile: list[ox.Triple]) -> None:
    known = {CRM + name for name in reference()}
    assert {one.predicate.value for one in profile} <= known | {term(one).value for one in OTHERS}
    assert {one.object.value for one in profile if one.predicate == RDF_TYPE} <= known


def test_every_property_fits_the_types(profile: list[ox.Triple], types: dict) -> None:
    table, wrong = reference(), []
    for triple in profile:
        row = table.get(triple.predicate.value.removeprefix(CRM))
        if row is None:
            continue
        literal = isinstance(triple.object, ox.Literal)
        fits = row["range"] == "rdfs:Literal" if literal else row["range"] in types.get(triple.object, ())
        if row["domain"] not in types.get(triple.subject, ()) or not fits:
            wrong.append(str(triple))
    assert wrong[:5] == []


def test_every_event_actor_and_place_is_there(facts: Facts, profile: list[ox.Triple]) -> None:
    """The superclasses are written out, so that no portal has to reason."""
    types: dict = {}
    for triple in profile:
        if triple.predicate == RDF_TYPE:
            types.setdefault(triple.subject, set()).add(triple.object.value.removeprefix(CRM))
    for kind, name in (
        ("nk:Event", "E5_Event"),
        ("nk:Person", "E39_Actor"),
        ("nk:Body", "E39_Actor"),
        ("nk:Office", "E74_Group"),
        ("nk:Place", "E53_Place"),
    ):
        instances = facts.instances(kind)
        assert instances
        assert all(name in types[one] for one in instances), kind


def test_time_spans_are_days_in_order(profile: list[ox.Triple], facts: Facts) -> None:
    bounds: dict = {}
    for triple in profile:
        match = re.search(r"#?P8(1a|1b|2a|2b)_", triple.predicate.value)
        if match:
            assert triple.object.datatype == term("xsd:date")
            assert triple.predicate not in bounds.setdefault(triple.subject, {}), "two bounds of one kind"
            bounds[triple.subject][triple.predicate] = triple.object.value
    dated = [one for one in facts.instances("nk:Event") if facts.objects(one, "nk:earliest")]
    spans = {one.subject: one.object for one in profile if one.predicate == crm("P4_has_time-span")}
    assert dated
    assert all(spans[one] in bounds for one in dated)
    for its in bounds.values():
        first, last = its.get(crm("P82a_begin_of_the_begin")), its.get(crm("P82b_end_of_the_end"))
        assert not (first and last) or first <= last


def test_no_charge_is_told(profile: list[ox.Triple], types: dict, facts: Facts) -> None:
    """What only claims outside the view tell of is no event for CRM, and no E13 speaks of such a claim."""
    accepted = set(facts.claims("accepted"))
    charged = [claim for claim in facts.claims() if claim not in accepted]
    known = {triple.subject for claim in accepted for triple in facts.graphs[claim]}
    told = {one.subject for claim in charged for one in facts.graphs[claim] if one.predicate == RDF_TYPE} - known
    imputed = set(facts.instances("nk:ImputedAct"))
    assert told - imputed, "what prisoners testified to"
    assert not {triple.subject for triple in profile} & (told - imputed)
    assert imputed
    for one in imputed:
        assert "E89_Propositional_Object" in types[one]
        assert not {"E2_Temporal_Entity", "E5_Event", "E7_Activity"} & types[one]
    assertions = {one.subject.value for one in profile if "/assertion/" in one.subject.value}
    assert not {claim.value.replace("/claim/", "/assertion/") for claim in charged} & assertions
    assert {claim.value.replace("/claim/", "/assertion/") for claim in accepted} <= assertions


def _facts(turtle: str) -> Facts:
    prefixes = "".join(
        f"@prefix {name}: <{space}> .\n" for name, space in prefixes_for([source_space("ssc", "claim")]).items()
    )
    return Facts(ox.parse(prefixes + turtle, format=ox.RdfFormat.TRIG))


ALIGNED = """
nk:person rdfs:subPropertyOf crm:P11_had_participant . nk:actor rdfs:subPropertyOf crm:P14_carried_out_by .
person:a a nk:Person, crm:E21_Person . group:g a nk:PersonGroup, crm:E74_Group . office:o a nk:Office, crm:E74_Group .
view:accepted skos:member stance:asserted .
"""


@pytest.mark.parametrize(
    ("event", "predicate", "value", "expected"),
    [
        ("nk:Execution, nk:Death, crm:E7_Activity, crm:E69_Death", "person", "person:a", "P100_was_death_of"),
        ("nk:Execution, nk:Death, crm:E7_Activity, crm:E69_Death", "person", "group:g", "P11_had_participant"),
        ("nk:Appointment, crm:E85_Joining", "person", "person:a", "P143_joined"),
        ("nk:Appointment, crm:E85_Joining", "office", "office:o", "P144_joined_with"),
        ("nk:Dismissal, crm:E86_Leaving", "person", "person:a", "P145_separated"),
        ("nk:Expulsion, crm:E86_Leaving", "office", "office:o", "P146_separated_from"),
        ("nk:Arrest, crm:E7_Activity", "person", "person:a", "P11_had_participant"),
        ("nk:Request, crm:E7_Activity", "office", "office:o", None),
        ("nk:Death, crm:E69_Death", "actor", "person:a", None),
        ("nk:Arrest, crm:E7_Activity", "actor", "event:e", None),
    ],
)
def test_the_sharpest_fitting_property(event: str, predicate: str, value: str, expected: str | None) -> None:
    facts = _facts(f"{ALIGNED} event:e a {event} ; nk:{predicate} {value} .")
    stated = crm_statement(facts, ox.Triple(term("event:e"), term(f"nk:{predicate}"), term(value)))
    assert (stated and stated.predicate) == (expected and crm(expected))


def test_an_imputed_act_is_a_proposition_about_the_accused() -> None:
    """What it is about holds of the proposition, whatever the stance of the claim; it has no doer and no day."""
    facts = _facts(f"""{ALIGNED} nk:imputedTo rdfs:subPropertyOf crm:P129_is_about .
        imputed:i a nk:ImputedAct, crm:E89_Propositional_Object ; skos:prefLabel "Alleged deed"@en .
        ssc-claim:c a nk:Claim ; nk:stance stance:charged .
        ssc-claim:c {{ imputed:i a nk:ImputedAct ; nk:imputedTo person:a ; nk:target group:g ; nk:actor person:a ;
            nk:earliest "1937-01-01"^^xsd:date . }}""")
    found = list(crm_profile(facts))
    its = {(one.predicate, one.object) for one in found if one.subject == term("imputed:i")}
    about = crm("P129_is_about")
    assert {value for predicate, value in its if predicate == about} == {term("person:a"), term("group:g")}
    assert (term("rdfs:label"), ox.Literal("Alleged deed", language="en")) in its
    assert not {crm("P14_carried_out_by"), crm("P4_has_time-span")} & {predicate for predicate, _ in its}


def test_order_in_time_and_clauses(profile: list[ox.Triple], types: dict, facts: Facts) -> None:
    stated = set(profile)
    for curie, name in (
        ("nk:after", "P182i_starts_after_or_with_the_end_of"),
        ("nk:before", "P182_ends_before_or_with_the_start_of"),
        ("nk:shortlyAfter", "P182i_starts_after_or_with_the_end_of"),
        ("nk:during", "P175i_starts_after_or_with_the_start_of"),
        ("nk:startOf", "P173_starts_before_or_with_the_end_of"),
        ("nk:endOf", "P173i_ends_after_or_with_the_start_of"),
        ("nk:clauseOf", "P9i_forms_part_of"),
        ("nk:occasion", "P9i_forms_part_of"),
    ):
        wanted = {
            ox.Triple(one, crm(name), other)
            for one in facts.by_subject
            for other in facts.objects(one, curie)
            if crm_schema().fits(name, types.get(one, set()), types.get(other, set()))
        }
        assert wanted, curie
        assert wanted <= stated, curie


@pytest.mark.parametrize(
    ("attested", "inner"),
    [
        ([("1936-09-01", "1936-09-01")], ("1936-09-01", "1936-09-01")),
        ([("1936-09-01", "1936-09-30")], None),
        ([("1936-09-01", "1936-09-30"), ("1937-03-01", "1937-03-31")], ("1936-09-30", "1937-03-01")),
    ],
    ids=["a day", "a month", "two months"],
)
def test_a_state_lasts_between_its_attestations(attested: list, inner: tuple | None) -> None:
    days = "".join(
        f'nk:attestedEarliest "{first}"^^xsd:date ; nk:attestedLatest "{last}"^^xsd:date ; ' for first, last in attested
    )
    facts = _facts(
        f"event:t a nk:Tenure, crm:E7_Activity ; {days} nk:dating dating:told . dating:told a skos:Concept ."
    )
    found = {one.predicate: one.object for one in crm_description(facts, term("event:t"))}
    bounds = [found.get(crm(name)) for name in ("P81a_end_of_the_begin", "P81b_begin_of_the_end")]
    assert bounds == ([ox.Literal(day, datatype=term("xsd:date")) for day in inner] if inner else [None, None])
    assert not inner or found[crm("P2_has_type")] == term("dating:told")


def test_contradicting_dates_give_the_widest_span() -> None:
    facts = _facts("""event:e a nk:Arrest, crm:E7_Activity ;
        nk:earliest "1937-01-01"^^xsd:date, "1936-01-01"^^xsd:date ;
        nk:latest "1937-01-01"^^xsd:date, "1936-12-31"^^xsd:date .""")
    found = {one.predicate: one.object for one in crm_description(facts, term("event:e"))
             if isinstance(one.object, ox.Literal)}  # fmt: skip
    assert found[crm("P82a_begin_of_the_begin")].value == "1936-01-01"
    assert found[crm("P82b_end_of_the_end")].value == "1937-01-01"


def test_an_assertion_names_authors_passage_and_footnote() -> None:
    facts = _facts(f"""{ALIGNED} event:e a nk:Arrest, crm:E7_Activity .
        ssc-claim:c a nk:Claim ; nk:stance stance:asserted ; nk:passage ssc-passage:p ; nk:footnote ssc-note:1 ;
            prov:wasAttributedTo person:jansen .
        ssc-claim:c {{ event:e a nk:Arrest ; nk:person person:a ; nk:earliest "1937-01-01"^^xsd:date . }}""")
    found = set(crm_assertion(facts, term("ssc-claim:c")))
    whole, part = ox.NamedNode(source_space("ssc", "assertion") + "c"), None
    for name, value in (
        ("P14_carried_out_by", "person:jansen"),
        ("P67i_is_referred_to_by", "ssc-passage:p"),
        ("P15_was_influenced_by", "ssc-note:1"),
        ("P140_assigned_attribute_to", "event:e"),
        ("P2_has_type", "stance:asserted"),
    ):
        assert ox.Triple(whole, crm(name), term(value)) in found
    part = next(one.subject for one in found if one.object == crm("P11_had_participant"))
    assert ox.Triple(whole, crm("P9_consists_of"), part) in found
    assert ox.Triple(part, crm("P141_assigned"), term("person:a")) in found


def test_what_crm_has_no_property_for_is_assigned_all_the_same() -> None:
    facts = _facts(f"""{ALIGNED} event:e a nk:Accusation, crm:E7_Activity . nk:target rdfs:label "target"@en .
        ssc-claim:c a nk:Claim ; nk:stance stance:asserted .
        ssc-claim:c {{ event:e a nk:Accusation ; nk:target person:a ; nk:charge event:imputed . }}""")
    found = set(crm_assertion(facts, term("ssc-claim:c")))
    part = next(one.subject for one in found if one.object == term("nk:target"))
    assert ox.Triple(part, crm("P141_assigned"), term("person:a")) in found
    assert ox.Triple(term("nk:target"), RDF_TYPE, crm("E55_Type")) in found
    assert not any(term("event:imputed") == one.object for one in found), "what is only charged is no thing for CRM"


def test_a_term_that_crm_lacks() -> None:
    with pytest.raises(KeyError):
        crm("P999_was_invented")
