"""The index that the search in the browser reads, and what it needs to hear names as the server does.

`things()` is ``{"sounds": [[pattern, sound], …], "letters": {"я": "i͡a", …}, "kinds": [[kind, English, Russian], …],
"things": [[path, kind, English, Russian, sounds of all names, mark], …]}``; `claims()`
is ``[[path, gloss, stance, numbers of footnotes, voices, relays, mark], …]``, where the mark is 1 for what the encoder
inferred, and voices and relays are paths. A path is that of the page without its ending, the mark of a thing is 1 for
what the authors do not vouch for.
"""

from __future__ import annotations

import pyoxigraph as ox

from narkom.asking.likeness import CARONS, SOUNDS, romanised, skeleton
from narkom.asking.names import entries
from narkom.asking.search import KINDS
from narkom.portal.kinds import HEADINGS, NEVER_VOUCHED_FOR
from narkom.portal.languages import LANGUAGES, gettext_noop, words
from narkom.portal.library import Claim, Library
from narkom.vocabulary import BASE, term

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіѣѳѵ"
QUESTION, CLAIM = "question", "claim"
_HEADINGS = {**HEADINGS, QUESTION: gettext_noop("Questions")}


def things(library: Library) -> dict:
    """Return everything that has a name, and the stored questions."""
    kinds = [*KINDS, QUESTION, CLAIM]
    return {
        "sounds": [*([letter, letters] for letter, letters in CARONS.items()), *map(list, SOUNDS)],
        "letters": {letter: romanised(letter) for letter in _LETTERS},
        "kinds": [[kind, *(words(language).gettext(_HEADINGS[kind]) for language in LANGUAGES)] for kind in kinds],
        "things": [*_named(library), *_questions(library, kinds.index(QUESTION))],
    }


def claims(library: Library) -> list[list]:
    """Return every claim with its sentence and what a note on it has to tell."""
    return [_claim(library, iri, claim) for iri, claim in library.claims.items()]


def _claim(library: Library, iri: str, claim: Claim) -> list:
    voices = sorted(quad.object.value for quad in library.quads(ox.NamedNode(iri), term("nk:accordingTo"), None))
    people = ([one.removeprefix(BASE) for one in its] for its in (voices, library.relays(iri)))
    note = claim.note
    return [iri.removeprefix(BASE), note.gloss, note.stance, list(note.footnotes), *people, int(bool(claim.inferred))]


def _named(library: Library) -> list[list]:
    found = []
    for number, kind in enumerate(KINDS):
        for iri, labels in sorted(entries(library.store, kind).items()):
            sounds = sorted({sound for label in labels if (sound := skeleton(label))})
            mark = int(kind in NEVER_VOUCHED_FOR or library.outside_only(iri))
            english, russian = (library.label(iri, language) for language in LANGUAGES)
            found.append([iri.removeprefix(BASE), number, english, russian, sounds, mark])
    return found


def _questions(library: Library, number: int) -> list[list]:
    return [
        [f"question/{name}", number, one.summary, one.summary_ru, [skeleton(one.summary), skeleton(one.summary_ru)], 0]
        for name, one in sorted(library.questions.items())
    ]
