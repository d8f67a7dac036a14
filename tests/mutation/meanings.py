"""Operators on what model 2 keeps apart: voices, clauses, facets, imputed acts, order in time, names."""

from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad
from tests.mutation.operators import operator
from tests.mutation.world import World, edit

from narkom.reading.sources import Sources
from narkom.vocabulary import PREFIXES, RDF_TYPE, term


def _claims(world: World, stance: str) -> list[str]:
    """Return the claims of a stance that have a graph."""
    return [
        q.subject.value
        for q in world.sources.descriptions
        if q.predicate == term("nk:stance") and q.object == term(stance) and q.subject.value in world.sources.claims
    ]


def _description(world: World, claim: str, predicate: str) -> Quad | None:
    wanted = term(predicate)
    return next((q for q in world.sources.descriptions if q.subject.value == claim and q.predicate == wanted), None)


def _concept_under(world: World, facet: str) -> NamedNode:
    return world.pick(
        q.subject
        for q in world.sources.registers
        if q.predicate == term("skos:broader") and q.object == term(f"concept:{facet}")
    )


@operator
def second_voice(world: World) -> Sources:
    """A claim with a second innermost voice."""
    quad = world.described("nk:accordingTo")
    return world.describe(edit(quad, object=world.entry("person", quad.object)))


@operator
def voice_is_its_relay(world: World) -> Sources:
    """A claim that its own voice is said to have handed on."""
    quad = world.described("nk:accordingTo")
    return world.describe(edit(quad, predicate=term("nk:relayedBy")))


@operator
def relay_without_a_voice(world: World) -> Sources:
    """A claim that was handed on and is nobody's word."""
    claim = world.pick(_claims(world, "stance:asserted"))
    return world.describe(Quad(NamedNode(claim), term("nk:relayedBy"), world.entry("person")))


@operator
def testimony_asserted(world: World) -> Sources:
    """What a prisoner testified, told as the authors' own word."""
    claim = world.pick(_claims(world, "stance:testified"))
    quad = _description(world, claim, "nk:stance")
    return world.swap(quad, edit(quad, object=term("stance:asserted")))


@operator
def charge_without_an_act(world: World) -> Sources:
    """A charge that no act states."""
    claims = [one for one in _claims(world, "stance:charged") if _description(world, one, "nk:statedIn")]
    return world.swap(_description(world, world.pick(claims), "nk:statedIn"))


@operator
def imputed_act_as_event(world: World) -> Sources:
    """An imputed act typed as an event."""
    quad = world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if q.predicate == RDF_TYPE and q.object == term("nk:ImputedAct")
    )
    return world.swap(quad, edit(quad, object=term("nk:Act")))


@operator
def imputed_act_asserted(world: World) -> Sources:
    """A charge told as the authors' own word."""
    imputing = [
        one
        for one in _claims(world, "stance:charged")
        if any("/imputed/" in q.subject.value for q in world.sources.claims[one])
    ]
    quad = _description(world, world.pick(imputing), "nk:stance")
    return world.swap(quad, edit(quad, object=term("stance:asserted")))


@operator
def actor_of_an_imputed_act(world: World) -> Sources:
    """Somebody who acts in an imputed act, instead of its being imputed to him."""
    quad = world.said("nk:imputedTo")
    return world.swap(quad, edit(quad, predicate=term("nk:actor")))


@operator
def second_action_and_target(world: World) -> Sources:
    """An order or request that calls for two things of two people at once."""
    quad = world.pick(
        q
        for quads in world.sources.claims.values()
        for q in quads
        if q.predicate == term("nk:action") and world.fact(q, "nk:target")
    )
    target = world.fact(quad, "nk:target")
    action = edit(quad, object=_concept_under(world, "measure"))
    return world.say(quad.graph_name.value, action, edit(target, object=world.entry("person", target.object)))


@operator
def concept_of_another_facet(world: World) -> Sources:
    """A manner, extent, result or standing of another facet."""
    quad = world.said(world.pick(["nk:manner", "nk:extent", "nk:result", "nk:standing", "nk:polarity"]))
    return world.swap(quad, edit(quad, object=_concept_under(world, "relation")))


@operator
def kind_of_another_class(world: World) -> Sources:
    """A meeting, message, attitude or relationship whose kind is a unit."""
    quad = world.said("nk:kind", kind=world.pick(["nk:Meeting", "nk:Correspondence", "nk:Attitude", "nk:Relationship"]))
    return world.swap(quad, edit(quad, object=_concept_under(world, "unit")))


@operator
def second_kind(world: World) -> Sources:
    """A thing of two kinds."""
    quad = world.said("nk:kind")
    facet = next(
        q.object for q in world.sources.registers if q.subject == quad.object and q.predicate == term("skos:broader")
    )
    others = [
        q.subject
        for q in world.sources.registers
        if q.predicate == term("skos:broader") and q.object == facet and q.subject != quad.object
    ]
    return world.say(quad.graph_name.value, edit(quad, object=world.pick(others)))


@operator
def corroborated_by_itself(world: World) -> Sources:
    """A claim that corroborates another word of the same mouth."""
    quad = world.described("nk:accordingTo")
    same = [
        q.subject
        for q in world.sources.descriptions
        if q.predicate == quad.predicate and q.object == quad.object and q.subject != quad.subject
    ]
    return world.describe(edit(quad, predicate=term("nk:corroborates"), object=world.pick(same)))


@operator
def repetition_of_another(world: World) -> Sources:
    """A claim that repeats the word of another."""
    quad = world.described("nk:accordingTo")
    others = [
        q.subject for q in world.sources.descriptions if q.predicate == quad.predicate and q.object != quad.object
    ]
    return world.describe(edit(quad, predicate=term("nk:repeats"), object=world.pick(others)))


@operator
def alternative_on_one_side(world: World) -> Sources:
    """An either-or of which one side does not know."""
    return world.swap(world.described("nk:alternativeTo"))


@operator
def tenure_of_another_office(world: World) -> Sources:
    """An appointment that opens the tenure of another office."""
    quad = world.said(world.pick(["nk:startOf", "nk:endOf"]))
    others = [
        q.subject
        for quads in world.sources.claims.values()
        for q in quads
        if q.predicate == RDF_TYPE and q.object == term("nk:Tenure") and q.subject != quad.object
    ]
    return world.swap(quad, edit(quad, object=world.pick(others)))


@operator
def appointment_to_no_tenure(world: World) -> Sources:
    """An appointment without the tenure that it opens.

    Survives: an appointment to a body in which no office is named.
    """
    return world.swap(world.said("nk:startOf", accepted=True))


@operator
def order_reversed(world: World) -> Sources:
    """An event before what it followed.

    Survives: an order that no date and no other order holds.
    """
    quad = world.said("nk:after", accepted=True)
    return world.swap(quad, edit(quad, predicate=term("nk:before")))


@operator
def clause_of_another(world: World) -> Sources:
    """A point of a speech or letter that is put into another one.

    Survives: another of the same speaker.
    """
    quad = world.said("nk:clauseOf")
    others = [
        q.object
        for quads in world.sources.claims.values()
        for q in quads
        if q.predicate == quad.predicate and q.object != quad.object
    ]
    return world.swap(quad, edit(quad, object=world.pick(others)))


def _name(world: World, *kinds: str) -> Quad:
    spaces = tuple(PREFIXES[kind] for kind in kinds)
    return world.pick(
        q
        for q in world.sources.registers
        if q.predicate == term("skos:prefLabel") and q.subject.value.startswith(spaces) and q.object.language == "en"
    )


@operator
def nameless(world: World) -> Sources:
    """An event, state, statistic or imputed act without its English name."""
    return world.swap(_name(world, "event", "relation", "attitude", "statistic", "imputed"))


@operator
def name_that_charges(world: World) -> Sources:
    """The name of an imputed act that tells the charge as a fact."""
    quad = _name(world, "imputed")
    return world.swap(quad, edit(quad, object=Literal("Wrecking of the railways", language="en")))


@operator
def name_of_nothing(world: World) -> Sources:
    """A name of something that no claim tells of."""
    quad = _name(world, "event", "relation")
    other = NamedNode(quad.subject.value + "-again")
    return replace(world.sources, registers=[*world.sources.registers, edit(quad, subject=other)])


@operator
def member_without_a_seat(world: World) -> Sources:
    """Somebody told to be a member of a body without a seat in it."""
    claim = world.pick(world.accepted)
    member = Quad(world.entry("person"), term("nk:memberOf"), world.entry("body"), NamedNode(claim))
    return world.say(claim, member)


@operator
def gloss_that_leans(world: World) -> Sources:
    """A gloss that leans on another line."""
    quad = world.described("nk:gloss")
    text = f"At that meeting: {quad.object.value}"
    return world.swap(quad, edit(quad, object=Literal(text, language="en")))


@operator
def said_in_a_register_too(world: World) -> Sources:
    """What a claim says, said without a footnote in a register as well."""
    quad = world.said("nk:actor", accepted=True)
    return replace(world.sources, registers=[*world.sources.registers, Quad(quad.subject, quad.predicate, quad.object)])


@operator
def inference_passed_off(world: World) -> Sources:
    """A gloss that tells what was inferred like the source's own word."""
    quad = world.pick(
        q for q in world.sources.descriptions if q.predicate == term("nk:gloss") and ", by inference," in q.object.value
    )
    text = quad.object.value.replace(", by inference,", "")
    return world.swap(quad, edit(quad, object=Literal(text, language="en")))
