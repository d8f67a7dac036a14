"""What the figures of the portal show, as values that are written as JSON: timeline, network, map, strip of months.

What the three files have in common:

- ``base`` is what stands before the local names to make IRIs of them; ``iri`` is such a name (``event/arrest-iagoda``)
  and, with ``.html`` behind it, the address of a page.
- ``en`` and ``ru`` are labels.
- An event or act has ``class`` (local name in the ontology), ``first`` and ``last`` (the first and the last possible
  day, ISO 8601, empty where none is known), ``dating`` (told, inherited, ordered, or empty), ``unsure`` (the stance of
  the least sure claim from which the days follow, empty where all of these are asserted), ``stance`` (the surest in
  which a claim says what it is), ``accepted`` (whether the accepted view vouches for it) and ``claims`` (names as they
  are cited, ``ssc/p22s1c``). What is not accepted has the days that its own claims tell.
- ``stances`` says of each claim that is named whether it is asserted, reported, hedged, testified, charged or rejected.
"""

from __future__ import annotations

from collections.abc import Iterable

from narkom.portal.library import Library

# The pages of figures by their names.
FIGURES = ("timeline", "network", "map")


def stances(library: Library, names: Iterable[str]) -> dict[str, str]:
    """Return the stance of some claims by their cited names, in the order of the sources."""
    wanted = set(names)
    notes = (claim.note for claim in library.claims.values())
    return {note.claim: note.stance for note in notes if note.claim in wanted}
