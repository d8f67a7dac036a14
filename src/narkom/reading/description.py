"""The source as data: Turtle that describes a work, its paragraphs, sentences and footnotes.

No word of the text is in it: a sentence is its number, its footnotes, its length and its digest. The works themselves
(titles, authors, the time of which they tell) are written by hand at the head of ``data/<key>/source.ttl``; all that
is counted is made from a reader's copy and put behind them.
"""

import re
from collections.abc import Iterable

from narkom.errors import UsageError
from narkom.reading.sentences import Sentence, normalise, paragraph_name
from narkom.vocabulary import ONTOLOGY, source_space

_WORK = re.compile(r"(work:\S+)\s")
_WHOLE = re.compile(r"nk:partOf\s+(work:\S+)")


def describe(sentences: list[Sentence], described: str, key: str) -> str:
    """Return the Turtle of data/<key>/source.ttl for the sentences of a reader's copy.

    `described` is the file as it is, whose prefixes and works are kept. Raises UsageError where it does not say which
    work it is that is divided into paragraphs: that which is no other work's whole.
    """
    blocks = [block.strip("\n") + "\n" for block in re.split(r"\n\s*\n", described) if block.strip()]
    prefixes = [block for block in blocks if block.startswith("@prefix")]
    works = {match[1]: block for block in blocks if (match := _WORK.match(block))}
    wholes = {whole for block in works.values() for whole in _WHOLE.findall(block)}
    divided = sorted(set(works) - wholes)
    if len(divided) != 1:
        raise UsageError(
            f"data/{key}/source.ttl: {len(divided)} works could be the one that the copy is of. "
            "Describe there one work, and with nk:partOf what it belongs to"
        )
    [work] = divided
    parts = [
        *_paragraphs(sentences, work),
        *(_passage(sentence) for sentence in sentences),
        *_footnotes(sentences, work),
    ]
    return "\n".join([_declared(prefixes, key), *works.values(), *parts])


def _declared(prefixes: list[str], key: str) -> str:
    """Return the prefixes with those of what the source numbers, in the order of the alphabet."""
    needed = {"nk": ONTOLOGY, **{kind: source_space(key, kind) for kind in ("note", "paragraph", "passage")}}
    lines = {line for block in prefixes for line in block.splitlines()}
    return "".join(
        f"{line}\n" for line in sorted(lines | {f"@prefix {name}: <{space}> ." for name, space in needed.items()})
    )


def _block(subject: str, statements: Iterable[str]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(statements) + " .\n"


def _paragraphs(sentences: list[Sentence], work: str) -> list[str]:
    labels = dict.fromkeys(sentence.paragraph for sentence in sentences)
    return [
        _block(
            f"paragraph:{paragraph_name(label)}",
            ("a nk:Paragraph", _numbered(label), f"nk:partOf {work}"),
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


def _footnotes(sentences: list[Sentence], work: str) -> list[str]:
    marked = sorted((number, sentence.local_name) for sentence in sentences for number in sentence.markers)
    return [
        _block(
            f"note:{number}",
            (
                "a nk:Footnote",
                f"nk:number {number}",
                f"nk:markedIn passage:{place}",
                f"nk:partOf {work}",
            ),
        )
        for number, place in marked
    ]
