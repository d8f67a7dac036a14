"""The languages of the pages: English at the top of the site, each other one in a folder of its own.

What the templates and the program say is looked up in catalogues of gettext (locale/….po); what the data says has its
own labels by language.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polib

ENGLISH = "en"
# By code: what a language calls itself.
LANGUAGES = {ENGLISH: "English", "ru": "Русский"}
_CATALOGUES = Path(__file__).parent / "locale"


def gettext_noop(phrase: str) -> str:
    """Return a phrase as it is: it is marked for the catalogues, and looked up where it is shown."""
    return phrase


class Words:
    """What the program says, in one language. A phrase that a catalogue lacks stays English."""

    def __init__(self, language: str) -> None:
        """Take the code of one of the LANGUAGES."""
        self.language = language
        entries = [] if language == ENGLISH else _entries(language)
        self._one = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries if entry.msgstr}
        self._many = {entry.msgid: entry.msgstr_plural for entry in entries if entry.msgstr_plural}

    def gettext(self, phrase: str) -> str:
        """Return a phrase in this language."""
        return self.pgettext("", phrase)

    def pgettext(self, context: str, phrase: str) -> str:
        """Return a phrase in this language as it is said in a context: of a column, of a parameter …"""
        return self._one.get((context, phrase), phrase)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return a phrase in the form that a number of things asks for."""
        forms = self._many.get(one)
        return forms[_east_slavic(count)] if forms else one if count == 1 else many


@cache
def words(language: str) -> Words:
    """Return what the program says in a language, read once."""
    return Words(language)


def language_of(path: str) -> str:
    """Return the language of the pages to which a path leads."""
    return next((code for code in LANGUAGES if path == f"/{code}" or path.startswith(f"/{code}/")), ENGLISH)


def _entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(_CATALOGUES / f"{language}.po")))


def _east_slavic(count: int) -> int:
    """Return the number of the plural form: CLDR's one, few and many of East Slavic languages."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2
