"""The source as data: Turtle that describes the book, the chapter, its paragraphs, sentences and footnotes.

No word of the text is in it: a sentence is its number, its footnotes, its length and its digest.
"""

from collections.abc import Iterable

from narkom.reading.sentences import Sentence, normalise, paragraph_name
from narkom.vocabulary import PREFIXES

_USED = ("dcterms", "nk", "note", "paragraph", "passage", "person", "work", "xsd")
_BOOK = (
    "a nk:Work",
    "dcterms:title \"Stalin's Loyal Executioner: People's Commissar Nikolai Ezhov, 1895-1940\"@en",
    "dcterms:creator person:jansen",
    "dcterms:creator person:petrov",
    'dcterms:issued "2002"^^xsd:gYear',
    'dcterms:publisher "Hoover Institution Press"',
    'dcterms:identifier "urn:isbn:9780817929022"',
)
_CHAPTER = (
    "a nk:Work",
    "nk:number 3",
    "nk:partOf work:stalins-loyal-executioner",
    'dcterms:title "State Security Chief"@en',
    "dcterms:creator person:jansen",
    "dcterms:creator person:petrov",
)


def describe(sentences: list[Sentence]) -> str:
    """Return the Turtle of data/source/chapter.ttl for the sentences of a reader's copy."""
    blocks = [
        _block("work:stalins-loyal-executioner", _BOOK),
        _block("work:state-security-chief", _CHAPTER),
        *_paragraphs(sentences),
        *(_passage(sentence) for sentence in sentences),
        *_footnotes(sentences),
    ]
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED)
    return prefixes + "\n" + "\n".join(blocks)


def _block(subject: str, statements: Iterable[str]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(statements) + " .\n"


def _paragraphs(sentences: list[Sentence]) -> list[str]:
    labels = dict.fromkeys(sentence.paragraph for sentence in sentences)
    return [
        _block(
            f"paragraph:{paragraph_name(label)}",
            ("a nk:Paragraph", _numbered(label), "nk:partOf work:state-security-chief"),
        )
        for label in labels
    ]


def _numbered(label: str) -> str:
    """A paragraph's number; a caption, which is counted apart, has a name, so that no paragraph is taken for it."""
    return f"nk:number {label}" if label.isdigit() else f'dcterms:identifier "caption {label.lstrip("Ff")}"'


def _passage(sentence: Sentence) -> str:
    return _block(
        f"passage:{sentence.local_name}",
        (
            "a nk:Passage",
            f"nk:number {sentence.number}",
            f"nk:partOf paragraph:{paragraph_name(sentence.paragraph)}",
            *(f"nk:footnote note:{number}" for number in sentence.notes),
            f"nk:length {len(normalise(sentence.text))}",
            f'nk:sha256 "{sentence.digest}"',
        ),
    )


def _footnotes(sentences: list[Sentence]) -> list[str]:
    marked = sorted((number, sentence.local_name) for sentence in sentences for number in sentence.markers)
    return [
        _block(
            f"note:{number}",
            (
                "a nk:Footnote",
                f"nk:number {number}",
                f"nk:markedIn passage:{place}",
                "nk:partOf work:state-security-chief",
            ),
        )
        for number, place in marked
    ]
