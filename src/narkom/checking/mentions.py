"""What an English text mentions: dates, numbers, and names of the registers' entries."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from narkom.reading.dates import Bounds
from narkom.reading.sentences import normalise
from narkom.vocabulary import BASE, term

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_DAYS = re.compile(rf"\b(\d{{1,2}})(?:\s*(?:-|to|and|or)\s*(\d{{1,2}}))?\s+({_MONTH})(?:\s+(\d{{4}}))?\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:,\s*(\d{{4}}))?\b")
_MONTHS_ALONE = re.compile(rf"\b({_MONTH})(?:\s*(?:-|to|and|or)\s*({_MONTH}))?(?:\s+(\d{{4}}))?\b")
_SEASON = re.compile(r"\b(spring|summer|autumn|fall)(?:\s+of)?\s+(\d{4})\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(1[89]\d\d|20\d\d)(?:-(\d{2,4}))?\b")
_DECADE = re.compile(r"\b(1[89]\d)0s\b")
_DIGITS = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.])\d+(?:\.\d+)?(?!\w)")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_UNITS = {word: number for number, word in enumerate(_WORDS)}
_ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * number for number, word in enumerate(_ROUND, start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_OTHERS = {"a": 1, "an": 1, "once": 1, "both": 2, "twice": 2, "couple": 2, "pair": 2, "dozen": 12, "fortnight": 14}
_OTHERS |= {"half": 50, "quarter": 25, "third": 3, "fifth": 20, "tenth": 10, "week": 7}
_MULTIPLES = {"weeks": 7, "tenths": 10, "dozen": 12}
# The registers whose entries go by names: groups and concepts are words, and people are known by their surnames.
NAMED = {"place", "body", "office", "alleged", "document"}
_LABELS = {term(f"skos:{name}") for name in ("prefLabel", "altLabel", "hiddenLabel")} | {term("nk:spelling")}


def dates_in(text: str, year: int | None = None) -> list[Bounds]:
    """Return the spans of the dates that a text prints; a day or month without a year is taken to be of `year`.

    Each place of the text is read once, as the most exact date that it can be.
    """
    found: list[Bounds] = []
    rest = normalise(text)
    for pattern, read in _READERS:
        for match in pattern.finditer(rest):
            bounds = read(match, year)
            found += [bounds] if bounds else []
        rest = pattern.sub(" ", rest)
    return found


def _span(year: int, first: int, last: int | None = None, day: int = 1, until: int | None = None) -> Bounds | None:
    last = last or first
    try:
        end = until or calendar.monthrange(year, last)[1]
        return Bounds(date(year, first, day), date(year, last, end))
    except ValueError:
        return None


def _read_days(match: re.Match, year: int | None) -> Bounds | None:
    own = int(match.group(4) or year or 0)
    day, until = int(match.group(1)), int(match.group(2) or match.group(1))
    return _span(own, _MONTHS[match.group(3)], day=day, until=until) if own else None


def _read_month_first(match: re.Match, year: int | None) -> Bounds | None:
    own, day = int(match.group(3) or year or 0), int(match.group(2))
    return _span(own, _MONTHS[match.group(1)], day=day, until=day) if own else None


def _read_months(match: re.Match, year: int | None) -> Bounds | None:
    own = int(match.group(3) or year or 0)
    last = _MONTHS[match.group(2)] if match.group(2) else None
    return _span(own, _MONTHS[match.group(1)], last) if own else None


def _read_season(match: re.Match, year: int | None) -> Bounds | None:
    return _span(int(match.group(2)), *_SEASONS[match.group(1).lower()])


def _read_years(match: re.Match, year: int | None) -> Bounds | None:
    first = match.group(1)
    last = match.group(2) or first
    last = first[: 4 - len(last)] + last
    return Bounds(date(int(first), 1, 1), date(int(last), 12, 31)) if last >= first else None


def _read_decade(match: re.Match, year: int | None) -> Bounds | None:
    return Bounds(date(int(match.group(1) + "0"), 1, 1), date(int(match.group(1) + "9"), 12, 31))


_READERS = (
    (_DAYS, _read_days),
    (_MONTH_FIRST, _read_month_first),
    (_SEASON, _read_season),
    (_MONTHS_ALONE, _read_months),
    (_DECADE, _read_decade),
    (_YEARS, _read_years),
)


def numbers_in(text: str) -> set[float]:
    """Return the numbers that a text prints in digits or words; dates are left out."""
    rest = normalise(text)
    for pattern, _ in _READERS:
        rest = pattern.sub(" ", rest)
    found = {float(match.group().replace(",", "")) for match in _DIGITS.finditer(rest)}
    return found | set(_in_words(re.findall(r"[a-z]+", rest.lower())))


def _in_words(words: list[str]) -> Iterable[float]:
    total, group, open_ = 0, 0, False
    for word in [*words, ""]:
        value = _UNITS.get(word, _TENS.get(word))
        if value is not None:
            yield float(value)
            group, open_ = group + value, True
        elif word in _MULTIPLES and open_:
            yield float((total + group) * _MULTIPLES[word])
        elif word in _SCALES and open_:
            group *= _SCALES[word]
            if word != "hundred":
                total, group = total + group, 0
        elif word == "and" and open_:
            continue
        else:
            if open_:
                yield float(total + group)
            if word in _OTHERS or word in _SCALES:
                yield float(_OTHERS.get(word, _SCALES.get(word, 0)))
            total, group, open_ = 0, 0, False


def _is_name(value) -> bool:
    return isinstance(value, Literal) and value.language != "ru" and bool(value.value.strip())


def kind_of(iri: str) -> str:
    """Return the register that an identifier belongs to, such as body."""
    return iri.removeprefix(BASE).partition("/")[0]


class Names:
    """The names of the registers' entries, for looking them up in a text."""

    def __init__(self, registers: Iterable[Quad]) -> None:
        """Take the labels and spellings; Russian ones are left out."""
        self._forms: dict[str, set[str]] = defaultdict(set)
        for quad in registers:
            # What is no text or empty has no name in it: the shapes say so.
            if quad.predicate in _LABELS and _is_name(quad.object):
                self._forms[quad.subject.value].add(normalise(quad.object.value))
        bearers: dict[str, set[str]] = defaultdict(set)
        owners: dict[str, set[str]] = defaultdict(set)
        for iri, forms in self._forms.items():
            for form in forms:
                if "/person/" in iri and form.split()[-1][:1].isupper():
                    bearers[form.split()[-1]].add(iri)
                if kind_of(iri) in NAMED:
                    owners[" ".join(_words(form))].add(iri)
        self._surnames = {name: next(iter(some)) for name, some in bearers.items() if len(some) == 1}
        self._owners = {form: next(iter(some)) for form, some in owners.items() if len(some) == 1}
        self._longest = max((form.count(" ") + 1 for form in owners), default=0)

    def is_person(self, thing: NamedNode) -> bool:
        """Return whether a thing is of the register of people."""
        return "/person/" in thing.value and thing.value in self._forms

    def has_surname(self, thing: NamedNode) -> bool:
        """Return whether a person is known by name, not by a description alone."""
        return self.is_person(thing) and any(form.split()[-1][:1].isupper() for form in self._forms[thing.value])

    def mentions(self, text: str, thing: NamedNode) -> bool:
        """Return whether a text holds a form of the thing's name; of a person the surname is enough."""
        forms = self._forms.get(thing.value, set())
        if self.is_person(thing):
            forms = {form.split()[-1] for form in forms} | forms
        return any(_word(form).search(text) for form in forms)

    def things(self, text: str) -> set[str]:
        """Return the entries besides people that a text certainly names: in full, by a name that only one bears.

        The longest name counts: who speaks of the Far Eastern NKVD chief does not speak of the NKVD.
        """
        words, found, start = _words(text), set(), 0
        while start < len(words):
            phrases = (" ".join(words[start:end]) for end in range(min(start + self._longest, len(words)), start, -1))
            phrase = next((one for one in phrases if self._owner(one)), "")
            found |= {self._owner(phrase)} if phrase else set()
            start += phrase.count(" ") + 1
        return found

    def _owner(self, phrase: str) -> str | None:
        return self._owners.get(phrase) or self._owners.get(phrase.removesuffix("'s"))

    def people(self, text: str) -> set[str]:
        """Return the people whom a text certainly names: by a surname that only one of them bears."""
        words = {word.removesuffix("'s") for word in re.findall(r"[\w'-]+", text)}
        return {self._surnames[word] for word in words if word in self._surnames}


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


@cache
def _word(form: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
