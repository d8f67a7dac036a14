"""What a browser needs to cite an answer and to write it to a file: the parts of citations, and a note on each claim.

`told()` is what `bibliography.parts` tells, and beside it ``{"claims": {"ssc/claim/p22s1c": [passage, place in words,
voices, relays, from what the encoder inferred it], …}}``. All of it is in English, as citations and files are; the
sentences, stances and footnotes stand in the index of the search.
"""

from __future__ import annotations

from narkom.asking.bibliography import parts
from narkom.portal.library import Claim, Library
from narkom.vocabulary import BASE


def told(library: Library) -> dict:
    """Return the parts of citations and what they and files tell of each claim."""
    claims = {iri.removeprefix(BASE): _of_claim(claim) for iri, claim in library.claims.items()}
    return {**parts(library.store, library.sources.values()), "claims": claims}


def _of_claim(claim: Claim) -> list:
    note = claim.note
    return [note.passage, note.where(), list(note.voices), list(note.relays), note.inferred]
