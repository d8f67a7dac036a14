"""The operators: each corrupts the data in one way, at a place that chance picks, and returns the corrupted sources.

An operator is a function of a world. Its docstring says what it does; a line of it that begins with "Survives:" says
why some of its mutants cannot be caught by a machine that does not read the chapter.
"""

from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad
from tests.mutation.world import NoPlace, World, edit, edtf, next_letter, years

from narkom.reading.sources import Sources
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, key_of, kind_of, source_space, term

Operator = Callable[[World], Sources]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    """Register an operator under the name of its function."""
    OPERATORS[function.__name__.replace("_", "-")] = function
    return function


# --- provenance and stance ----------------------------------------------------------------------------------------


@operator
def drop_passage(world: World) -> Sources:
    """A claim without its passage."""
    return world.swap(world.described("nk:passage"))


@operator
def drop_footnote(world: World) -> Sources:
    """A claim without the footnote on which it rests."""
    return world.swap(world.described("nk:footnote"))


@operator
def drop_stance(world: World) -> Sources:
    """A claim without a stance."""
    return world.swap(world.described("nk:stance"))


@operator
def drop_gloss(world: World) -> Sources:
    """A claim without a gloss."""
    return world.swap(world.described("nk:gloss"))


@operator
def drop_voice(world: World) -> Sources:
    """A reported or charged claim without anybody whose word it is."""
    many = [q.subject for q in world.sources.descriptions if q.predicate == term("nk:accordingTo")]
    once = [
        q
        for q in world.sources.descriptions
        if q.predicate == term("nk:accordingTo")
        and many.count(q.subject) == 1
        and _stance(world, q.subject) in (term("stance:reported"), term("stance:charged"))
    ]
    return world.swap(world.pick(once))


def _stance(world: World, claim: NamedNode) -> NamedNode:
    found = (q.object for q in world.sources.descriptions if q.subject == claim and q.predicate == term("nk:stance"))
    return next(found, claim)


@operator
def drop_description(world: World) -> Sources:
    """A graph that no claim describes."""
    return world.forget(world.pick(world.sources.claims), graph=False)


@operator
def drop_graph(world: World) -> Sources:
    """A claim without content."""
    return world.forget(world.pick(world.sources.claims), description=False)


@operator
def swap_footnote(world: World) -> Sources:
    """A claim that cites another footnote of its source."""
    quad = world.described("nk:footnote")
    others = {
        q.subject
        for q in world.sources.source
        if kind_of(q.subject.value) == "note" and key_of(q.subject.value) == key_of(quad.object.value)
    }
    return world.swap(quad, edit(quad, object=world.pick(others - {quad.object})))


@operator
def retarget_passage(world: World) -> Sources:
    """A claim that names another sentence as its passage."""
    quad = world.described("nk:passage")
    other = world.pick({q.object for q in world.sources.descriptions if q.predicate == quad.predicate} - {quad.object})
    return world.swap(quad, edit(quad, object=other))


@operator
def rename_claim(world: World) -> Sources:
    """A claim named after a sentence that is not its own."""
    claim = world.pick(world.sources.claims)
    sources = world.add_claim(source_space(key_of(claim), "claim") + "p999s1zz", claim, world.sources.claims[claim])
    return World(sources, world.rng).forget(claim)


@operator
def unknown_stance(world: World) -> Sources:
    """A stance that does not exist."""
    quad = world.described("nk:stance")
    return world.swap(quad, edit(quad, object=term("stance:certain")))


@operator
def two_stances(world: World) -> Sources:
    """A claim with two stances."""
    quad = world.described("nk:stance", "stance:asserted")
    return world.swap(quad, quad, edit(quad, object=term("stance:charged")))


@operator
def charge_as_fact(world: World) -> Sources:
    """A charge asserted in the authors' voice."""
    quad = world.described("nk:stance", "stance:charged")
    return world.swap(quad, edit(quad, object=term("stance:asserted")))


@operator
def charge_as_report(world: World) -> Sources:
    """A charge passed on as a report.

    Survives: what a testimony or letter says can be reported or charged, by the authors' judgement; only what is said
    in an accusation, imputed deeds and alleged bodies are charged for certain.
    """
    quad = world.described("nk:stance", "stance:charged")
    return world.swap(quad, edit(quad, object=term("stance:reported")))


@operator
def report_as_fact(world: World) -> Sources:
    """A report asserted in the authors' voice."""
    quad = world.described("nk:stance", "stance:reported")
    return world.swap(quad, edit(quad, object=term("stance:asserted")))


@operator
def fact_as_charge(world: World) -> Sources:
    """A fact turned into a charge."""
    quad = world.described("nk:stance", "stance:asserted")
    return world.swap(quad, edit(quad, object=term("stance:charged")))


@operator
def fact_as_rumour(world: World) -> Sources:
    """A fact of which the authors are made to doubt."""
    quad = world.described("nk:stance", "stance:asserted")
    return world.swap(quad, edit(quad, object=term("stance:hedged")))


@operator
def voice_of_a_place(world: World) -> Sources:
    """A place whose word a claim is."""
    quad = world.described("nk:accordingTo")
    return world.swap(quad, edit(quad, object=world.entry("place")))


@operator
def another_voice(world: World) -> Sources:
    """Another person's word."""
    quad = world.pick(
        q
        for q in world.sources.descriptions
        if q.predicate == term("nk:accordingTo") and q.object.value.startswith(PREFIXES["person"])
    )
    return world.swap(quad, edit(quad, object=world.entry("person", quad.object)))


@operator
def drop_stated_in(world: World) -> Sources:
    """A claim that no longer says in which act it was stated."""
    return world.swap(world.described("nk:statedIn"))


@operator
def retarget_stated_in(world: World) -> Sources:
    """A claim stated in another act."""
    quad = world.described("nk:statedIn")
    other = world.pick({q.object for q in world.sources.descriptions if q.predicate == quad.predicate} - {quad.object})
    return world.swap(quad, edit(quad, object=other))


@operator
def drop_states(world: World) -> Sources:
    """An act that no longer says what it stated."""
    return world.swap(world.said("nk:states"))


@operator
def one_sided_contradiction(world: World) -> Sources:
    """A contradiction that one of the two claims no longer mentions."""
    return world.swap(world.described("nk:contradicts"))


@operator
def contradict_a_stranger(world: World) -> Sources:
    """Two claims about different things that are said to contradict each other, on both sides."""
    one, other = (NamedNode(world.pick(world.sources.claims)) for _ in range(2))
    quads = [[q for q in world.sources.claims[c.value] if q.predicate != RDF_TYPE] for c in (one, other)]
    things = [{part for q in some for part in (q.subject, q.object)} for some in quads]
    if one == other or things[0] & things[1]:
        raise NoPlace
    link = term("nk:contradicts")
    return world.describe(Quad(one, link, other), Quad(other, link, one))


@operator
def contradict_itself(world: World) -> Sources:
    """A claim that contradicts itself."""
    claim = NamedNode(world.pick(world.sources.claims))
    return world.describe(Quad(claim, term("nk:contradicts"), claim))


@operator
def contradict_an_event(world: World) -> Sources:
    """A claim that contradicts an event."""
    claim = world.pick(world.sources.claims)
    return world.describe(Quad(NamedNode(claim), term("nk:contradicts"), world.sources.claims[claim][0].subject))


# --- the content of a claim ---------------------------------------------------------------------------------------


@operator
def drop_type(world: World) -> Sources:
    """A thing in a claim without its type."""
    return world.swap(world.said("rdf:type"))


@operator
def retype(world: World) -> Sources:
    """An event of another kind.

    Survives: an event that one claim alone tells, whose name does not begin with its kind and whose roles fit both.
    """
    quad = world.said("rdf:type")
    kinds = [one for one in ("Arrest", "Appointment", "Meeting", "Trial", "Award") if term(f"nk:{one}") != quad.object]
    return world.swap(quad, edit(quad, object=term(f"nk:{world.rng.choice(kinds)}")))


@operator
def type_of_a_person(world: World) -> Sources:
    """An event typed as a person."""
    quad = world.said("rdf:type")
    return world.swap(quad, edit(quad, object=term("nk:Person")))


@operator
def misspell_property(world: World) -> Sources:
    """A property that does not exist."""
    quad = world.said("nk:person")
    return world.swap(quad, edit(quad, predicate=term("nk:persn")))


@operator
def misspell_class(world: World) -> Sources:
    """A class that does not exist."""
    quad = world.said("rdf:type")
    return world.swap(quad, edit(quad, object=NamedNode(quad.object.value[:-1])))


@operator
def foreign_property(world: World) -> Sources:
    """A property of another vocabulary in a claim."""
    quad = world.said("rdf:type")
    return world.swap(quad, quad, edit(quad, predicate=term("skos:note"), object=Literal("to do")))


@operator
def dangle(world: World) -> Sources:
    """A name of which nothing is known."""
    quad = world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if isinstance(q.object, NamedNode) and q.object.value.startswith(BASE) and q.predicate != RDF_TYPE
    )
    return world.swap(quad, edit(quad, object=NamedNode(quad.object.value + "x")))


@operator
def homoglyph_in_a_reference(world: World) -> Sources:
    """A Cyrillic letter in the identifier that a claim points to."""
    quad = world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if isinstance(q.object, NamedNode)
        and q.object.value.startswith(BASE + "person/")
        and "o" in q.object.value[35:]
    )
    return world.swap(
        quad, edit(quad, object=NamedNode(quad.object.value[:35] + quad.object.value[35:].replace("o", "о")))
    )


def _pointing(world: World, register: str, *predicates: str) -> Quad:
    """Return a statement of a claim that points to an entry of a register, by one of the properties if given."""
    wanted = {term(one) for one in predicates}
    return world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if isinstance(q.object, NamedNode)
        and q.object.value.startswith(PREFIXES[register])
        and (not wanted or q.predicate in wanted)
    )


def _another(world: World, register: str, *predicates: str) -> Sources:
    quad = _pointing(world, register, *predicates)
    return world.swap(quad, edit(quad, object=world.entry(register, quad.object)))


@operator
def another_person(world: World) -> Sources:
    """Another person as the one to whom an event happens.

    Survives: the other has no name, and the gloss names the right one as the voice besides.
    """
    return _another(world, "person", "nk:person")


@operator
def another_actor(world: World) -> Sources:
    """Another person as the one who acts."""
    return _another(world, "person", "nk:actor")


@operator
def another_party(world: World) -> Sources:
    """Another person as the one who is addressed, meant, present, or the holder of a view."""
    others = ("nk:addressee", "nk:actor", "nk:participant", "nk:target", "nk:holder", "nk:towards", "nk:about")
    return _another(world, "person", *others)


@operator
def another_place(world: World) -> Sources:
    """Another place.

    Survives: one of several places, exchanged for one that the gloss names as well.
    """
    return _another(world, "place")


@operator
def another_body(world: World) -> Sources:
    """Another body."""
    return _another(world, "body")


@operator
def another_group(world: World) -> Sources:
    """Another group of people.

    Survives: a gloss that does not call the group by its name, for most groups have none.
    """
    return _another(world, "group")


@operator
def another_alleged_body(world: World) -> Sources:
    """Another alleged body.

    Survives: a gloss that does not call the body by its name, for most alleged bodies have several.
    """
    return _another(world, "alleged")


@operator
def another_office(world: World) -> Sources:
    """Another office.

    Survives: an office of a request or decision that the gloss does not call by its name.
    """
    return _another(world, "office", "nk:office")


@operator
def roles_exchanged(world: World) -> Sources:
    """The one who acts and the one who is addressed or meant, exchanged.

    Survives: an event that is not named after one of the two.
    """
    quad = _pointing(world, "person", "nk:actor")
    others = [world.fact(quad, role) for role in ("nk:addressee", "nk:target", "nk:person")]
    other = world.pick(one for one in others if one and one.object.value.startswith(PREFIXES["person"]))
    first = world.swap(quad, edit(quad, object=other.object))
    quads = [edit(other, object=quad.object) if one == other else one for one in first.claims[other.graph_name.value]]
    return replace(first, claims={**first.claims, other.graph_name.value: quads})


@operator
def another_concept(world: World) -> Sources:
    """Another kind of deed.

    Survives: kinds are free within the register; whether one fits, only the sentence says.
    """
    quad = world.said("nk:kind")
    return world.swap(quad, edit(quad, object=world.entry("concept", quad.object)))


@operator
def wrong_kind_of_value(world: World) -> Sources:
    """A place where a person belongs."""
    quad = world.said("nk:person")
    return world.swap(quad, edit(quad, object=world.entry("place")))


@operator
def alleged_body_acts(world: World) -> Sources:
    """An alleged body that acts like one that existed."""
    quad = world.said("nk:actor")
    return world.swap(quad, edit(quad, object=world.entry("alleged")))


@operator
def member_of_alleged_body(world: World) -> Sources:
    """Membership of an alleged body told as membership of one that existed."""
    quad = world.said("nk:allegedMemberOf")
    return world.swap(quad, edit(quad, predicate=term("nk:memberOf")))


@operator
def alleged_member_of_a_body(world: World) -> Sources:
    """An alleged body exchanged for one that existed."""
    quad = world.said("nk:allegedMemberOf")
    return world.swap(quad, edit(quad, object=world.entry("body")))


@operator
def drop_person(world: World) -> Sources:
    """An arrest, appointment, tenure or execution of nobody, where no other claim names the person."""
    kinds = [term(f"nk:{name}") for name in ("Arrest", "Appointment", "Tenure", "Execution", "Dismissal")]
    told: dict = {}
    for quads in world.sources.claims.values():
        for quad in quads:
            if quad.predicate == term("nk:person"):
                told.setdefault(quad.subject, []).append(quad)
    typed = {q.subject for quads in world.sources.claims.values() for q in quads if q.object in kinds}
    return world.swap(world.pick(quads[0] for one, quads in told.items() if len(quads) == 1 and one in typed))


@operator
def literal_for_a_thing(world: World) -> Sources:
    """A name in quotation marks in place of an identifier."""
    quad = world.said("nk:person")
    return world.swap(quad, edit(quad, object=Literal(quad.object.value.rpartition("/")[2])))


@operator
def reversed_statement(world: World) -> Sources:
    """Subject and object exchanged."""
    quad = world.said("nk:person")
    return world.swap(quad, edit(quad, subject=quad.object, object=quad.subject))


@operator
def outside_a_graph(world: World) -> Sources:
    """A statement that stands outside every claim's graph."""
    quad = world.said("nk:person")
    return world.describe(Quad(quad.subject, quad.predicate, quad.object))


@operator
def register_in_a_claim(world: World) -> Sources:
    """A label that a claim gives to an entry of a register."""
    quad = world.said("nk:person")
    label = Quad(quad.object, term("skos:altLabel"), Literal("Somebody", language="en"), quad.graph_name)
    return world.say(quad.graph_name.value, label)


@operator
def duplicate_claim(world: World) -> Sources:
    """A claim told a second time under a new letter."""
    claim = world.pick(world.sources.claims)
    name = next_letter(claim, world.sources.claims)
    return world.add_claim(name, claim, world.sources.claims[claim], keep_gloss=world.rng.random() < 0.5)


@operator
def arrest_under_two_names(world: World) -> Sources:
    """An arrest or execution told once more under an identifier of its own."""
    quad = world.pick(
        q
        for claim in world.accepted
        for q in world.sources.claims[claim]
        if q.predicate == term("nk:person")
        and "/person/" in q.object.value
        and any(world.is_a(claim, q.subject, kind) for kind in ("nk:Arrest", "nk:Execution"))
    )
    claim = quad.graph_name.value
    second = NamedNode(quad.subject.value + "-again")
    quads = [edit(q, subject=second) if q.subject == quad.subject else q for q in world.sources.claims[claim]]
    return world.add_claim(next_letter(claim, world.sources.claims), claim, quads, keep_gloss=False)


@operator
def about_itself(world: World) -> Sources:
    """An event, bond or figure that points to itself."""
    quad = world.said("rdf:type")
    return world.swap(quad, quad, edit(quad, predicate=term("nk:about"), object=quad.subject))


@operator
def acts_upon_oneself(world: World) -> Sources:
    """Somebody who is made to arrest, dismiss or appoint the one who acts."""
    quad = _pointing(world, "person", "nk:person")
    return world.swap(quad, quad, edit(quad, predicate=term("nk:actor")))


@operator
def another_gloss(world: World) -> Sources:
    """Two claims with their glosses exchanged, told of different people."""
    named = [
        claim
        for claim, quads in world.sources.claims.items()
        if sum(q.predicate == term("nk:person") and "/person/" in q.object.value for q in quads) == 1
    ]
    one, other = world.rng.sample(sorted(named), 2)
    people = [{q.object for q in world.sources.claims[c] if q.predicate == term("nk:person")} for c in (one, other)]
    glosses = {q.subject.value: q for q in world.sources.descriptions if q.predicate == term("nk:gloss")}
    if people[0] & people[1]:
        raise NoPlace
    first = world.swap(glosses[one], edit(glosses[one], object=glosses[other].object))
    return World(first, world.rng).swap(glosses[other], edit(glosses[other], object=glosses[one].object))


@operator
def gloss_in_another_language(world: World) -> Sources:
    """A gloss marked as Russian."""
    quad = world.described("nk:gloss")
    return world.swap(quad, edit(quad, object=Literal(quad.object.value, language="ru")))


@operator
def homoglyph_in_a_gloss(world: World) -> Sources:
    """A Cyrillic letter in a word of a gloss."""
    quad = world.described("nk:gloss")
    return world.swap(quad, edit(quad, object=Literal(quad.object.value.replace("e", "е", 2), language="en")))


# --- dates --------------------------------------------------------------------------------------------------------


@operator
def impossible_day(world: World) -> Sources:
    """A day that no calendar has."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf(quad.object.value[:4] + "-02-30")))


@operator
def open_interval(world: World) -> Sources:
    """An interval without an end."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf(quad.object.value + "/..")))


@operator
def reversed_interval(world: World) -> Sources:
    """An interval that ends before it begins."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf(f"{quad.object.value}/{years(quad.object.value, -1)}")))


@operator
def date_without_type(world: World) -> Sources:
    """A date as a plain string."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=Literal(quad.object.value)))


@operator
def date_in_words(world: World) -> Sources:
    """A date in words."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf("spring 1937")))


@operator
def another_year(world: World) -> Sources:
    """A date a year late."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf(years(quad.object.value, 1))))


@operator
def another_century(world: World) -> Sources:
    """A date a hundred years early."""
    quad = world.dated(accepted=False)
    return world.swap(quad, edit(quad, object=edtf(years(quad.object.value, -100))))


@operator
def another_day(world: World) -> Sources:
    """A day a little late.

    Survives: a claim whose gloss does not repeat the day, about an event that is not named after it.
    """
    quad = world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if q.predicate == term("nk:date") and len(q.object.value) == 10 and q.object.value[8:] < "20"
    )
    day = f"{quad.object.value[:8]}{int(quad.object.value[8:]) + 7:02}"
    return world.swap(quad, edit(quad, object=edtf(day)))


@operator
def two_dates(world: World) -> Sources:
    """Two dates of one event in one claim."""
    quad = world.dated(accepted=False)
    return world.swap(quad, quad, edit(quad, object=edtf(years(quad.object.value, 1))))


@operator
def end_before_begin(world: World) -> Sources:
    """A tenure or state that ends before it begins."""
    quad = world.said("nk:begin")
    end = Quad(quad.subject, term("nk:end"), edtf("1901"), quad.graph_name)
    return world.swap(quad, quad, end)


@operator
def arrest_after_execution(world: World) -> Sources:
    """Somebody arrested after the execution."""
    people = {q.object for q in _of_kind(world, "nk:Execution", "nk:person")}
    arrests = [q for q in _of_kind(world, "nk:Arrest", "nk:person") if q.object in people and world.fact(q, "nk:date")]
    date = world.fact(world.pick(arrests), "nk:date")
    return world.swap(date, edit(date, object=edtf("1941-01")))


def _of_kind(world: World, kind: str, predicate: str) -> list[Quad]:
    return [
        q
        for claim in world.accepted
        for q in world.sources.claims[claim]
        if q.predicate == term(predicate) and world.is_a(claim, q.subject, kind)
    ]


@operator
def act_after_death(world: World) -> Sources:
    """Somebody who speaks or writes long after the execution."""
    dead = {q.object for q in _of_kind(world, "nk:Execution", "nk:person") if world.fact(q, "nk:date")}
    acts = [
        world.fact(q, "nk:date")
        for claim in world.accepted
        for q in world.sources.claims[claim]
        if q.predicate == term("nk:actor") and q.object in dead and world.fact(q, "nk:date")
    ]
    date = world.pick(acts)
    return world.swap(date, edit(date, object=edtf("1946")))


@operator
def dismissal_before_appointment(world: World) -> Sources:
    """Somebody dismissed from an office before the appointment to it."""
    dismissed = list(_of_kind(world, "nk:Dismissal", "nk:date"))
    quad = world.pick(q for q in dismissed if world.fact(q, "nk:office"))
    person, office = world.fact(quad, "nk:person"), world.fact(quad, "nk:office")
    later = years(quad.object.value[:4], 1)
    event = NamedNode(BASE + "event/entry-into-office-x")
    graph = quad.graph_name
    facts = [
        Quad(event, RDF_TYPE, term("nk:Appointment"), graph),
        Quad(event, term("nk:person"), person.object, graph),
        Quad(event, term("nk:office"), office.object, graph),
        Quad(event, term("nk:date"), edtf(later), graph),
    ]
    return world.say(graph.value, *facts)


@operator
def second_holder(world: World) -> Sources:
    """A second holder of a single-seat office, in the middle of a tenure."""
    single = {q.subject for q in world.sources.registers if q.object == term("concept:single-seat-office")}
    tenures = [
        q
        for q in _of_kind(world, "nk:Tenure", "nk:office")
        if q.object in single and world.fact(q, "nk:begin") and world.fact(q, "nk:end")
    ]
    quad = world.pick(tenures)
    person, begin, end = (world.fact(quad, name) for name in ("nk:person", "nk:begin", "nk:end"))
    other = world.entry("person", person.object)
    event = NamedNode(BASE + "event/office-holding-x")
    graph = quad.graph_name
    facts = [
        Quad(event, RDF_TYPE, term("nk:Tenure"), graph),
        Quad(event, term("nk:person"), other, graph),
        Quad(event, term("nk:office"), quad.object, graph),
        Quad(event, term("nk:begin"), begin.object, graph),
        Quad(event, term("nk:end"), end.object, graph),
    ]
    return world.say(graph.value, *facts)


@operator
def effect_before_cause(world: World) -> Sources:
    """An effect dated long before its cause."""
    dated = {
        q.subject for claim in world.accepted for q in world.sources.claims[claim] if q.predicate == term("nk:date")
    }
    links = [
        q
        for claim in world.accepted
        for q in world.sources.claims[claim]
        if q.predicate == term("nk:consequenceOf") and q.object in dated and world.fact(q, "nk:date")
    ]
    date = world.fact(world.pick(links), "nk:date")
    return world.swap(date, edit(date, object=edtf("1921")))


# --- statistics ---------------------------------------------------------------------------------------------------


@operator
def count_as_text(world: World) -> Sources:
    """A count that is no number."""
    quad = world.said("nk:count")
    return world.swap(quad, edit(quad, object=Literal(quad.object.value)))


@operator
def count_below_zero(world: World) -> Sources:
    """A count below zero."""
    quad = world.said("nk:count")
    return world.swap(quad, edit(quad, object=Literal("-" + quad.object.value, datatype=quad.object.datatype)))


@operator
def count_times_ten(world: World) -> Sources:
    """A count with a nought too many.

    Survives: a gloss that gives no number, or says "several".
    """
    quad = world.said("nk:count")
    tenfold = f"{float(quad.object.value) * 10:.1f}"
    return world.swap(quad, edit(quad, object=Literal(tenfold, datatype=quad.object.datatype)))


@operator
def two_counts(world: World) -> Sources:
    """A statistic with two counts."""
    quad = world.said("nk:count")
    return world.swap(quad, quad, edit(quad, object=Literal("7.0", datatype=quad.object.datatype)))


@operator
def bounds_reversed(world: World) -> Sources:
    """A lower bound above the count or the upper bound."""
    quad = world.said("nk:count")
    lower = Literal("999999.0", datatype=quad.object.datatype)
    return world.swap(quad, quad, edit(quad, predicate=term("nk:lowerBound"), object=lower))


@operator
def drop_unit(world: World) -> Sources:
    """A statistic without a unit, where one claim alone gives it."""
    return world.swap(world.said("nk:unit"))


# --- registers ----------------------------------------------------------------------------------------------------


def _registered(world: World, predicate: str, language: str | None = None, kind: str = "") -> Quad:
    return world.pick(
        q
        for q in world.sources.registers
        if q.predicate == term(predicate)
        and (language is None or q.object.language == language)
        and q.subject.value.startswith(BASE + kind)
    )


@operator
def drop_russian_label(world: World) -> Sources:
    """An entry of a register without its Russian name."""
    return world.swap(_registered(world, "skos:prefLabel", "ru"))


@operator
def two_english_labels(world: World) -> Sources:
    """An entry with two preferred names in English.

    Survives: a happening of which no claim of the accepted view tells.
    """
    quad = _registered(world, "skos:prefLabel", "en")
    return world.swap(quad, quad, edit(quad, object=Literal("Another Name", language="en")))


@operator
def same_label(world: World) -> Sources:
    """Two people of one name."""
    quad = _registered(world, "skos:prefLabel", "en", "person/")
    other = _registered(world, "skos:prefLabel", "en", "person/")
    if quad == other:
        raise NoPlace
    return world.swap(quad, edit(quad, object=other.object))


@operator
def tag_of_a_region(world: World) -> Sources:
    """An English name tagged as that of a country, which no question looks for."""
    quad = _registered(world, "skos:prefLabel", "en", "")
    return world.swap(quad, edit(quad, object=Literal(quad.object.value, language="en-GB")))


@operator
def zero_width_space(world: World) -> Sources:
    """A character in a name that nobody sees."""
    quad = _registered(world, "skos:prefLabel", "en", "")
    name = quad.object.value
    return world.swap(quad, edit(quad, object=Literal(name[:2] + "\u200b" + name[2:], language="en")))


@operator
def another_authority(world: World) -> Sources:
    """A link to an authority's entry that its record does not name."""
    links = [q for q in world.sources.registers if q.predicate == term("skos:exactMatch")]
    quad, other = world.rng.sample(sorted(links, key=str), 2)
    return world.swap(quad, edit(quad, object=other.object))


@operator
def lost_link(world: World) -> Sources:
    """A record of an authority whose link is lost."""
    links = (q for q in world.sources.registers if q.predicate in (term("skos:exactMatch"), term("skos:closeMatch")))
    return world.swap(world.pick(links))


@operator
def concept_in_two_branches(world: World) -> Sources:
    """A concept under a second one."""
    quad = world.pick(q for q in world.sources.registers if q.predicate == term("skos:broader"))
    return world.swap(quad, quad, edit(quad, object=world.entry("concept", quad.object)))


@operator
def homoglyph_in_a_label(world: World) -> Sources:
    """A Cyrillic letter in a Latin name."""
    quad = world.pick(
        q
        for q in world.sources.registers
        if q.predicate == term("skos:prefLabel") and q.object.language == "en" and "a" in q.object.value
    )
    return world.swap(quad, edit(quad, object=Literal(quad.object.value.replace("a", "а", 1), language="en")))


@operator
def latin_letter_in_a_russian_label(world: World) -> Sources:
    """A Latin letter in a Russian name."""
    quad = world.pick(
        q
        for q in world.sources.registers
        if q.predicate == term("skos:prefLabel") and q.object.language == "ru" and "о" in q.object.value
    )
    return world.swap(quad, edit(quad, object=Literal(quad.object.value.replace("о", "o", 1), language="ru")))


@operator
def names_exchanged(world: World) -> Sources:
    """Two people with their English names exchanged."""
    quad = _registered(world, "skos:prefLabel", "en", "person/")
    other = _registered(world, "skos:prefLabel", "en", "person/")
    if quad == other or quad.subject not in world.used or other.subject not in world.used:
        raise NoPlace
    first = world.swap(quad, edit(quad, object=other.object))
    return World(first, world.rng).swap(other, edit(other, object=quad.object))


@operator
def office_of_nobody(world: World) -> Sources:
    """An office that belongs to no body."""
    return world.swap(_registered(world, "nk:postIn"))


@operator
def office_of_a_person(world: World) -> Sources:
    """An office that belongs to a person."""
    quad = _registered(world, "nk:postIn")
    return world.swap(quad, edit(quad, object=world.entry("person")))


@operator
def loop_of_places(world: World) -> Sources:
    """A place that lies within itself by a detour."""
    quad = _registered(world, "nk:within")
    back = Quad(quad.object, term("nk:within"), quad.subject)
    kept = [q for q in world.sources.registers if not (q.subject == quad.object and q.predicate == quad.predicate)]
    return replace(world.sources, registers=[*kept, back])


@operator
def loop_of_bodies(world: World) -> Sources:
    """A body that stands under itself."""
    quad = _registered(world, "nk:subordinateTo")
    return world.swap(quad, edit(quad, object=quad.subject))


@operator
def drop_entry(world: World) -> Sources:
    """An entry of a register lost, while claims speak of it."""
    gone = world.pick(one for one in world.used if isinstance(one, NamedNode) and one in world.register["person"])
    return replace(world.sources, registers=[q for q in world.sources.registers if q.subject != gone])


@operator
def deed_in_a_register(world: World) -> Sources:
    """A register that tells of membership."""
    fact = Quad(world.entry("person"), term("nk:memberOf"), world.entry("body"))
    return replace(world.sources, registers=[*world.sources.registers, fact])


@operator
def cyrillic_identifier(world: World) -> Sources:
    """An entry of a register with a Cyrillic letter in its identifier."""
    quad = _registered(world, "skos:prefLabel", "en", "person/")
    name = NamedNode(quad.subject.value[:35] + "а")
    entry = [edit(q, subject=name) for q in world.sources.registers if q.subject == quad.subject]
    return replace(world.sources, registers=[*world.sources.registers, *entry])


# --- the source ---------------------------------------------------------------------------------------------------


@operator
def digest_cut_short(world: World) -> Sources:
    """A digest that is no SHA-256."""
    quad = world.pick(q for q in world.sources.source if q.predicate == term("nk:sha256"))
    return world.swap(quad, edit(quad, object=Literal(quad.object.value[:-1])))


@operator
def another_governing_footnote(world: World) -> Sources:
    """A passage governed by another footnote than its claims cite."""
    quad = world.pick(
        q
        for q in world.sources.source
        if q.predicate == term("nk:footnote")
        and any(d.object == q.subject for d in world.sources.descriptions if d.predicate == term("nk:passage"))
    )
    space = source_space(key_of(quad.object.value), "note")
    other = NamedNode(space + ("1" if not quad.object.value.endswith("/1") else "2"))
    return world.swap(quad, edit(quad, object=other))
