"""Where the names are described that only a publication mints: an assertion, a time-span, the catalogue.

The static host's `docs/w3id/.htaccess` says the same in its own words; a test holds both to what is published.
"""

import re

# What is behind the base, the files that describe it (by their common name), and the page for people, `{}` being what
# a group of the pattern holds. The first pattern that fits decides.
_CLAIM = r"([a-z]+\d+s\d+[a-z]*)"
_KEY = r"([a-z][a-z0-9]*)"
_FILES = "dump/index.html"
_PLACES = (
    (rf"{_KEY}/(?:assertion|record|word)/{_CLAIM}", "narkom-prov", "{}/claim/{}.html"),
    (rf"{_KEY}/(?:association|retelling)/{_CLAIM}-[\w-]+", "narkom-prov", "{}/claim/{}.html"),
    (rf"{_KEY}/assertion/{_CLAIM}-\d+", "narkom-crm", "{}/claim/{}.html"),
    (r"activity/encoding|contributors", "narkom-prov", _FILES),
    (r"(?:timespan|appellation)/[\w-]+", "narkom-crm", _FILES),
    (r"np/RA[\w-]+", "narkom-nanopubs", _FILES),
    (r"catalogue", "catalogue", _FILES),
    (r"(?:\.well-known/)?void", "void", _FILES),
    (r"question/([\w-]+)", "questions", "question/{}.html"),
    (r"question", "questions", "questions.html"),
    (r"(?:activity|appellation|dump|np|timespan)/", "", _FILES),
    (rf"{_KEY}/(?:assertion|association|record|retelling|word)/", "", _FILES),
)


def described_in(name: str) -> tuple[str, str] | None:
    """Return the common name of the files that describe a minted name, and the page for people; None if none does.

    The name is what stands behind the base: ``ssc/assertion/p22s1c``. A bare namespace has a page and no file ("").
    """
    for pattern, stem, page in _PLACES:
        match = re.fullmatch(pattern, name, re.ASCII)
        if match:
            return stem, page.format(*match.groups())
    return None
