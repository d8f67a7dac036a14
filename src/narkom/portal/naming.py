"""Names and their order: what a term without a label is called, and by what a thing stands in a list."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from narkom.building.views import claim_order
from narkom.vocabulary import key_of, kind_of, local_name


def place_in_list(iri: str, label: str) -> tuple:
    """Return a key that sorts things for a list: by number where a source numbers them, people by surname, else by
    label."""
    kind, name = kind_of(iri), local_name(iri)
    if kind in ("claim", "passage"):
        return (0, claim_order(iri))
    if kind in ("paragraph", "note"):
        number = int("0" + "".join(filter(str.isdigit, name)))
        return (1, key_of(iri), not name.lstrip("p").isdigit(), number, name)
    return (2, *(surname_first(label) if kind == "person" else (False, alphabetical(label), "")), iri)


def surname_first(label: str) -> tuple[bool, str, str]:
    """Return a key that sorts people: A. A. Slutskii under S, Bukharin's widow beside Bukharin, the unnamed last."""
    names = [word for word in label.split() if word[0].isupper()]
    unnamed = not label[:1].isupper()
    return (unnamed, alphabetical(names[-1]) if names and not unnamed else "", alphabetical(label))


def alphabetical(text: str) -> str:
    """Return what sorts a text as dictionaries do: without quotation marks before it, ё as е."""
    return text.casefold().replace("ё", "е").lstrip("«»„“”\"'")


def term_in_words(iri: str) -> str:
    """Return the local name of a term in words, in English: prov:wasAttributedTo is "was attributed to"."""
    local = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", local).split("_")).casefold()


def host_of(address: str) -> str:
    """Return the host of an address, by which an authority file is named: wikidata.org."""
    return urlsplit(address).netloc.removeprefix("www.")
