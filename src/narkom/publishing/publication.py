"""Everything for a static host: the exports, the files by theme, the descriptions, and the checksums of them all."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from narkom.asking.questions import Question
from narkom.publishing.catalogue import dcat_catalogue
from narkom.publishing.codemeta import codemeta
from narkom.publishing.documentation import documentation
from narkom.publishing.executable import executables
from narkom.publishing.export import export, read_quads
from narkom.publishing.facts import Facts, quads_of
from narkom.publishing.files import CHECKSUMS, DESCRIBED_IN, DUMPS, EXPORTS, LISTING, packed, published
from narkom.publishing.listing import listing
from narkom.publishing.rebase import check_base, rebase, rebase_text
from narkom.publishing.themes import split_themes
from narkom.publishing.void import void_description
from narkom.publishing.writing import SUFFIXES, write
from narkom.vocabulary import BASE


@dataclass(frozen=True)
class Site:
    """Where the files will be found: the base of the IRIs, and the SPARQL endpoint (its default: base + ``sparql``)."""

    base: str = BASE
    endpoint: str | None = None

    def __post_init__(self) -> None:
        """Raise UsageError when the base is not usable."""
        check_base(self.base)

    @property
    def sparql(self) -> str:
        """Return the address of the endpoint."""
        return self.endpoint or f"{self.base}sparql"


def distributions(nquads: bytes, base: str = BASE, tell: Callable[[str], None] = lambda step: None) -> dict[str, bytes]:
    """Return every export and theme file by the name under which it is published, some of them compressed.

    `tell` is called with each name as its turn comes.
    """
    found = {}
    for name, form, view, profile in EXPORTS:
        tell(name)
        found[name] = export(nquads, form, view, base, profile)
    found |= theme_files(nquads, base)
    return {published(name): data if published(name) == name else packed(data) for name, data in found.items()}


def theme_files(nquads: bytes, base: str = BASE) -> dict[str, bytes]:
    """Return the accepted view as Turtle files by theme, each named ``themes/….ttl``."""
    themes = split_themes(read_quads(nquads))
    return {f"themes/{name}.ttl": write(rebase(quads, base), "turtle", base) for name, quads in themes.items()}


def descriptions(
    nquads: bytes, questions: Iterable[Question], files: dict[str, bytes], site: Site | None = None
) -> dict[str, bytes]:
    """Return VoID, DCAT, CodeMeta, the stored questions as data and the ontology's documentation, by file name.

    `files` are the distributions that the catalogue lists. Raises UsageError when pyLODE is missing.
    """
    where = site or Site()
    quads = read_quads(nquads)
    facts = Facts(quads)
    endpoint = where.sparql.replace(where.base, BASE, 1)
    dumps = [f"{BASE}{DUMPS}{name}" for name in files if name.startswith("narkom-accepted.")]
    graphs = {
        "void": void_description(quads, endpoint, dumps),
        "catalogue": dcat_catalogue(facts, files, BASE + DUMPS, endpoint),
        "questions": executables(questions, endpoint),
    }
    texts = {"codemeta.json": codemeta(), "ontology.html": documentation(facts)}
    return {
        **{
            f"{name}.{SUFFIXES[form]}": write(rebase(quads_of(triples), where.base), form, where.base)
            for name, triples in graphs.items()
            for form in DESCRIBED_IN
        },
        **{name: rebase_text(text.decode(), where.base).encode() for name, text in texts.items()},
    }


def publication(
    nquads: bytes,
    questions: Iterable[Question],
    site: Site | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> dict[str, bytes]:
    """Return all files of a publication by name, no two of them alike, the checksums last."""
    where = site or Site()
    files = distributions(nquads, where.base, tell)
    tell("descriptions")
    files |= descriptions(nquads, questions, files, where)
    files[LISTING] = listing([*files, CHECKSUMS])
    return {**files, CHECKSUMS: checksums(files)}


def checksums(files: dict[str, bytes]) -> bytes:
    """Return the SHA-256 of each file in the format that `sha256sum --check` reads."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
