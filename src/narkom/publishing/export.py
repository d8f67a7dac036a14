"""Exports, byte-identical from run to run: what is written is sorted before it is written.

A format without named graphs carries the accepted view alone: poured into one graph, the charges of the terror would
stand among the facts.
"""

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from narkom.errors import UsageError
from narkom.publishing.crm import crm_profile
from narkom.publishing.facts import Facts, quads_of
from narkom.publishing.nanopubs import nanopubs
from narkom.publishing.provenance import prov_profile
from narkom.publishing.rebase import check_base, rebase
from narkom.publishing.writing import FORMATS, WITH_GRAPHS, write
from narkom.vocabulary import BASE

PROFILES = ("crm", "prov", "nanopub")


def read_quads(nquads: bytes) -> list[Quad]:
    """Return the quads of a snapshot's N-Quads."""
    return list(parse(input=nquads, format=RdfFormat.N_QUADS))


def export(nquads: bytes, name: str, view: str | None = None, base: str = BASE, profile: str | None = None) -> bytes:
    """Return the snapshot's N-Quads in another format, or a profile of them.

    `name` is one of FORMATS. `view` is "accepted" (the default graph alone) or "all" (every claim's graph beside it);
    without it, TriG and N-Quads get all. `base` replaces the base of every IRI of the project. `profile` is one of
    PROFILES; it decides by itself what it contains. Raises UsageError for what does not exist or go together.
    """
    _check(name, view, profile)
    check_base(base)
    return export_quads(read_quads(nquads), name, view, base, profile)


def export_quads(
    quads: list[Quad], name: str, view: str | None = None, base: str = BASE, profile: str | None = None
) -> bytes:
    """Return the quads of a store as `export` returns those of a snapshot; what is asked for must exist."""
    if profile == "nanopub":
        return write(nanopubs(Facts(quads), base), name, base)
    if profile:
        triples = crm_profile(Facts(quads)) if profile == "crm" else prov_profile(Facts(quads))
        return write(rebase(quads_of(triples), base), name, base)
    whole = view == "all" or (view is None and name in ("trig", "nquads"))
    return write(rebase([quad for quad in quads if whole or _is_default(quad)], base), name, base)


def _check(name: str, view: str | None, profile: str | None) -> None:
    if name not in FORMATS:
        raise UsageError(f"--format {name}: no such format. Choose one of {', '.join(FORMATS)}")
    if view not in (None, "accepted", "all"):
        raise UsageError(f"--view {view}: no such view. Choose accepted or all")
    if profile not in (None, *PROFILES):
        raise UsageError(f"--profile {profile}: no such profile. Choose one of {', '.join(PROFILES)}")
    if profile and view:
        raise UsageError("--profile decides by itself what it contains. Choose either --view or --profile")
    if (view == "all" or profile == "nanopub") and name not in WITH_GRAPHS:
        what = "--view all" if view else "--profile nanopub"
        raise UsageError(f"{what}: {name} carries one graph only. Choose --format trig, nquads or jsonld")


def _is_default(quad: Quad) -> bool:
    return isinstance(quad.graph_name, DefaultGraph)
