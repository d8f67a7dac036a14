"""Coverage: which sentences of the sources carry claims, and whether a reader's copy is the text that was described."""

from collections import defaultdict
from dataclasses import dataclass

from narkom.reading.sentences import Sentence, normalise
from narkom.reading.sources import Sources
from narkom.vocabulary import RDF_TYPE, cited_name, key_of, local_name, term

_PASSAGE_TYPE, _PASSAGE, _FOOTNOTE = term("nk:Passage"), term("nk:passage"), term("nk:footnote")
_LENGTH, _SHA256 = term("nk:length"), term("nk:sha256")


@dataclass(frozen=True)
class Coverage:
    """How many claims rest on one passage; `passage` is its name as it is cited, such as ssc/p22s1."""

    passage: str
    claims: int


def coverage(sources: Sources) -> list[Coverage]:
    """Return every passage in the order of the source, with the number of its claims."""
    counts: dict[str, int] = defaultdict(int)
    for quad in sources.descriptions:
        if quad.predicate == _PASSAGE:
            counts[quad.object.value] += 1
    passages = [quad.subject.value for quad in sources.source if quad.object == _PASSAGE_TYPE]
    return [Coverage(cited_name(iri), counts[iri]) for iri in passages]


def compare(sources: Sources, sentences: list[Sentence], key: str) -> list[str]:
    """Return one line for each passage in which a reader's copy of the source `key` differs from what is described.

    Length and digest of the text and the governing footnotes are compared, and passages that only one side has.
    """
    described = _described(sources, key)
    own = {sentence.local_name: sentence for sentence in sentences}
    lines = [f"{key}/{name}: missing from your copy" for name in described if name not in own]
    lines += [f"{key}/{name}: in your copy, but not described" for name in own if name not in described]
    for name, facts in described.items():
        if name in own:
            lines += [f"{key}/{name}: {fault}" for fault in _differences(facts, own[name])]
    return lines


def _described(sources: Sources, key: str) -> dict[str, dict]:
    passages = {
        quad.subject.value: {_FOOTNOTE: set()}
        for quad in sources.source
        if quad.predicate == RDF_TYPE and quad.object == _PASSAGE_TYPE and key_of(quad.subject.value) == key
    }
    for quad in sources.source:
        facts = passages.get(quad.subject.value)
        if facts is not None and quad.predicate == _FOOTNOTE:
            facts[_FOOTNOTE].add(int(local_name(quad.object.value)))
        elif facts is not None and quad.predicate in (_LENGTH, _SHA256):
            facts[quad.predicate] = quad.object.value
    return {local_name(iri): facts for iri, facts in passages.items()}


def _differences(facts: dict, sentence: Sentence) -> list[str]:
    faults = []
    if facts.get(_SHA256) != sentence.digest:
        length = len(normalise(sentence.text))
        faults.append(f"the digest differs: {facts.get(_LENGTH)} characters described, {length} in your copy")
    if facts[_FOOTNOTE] != set(sentence.notes):
        faults.append("the governing footnotes differ")
    return faults
