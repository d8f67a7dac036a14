"""What the claims say of time, as constraints of a network: which property orders what, and why.

Each thing that happens or lasts begins and ends: two variables, its start and its end, and it does not end before it
begins. RELATIONS says what a property makes of subject and object, ROLES and MEETINGS what follows for two events from
what one person had to do with both. Everything is read claim by claim, so that each constraint knows the claims it
needs; the type of an event counts only within the claim that gives it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from narkom.building.network import ORIGIN, Constraint, Variable
from narkom.reading.dates import Bounds, DateError, bounds, span
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

START, END = "start", "end"


class Relation(NamedTuple):
    """What `s property o` says of the days of s and o; `whole` where o is what s is a part of."""

    inequalities: str
    why: str
    whole: bool = False


RELATIONS: dict[str, Relation] = {
    "nk:occasion": Relation("o.start <= s.start, s.end <= o.end", "it takes place in the course of this", whole=True),
    "nk:during": Relation("o.start <= s.start, s.end <= o.end", "it lies within this", whole=True),
    "nk:clauseOf": Relation(
        "o.start <= s.start, s.start <= o.start, o.end <= s.end, s.end <= o.end",
        "what a text says or demands it does when the text is spoken or written",
        whole=True,
    ),
    "nk:sameDayAs": Relation(
        "o.start <= s.start, s.start <= o.start, o.end <= s.end, s.end <= o.end", "the sentence says so"
    ),
    "nk:after": Relation("o.end <= s.start", "it does not begin before this has ended"),
    "nk:before": Relation("s.end <= o.start", "it has ended when this begins"),
    "nk:shortlyAfter": Relation("o.end <= s.start, s.start <= o.end + 31", "shortly is within a month"),
    "nk:shortlyBefore": Relation("s.end <= o.start, o.start <= s.end + 31", "shortly is within a month"),
    "nk:consequenceOf": Relation("o.start <= s.start", "an effect does not begin before its cause"),
    "nk:startOf": Relation(
        "s.start <= o.start, o.start <= s.end", "a tenure begins on the day of the appointment that begins it"
    ),
    "nk:endOf": Relation("s.start <= o.end, o.end <= s.end", "a tenure ends on the day of the dismissal that ends it"),
}


class Role(NamedTuple):
    """What somebody has to do with an event: by a property, where the claim gives the event one of the classes."""

    name: str
    property: str
    classes: frozenset[NamedNode] | None
    but: frozenset[NamedNode] = frozenset()


def _classes(names: str) -> frozenset[NamedNode]:
    return frozenset(term(f"nk:{name}") for name in names.split())


_DEATHS = _classes("Death Execution Killing Suicide")
# What is over in a day where it happens to one person, or one sender's word is given: an interval of EDTF, which
# otherwise says that a thing lasted, is for these the span within which their day lies.
_OF_ONE_PERSON = _DEATHS | _classes("Appointment Arrest Award Dismissal Expulsion Sentencing")
_OF_ONE_DAY = _classes("Correspondence Decision Order Request Speech")
# What may go on when one of those who do it is dead.
_LASTING = _classes("Formation Investigation Meeting Operation Trial")
# What happens to the living alone. One can be sentenced, expelled or honoured, and a book can appear, after death.
_OF_THE_LIVING = _classes("Appointment Arrest Interrogation Journey Tenure")

ROLES = (
    Role("dying", "nk:person", _DEATHS),
    Role("living", "nk:actor", None, _classes("Publication")),
    Role("living", "nk:participant", None),
    Role("finishing", "nk:actor", None, _classes("Publication") | _LASTING),
    Role("finishing", "nk:person", _OF_THE_LIVING),
    Role("arrested", "nk:person", _classes("Arrest")),
    Role("tried", "nk:person", _classes("Trial")),
    Role("sentenced", "nk:person", _classes("Sentencing")),
    Role("holding an office", "nk:person", _classes("Tenure")),
    Role("in office", "nk:person", _classes("Tenure")),
    Role("succeeded", "nk:predecessor", _classes("Appointment")),
)


class Meeting(NamedTuple):
    """What follows for two events in which one person has these roles.

    `single`: only where no other event of the view gives this person (in the office) either role ("both"), or the
    object's ("object"). Such a conclusion can fall when a further claim becomes known; the others stand, whatever is
    added.
    """

    subject: str
    object: str
    inequality: str
    why: str
    single: str = ""


MEETINGS = (
    Meeting("living", "dying", "s.start <= o.end", "nobody acts after death"),
    Meeting("finishing", "dying", "s.end <= o.end", "nobody's own act goes on after death"),
    Meeting("arrested", "tried", "s.end <= o.start", "one is tried after the arrest", single="both"),
    Meeting("arrested", "sentenced", "s.end <= o.end", "one is sentenced after the arrest", single="both"),
    Meeting(
        "holding an office",
        "arrested",
        "s.end <= o.end + 31",
        "whoever is arrested does not stay in office, though the dismissal may come some weeks later",
        single="object",
    ),
    Meeting(
        "in office", "succeeded", "s.end <= o.end", "whoever has a successor is no longer in office", single="both"
    ),
)

_OFFICE, _WHOM, _PERSON = term("nk:office"), term("nk:person"), PREFIXES["person"]
_WITH_OFFICE = {"in office", "succeeded"}
_FORM = re.compile(r"([so])\.(start|end) <= ([so])\.(start|end)(?: \+ (\d+))?$")
_BY_PROPERTY = {term(name): one for name, one in RELATIONS.items()}
_ROLES_BY_PROPERTY = {term(name): [role for role in ROLES if role.property == name] for _, name, *_ in ROLES}
BEGIN, FINISH, ATTESTED = term("nk:begin"), term("nk:end"), term("nk:attested")
OWN_DATES = frozenset({term("nk:date"), BEGIN, FINISH})
_READ = {*OWN_DATES, ATTESTED, *_BY_PROPERTY, *_ROLES_BY_PROPERTY}


@dataclass
class Facts:
    """What one claim says of time.

    `told` are the constraints of its dates and of what belongs to which whole, `ordered` those of order and cause;
    `dates` are the bounds of each date, by the thing and the property; `roles` the events by role and holder.
    """

    claim: str
    told: list[Constraint] = field(default_factory=list)
    ordered: list[Constraint] = field(default_factory=list)
    dates: list[tuple[NamedNode, NamedNode, Bounds]] = field(default_factory=list)
    roles: list[tuple[str, tuple, NamedNode]] = field(default_factory=list)


def read_facts(claim: str, triples: Iterable[Triple]) -> Facts:
    """Return what a claim with these triples says of time; an ill date, which the checks report, says nothing."""
    triples = list(triples)
    facts = Facts(claim)
    short = set(of_a_day(triples))
    for thing in short:
        facts.told.append(Constraint(variable(thing, END), variable(thing, START), 0, (claim,)))
    if not any(triple.predicate in _READ for triple in triples):
        return facts
    for triple in triples:
        if isinstance(triple.object, Literal):
            _read_date(facts, triple, triple.subject in short)
        elif triple.predicate in _BY_PROPERTY:
            relation = _BY_PROPERTY[triple.predicate]
            kept = facts.told if relation.whole else facts.ordered
            kept += inequalities(relation.inequalities, triple.subject, triple.object, (claim,))
    facts.roles = list(_roles(triples))
    return facts


def of_a_day(triples: list[Triple]) -> Iterator[NamedNode]:
    """Yield what is over in a day."""
    personal = {
        triple.subject
        for triple in triples
        if triple.predicate == _WHOM
        and isinstance(triple.object, NamedNode)
        and triple.object.value.startswith(_PERSON)
    }
    for triple in triples:
        if triple.predicate == RDF_TYPE and (
            triple.object in _OF_ONE_DAY or (triple.object in _OF_ONE_PERSON and triple.subject in personal)
        ):
            yield triple.subject


def _read_date(facts: Facts, triple: Triple, of_a_day: bool) -> None:
    thing, name = triple.subject, triple.predicate
    if name not in OWN_DATES and name != ATTESTED:
        return
    try:
        begin, end = span(triple.object.value)
        whole = bounds(triple.object.value)
    except DateError:
        return
    facts.dates.append((thing, name, whole))
    start, finish = variable(thing, START), variable(thing, END)
    if name == ATTESTED:
        # It lasted at that time: it had begun by then, and not ended yet.
        facts.told += (_not_after(start, whole, facts.claim), _not_before(finish, whole, facts.claim))
    if of_a_day:
        begin = end = whole
    for side, days in {BEGIN: [(start, whole)], FINISH: [(finish, whole)], ATTESTED: []}.get(
        name, [(start, begin), (finish, end)]
    ):
        facts.told += (_not_before(side, days, facts.claim), _not_after(side, days, facts.claim))


def _not_before(one: Variable, days: Bounds, claim: str) -> Constraint:
    return Constraint(ORIGIN, one, -days.earliest.toordinal(), (claim,))


def _not_after(one: Variable, days: Bounds, claim: str) -> Constraint:
    return Constraint(one, ORIGIN, days.latest.toordinal(), (claim,))


def variable(thing: NamedNode, side: str) -> Variable:
    """Return the variable of the start or the end of a thing."""
    return (thing.value, side)


def inequalities(text: str, subject: NamedNode, obj: NamedNode, because: tuple[str, ...]) -> Iterator[Constraint]:
    """Yield the constraints that some inequalities, such as `s.end <= o.start + 31`, are for two things."""
    thing = {"s": subject, "o": obj}
    for one in text.split(", "):
        left, its, right, other, days = _FORM.match(one).groups()
        yield Constraint(variable(thing[left], its), variable(thing[right], other), int(days or 0), because)


def _roles(triples: list[Triple]) -> Iterator[tuple[str, tuple, NamedNode]]:
    """Yield each role in an event, who has it (and in which office), and the event."""
    types: dict[NamedNode, set] = defaultdict(set)
    offices: dict[NamedNode, list] = defaultdict(list)
    for triple in triples:
        if triple.predicate == RDF_TYPE:
            types[triple.subject].add(triple.object)
        elif triple.predicate == _OFFICE:
            offices[triple.subject].append(triple.object)
    for triple in triples:
        if not isinstance(triple.object, NamedNode) or not triple.object.value.startswith(_PERSON):
            continue
        its = types[triple.subject]
        for role in _ROLES_BY_PROPERTY.get(triple.predicate, ()):
            if (role.classes is None or its & role.classes) and not its & role.but:
                for office in offices[triple.subject] if role.name in _WITH_OFFICE else [None]:
                    yield role.name, (triple.object, office), triple.subject


def between_claims(every: Iterable[Facts]) -> Iterator[Constraint]:
    """Yield what follows from what people have to do with events, the two told by two claims or one."""
    known: dict[tuple[str, tuple], dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
    for facts in every:
        for role, holder, event in facts.roles:
            known[role, holder][event].add(facts.claim)
    for (role, holder), events in list(known.items()):
        for meeting in MEETINGS:
            others = known.get((meeting.object, holder)) if meeting.subject == role else None
            alone = {"both": [events, others], "object": [others]}.get(meeting.single, [])
            if not others or any(len(one) > 1 for one in alone):
                continue
            for event, other in product(events, others):
                # An event is not before or after itself: a death has its victim for an actor where it is a suicide.
                for pair in product(events[event], others[other]) if event != other else ():
                    yield from inequalities(meeting.inequality, event, other, tuple(sorted(set(pair))))


def natural(constraints: Iterable[Constraint]) -> Iterator[Constraint]:
    """Yield for each thing of some constraints that it does not end before it begins."""
    for name in {side[0] for one in constraints for side in (one.left, one.right)} - {ORIGIN[0]}:
        yield Constraint((name, START), (name, END), 0)
