"""What to cite for a page: the claims that it shows with their places, and the dataset."""

from narkom.asking.bibliography import MEDIA, bibliography
from narkom.serving.library import Library


def to_cite(library: Library, iri: str) -> dict[str, str]:
    """Return the references of a thing's page by form (citation, bibtex, ris, csl-json)."""
    own = [library.claims[iri]] if iri in library.claims else []
    claims = own or library.cited.get(iri) or library.mentioning.get(iri, [])
    return {form: bibliography(library.store, [claim.note for claim in claims], form, iri) for form in MEDIA}
