"""The provenance profile: where each claim comes from, in PROV-O alone.

Two attributions are kept apart. The claim is the authors': an assertion of theirs generated it, with their stance as
its role; it used the footnote, and the word of whoever they pass on, as it reached them (voices.py). The record of the
claim is the encoders': it specialises the claim and was derived from the passage. The archives behind a footnote were
not consulted, so nothing points to them.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.publishing.facts import Facts, coin, coin_of, local
from narkom.publishing.voices import chain_of_voices
from narkom.vocabulary import RDF_TYPE, local_name, term

CONTRIBUTORS, CONTRIBUTORS_NAME = coin("contributors"), "The Narkom contributors"
_ENCODING = coin("activity/encoding")
_LABEL = term("rdfs:label")
_TEXTS = {"nk:Work": "Work", "nk:Paragraph": "Paragraph", "nk:Passage": "Passage", "nk:Footnote": "Note"}
_AGENTS = {"nk:Person": "Person", "nk:Body": "Organization"}


def prov_profile(facts: Facts) -> list[Triple]:
    """Return the provenance of every claim, whatever its stance, sorted."""
    found = {*_encoding(facts), *_texts(facts)}
    for claim in facts.claims():
        found |= {*_claim(facts, claim), *_assertion(facts, claim), *_record(facts, claim)}
    return sorted(found, key=str)


def prov_of_claim(facts: Facts, claim: NamedNode) -> list[Triple]:
    """Return the provenance of one claim, sorted."""
    return sorted({*_claim(facts, claim), *_assertion(facts, claim), *_record(facts, claim)}, key=str)


def _a(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, RDF_TYPE, term(f"prov:{name}"))


def _named(subject: NamedNode, label: str) -> Triple:
    return Triple(subject, _LABEL, Literal(label, language="en"))


def _encoding(facts: Facts) -> Iterator[Triple]:
    yield _a(CONTRIBUTORS, "Agent")
    yield _named(CONTRIBUTORS, CONTRIBUTORS_NAME)
    yield _a(_ENCODING, "Activity")
    yield _named(_ENCODING, "The recording of the claims")
    yield Triple(_ENCODING, term("prov:wasAssociatedWith"), CONTRIBUTORS)
    for work in facts.instances("nk:Work"):
        yield Triple(_ENCODING, term("prov:used"), work)


def _texts(facts: Facts) -> Iterator[Triple]:
    """Yield works, paragraphs, passages and footnotes, the larger ones as collections of their parts."""
    for kind, noun in _TEXTS.items():
        for text in facts.instances(kind):
            yield _a(text, "Entity")
            titles = facts.objects(text, "dcterms:title") or [
                Literal(f"{noun} {local_name(text.value)}", language="en")
            ]
            yield from (Triple(text, _LABEL, title) for title in titles)
            for whole in facts.objects(text, "nk:partOf"):
                yield _a(whole, "Collection")
                yield Triple(whole, term("prov:hadMember"), text)
            for author in facts.objects(text, "dcterms:creator"):
                yield Triple(text, term("prov:wasAttributedTo"), author)
                yield from _agent(facts, author)


def _agent(facts: Facts, agent: NamedNode) -> Iterator[Triple]:
    """Yield type and labels of somebody whose word it is; a document is no agent."""
    types = facts.types(agent)
    names = [name for kind, name in _AGENTS.items() if term(kind) in types]
    yield from (_a(agent, name) for name in names)
    yield _a(agent, "Entity" if term("nk:Document") in types else "Agent")
    yield from (Triple(agent, _LABEL, label) for label in facts.objects(agent, "skos:prefLabel"))


def _claim(facts: Facts, claim: NamedNode) -> Iterator[Triple]:
    yield _a(claim, "Entity")
    yield from (Triple(claim, _LABEL, gloss) for gloss in facts.objects(claim, "nk:gloss"))
    yield Triple(claim, term("prov:wasGeneratedBy"), coin_of(claim, "assertion"))
    for curie in ("prov:wasDerivedFrom", "prov:wasAttributedTo"):
        yield from (Triple(claim, term(curie), one) for one in facts.objects(claim, curie))


def _assertion(facts: Facts, claim: NamedNode) -> Iterator[Triple]:
    """Yield the authors' act: on which footnote it rests, on whose word, and with what stance."""
    act = coin_of(claim, "assertion")
    yield _a(act, "Activity")
    yield from (Triple(act, term("prov:used"), note) for note in facts.objects(claim, "nk:footnote"))
    yield from chain_of_voices(facts, claim)
    for curie in ("nk:accordingTo", "nk:relayedBy"):
        for speaker in facts.objects(claim, curie):
            yield from _agent(facts, speaker)
    for author in facts.objects(claim, "prov:wasAttributedTo"):
        yield Triple(act, term("prov:wasAssociatedWith"), author)
        link = coin_of(claim, "association", f"-{local(author)}")
        yield Triple(act, term("prov:qualifiedAssociation"), link)
        yield _a(link, "Association")
        yield Triple(link, term("prov:agent"), author)
        for stance in facts.objects(claim, "nk:stance"):
            yield Triple(link, term("prov:hadRole"), stance)
            yield _a(stance, "Role")
            yield from (Triple(stance, _LABEL, label) for label in facts.objects(stance, "skos:prefLabel"))


def _record(facts: Facts, claim: NamedNode) -> Iterator[Triple]:
    record = coin_of(claim, "record")
    yield _a(record, "Entity")
    yield Triple(record, term("prov:specializationOf"), claim)
    yield Triple(record, term("prov:wasGeneratedBy"), _ENCODING)
    yield Triple(record, term("prov:wasAttributedTo"), CONTRIBUTORS)
    yield from (Triple(record, term("prov:wasDerivedFrom"), one) for one in facts.objects(claim, "nk:passage"))
