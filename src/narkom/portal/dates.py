"""EDTF dates in words, as far as the knowledge base uses them; what is not understood is left as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Quad

from narkom.vocabulary import ONTOLOGY

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$")


@dataclass(frozen=True)
class Calendar:
    """How a language writes dates.

    `months` and `of_months` are a month by itself and after a day; `parts` what stands for a month in EDTF's level 2
    (21 is spring), `of_parts` the same after *about*. The other fields are patterns: {0} is what they are about.
    """

    months: tuple[str, ...]
    of_months: tuple[str, ...]
    parts: dict[str, str]
    of_parts: dict[str, str]
    about_months: tuple[str, ...]
    either: str
    about: str
    uncertain: str
    not_before: str
    not_after: str
    between: str

    def in_words(self, edtf: str) -> str:
        """Return an EDTF date: of 1937-03-29, 29 March 1937; of 1936-10~/1936, about October 1936 – 1936."""
        if edtf.startswith("[") and edtf.endswith("]"):
            return f" {self.either} ".join(self._one(part) for part in edtf[1:-1].split(","))
        return " – ".join(self._one(part) for part in edtf.split("/"))

    def span(self, earliest: str, latest: str) -> str:
        """Return two outermost days, of which one may be empty: between 23 February and 5 March 1937."""
        if earliest == latest:
            return self.in_words(earliest)
        if not earliest or not latest:
            pattern = self.not_before if earliest else self.not_after
            return pattern.format(self.in_words(earliest or latest))
        first, last = self.in_words(earliest), self.in_words(latest)
        same = earliest[:4] == latest[:4]
        return self.between.format(first.removesuffix(f" {earliest[:4]}") if same else first, last)

    def told(self, quads: Iterable[Quad]) -> tuple[str, str]:
        """Return the first date that triples tell, in words, and the first day it can mean; of a derived one, its
        bounds. Both are empty where they tell none."""
        written, days = "", {"earliest": [], "latest": []}
        for quad in quads:
            name = quad.predicate.value.removeprefix(ONTOLOGY)
            if name in days:
                days[name].append(quad.object.value)
            elif name == "date" or (name in ("begin", "end", "attested") and not written):
                written = quad.object.value
        if not days["earliest"]:
            return "", ""
        first, last = min(days["earliest"]), max(days["latest"], default="")
        return self.in_words(written) if written else self.span(first, last), first

    def _one(self, text: str) -> str:
        match = _DATE.match(text)
        if not match:
            return text
        year, month, day, doubt = match.groups()
        about = doubt in ("~", "%") and bool(doubt)
        said = year
        if month in self.parts:
            said = f"{(self.of_parts if about else self.parts)[month]} {year}"
        elif month and 1 <= int(month) <= 12:
            names = self.of_months if day else self.about_months if about else self.months
            said = f"{int(day)} {names[int(month) - 1]} {year}" if day else f"{names[int(month) - 1]} {year}"
        said = self.about.format(said) if about else said
        return self.uncertain.format(said) if doubt in ("?", "%") and doubt else said


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENGLISH_PARTS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter", "33": "first quarter of", "34": "second quarter of",
    "35": "third quarter of", "36": "last quarter of", "37": "January–April", "38": "May–August",
    "39": "September–December", "40": "first half of", "41": "second half of",
}  # fmt: skip
_OF_RUSSIAN_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_CALENDARS = {
    "en": Calendar(
        _ENGLISH_MONTHS, _ENGLISH_MONTHS, _ENGLISH_PARTS, _ENGLISH_PARTS, _ENGLISH_MONTHS, "or", "about {0}",
        "{0} (uncertain)", "not before {0}", "not after {0}", "between {0} and {1}",
    ),
    "ru": Calendar(
        ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
         "декабрь"),
        _OF_RUSSIAN_MONTHS,
        {
            "21": "весна", "22": "лето", "23": "осень", "24": "зима", "33": "первый квартал", "34": "второй квартал",
            "35": "третий квартал", "36": "последний квартал", "37": "январь–апрель", "38": "май–август",
            "39": "сентябрь–декабрь", "40": "первая половина", "41": "вторая половина",
        },
        {
            "21": "весны", "22": "лета", "23": "осени", "24": "зимы", "33": "первого квартала",
            "34": "второго квартала", "35": "третьего квартала", "36": "последнего квартала", "37": "января–апреля",
            "38": "мая–августа", "39": "сентября–декабря", "40": "первой половины", "41": "второй половины",
        },
        _OF_RUSSIAN_MONTHS, "или", "около {0}", "{0} (под вопросом)", "не ранее {0}", "не позднее {0}",
        "между {0} и {1}",
    ),
}  # fmt: skip


@cache
def calendar(language: str) -> Calendar:
    """Return how a language of the pages writes dates."""
    return _CALENDARS[language]
