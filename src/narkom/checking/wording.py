"""Wording: a gloss read alone, in a portal or a footnote, must not say more than its claim's stance allows.

A hedged claim's gloss expresses doubt, a reported or charged one says that it is somebody's word, a rejected one that
the authors do not hold it; an asserted one does none of the first. What the encoder inferred is not told like the
source's own word. Nor may a gloss lean on a line that is not printed with it: "that conversation", "the five". What is
looked for are words, so that these are hints for a human and therefore warnings.
"""

import re
from collections.abc import Iterator, Set

from pyoxigraph import Literal, Quad

from narkom.checking.findings import WARNING, Finding
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, PREFIXES, term

_GLOSS, _STANCE, _INFERRED = term("nk:gloss"), term("nk:stance"), term("nk:inferred")
_PLAIN_DOUBT = "[Pp]erhaps|probabl[ey]|possibl[ey]|apparently|presumably|seems?|may|is likely"
_DOUBT = rf"{_PLAIN_DOUBT}|possibility|might|likely|unsure|uncertain|doubtful|alleged|is said"
_SAYING = (
    "accord\\w+|accounts?|accus\\w+|admit\\w*|alleg\\w+|as [A-Z]\\w+|as the|as he|as one|assert\\w*|believ\\w+|blam\\w+"
    "|[Bb]y [^,.]*['’]s?|call\\w*|charg\\w+|claim\\w*|complain\\w*|conclu\\w+|confess\\w*|declar\\w+|den(?:y|ies|ied)"
    "|evidence|expect\\w*|explain\\w*|eyes|findings?|held (?:that|the|to be)|inform(?:ed|s)|insist\\w*|memoir\\w*"
    "|official\\w*|opinion|put down|puts|recall\\w*|report\\w*|sa(?:id|ys?)|stat(?:ed|es|ement)|story|suppos\\w*"
    "|suspect\\w*|suspicion|testif\\w*|testimon(?:y|ies)|tells?|thought|title|told|versions?|views?|warn\\w*|words?"
    "|would have it|wr(?:ote|ites?|itten)"
)
_REFUSAL = "authors|den(?:y|ies|ied)|set aside|reject\\w*|disput\\w*|never"


def _has(words: str) -> re.Pattern:
    return re.compile(rf"\b(?:{words})\b")


# For each stance what its gloss must have, and what is said where it has not.
_WANTED = {
    "hedged": (_has(_DOUBT), "the claim is hedged, and the gloss tells it without doubt", "perhaps, it seems"),
    "reported": (_has(_SAYING), "the claim is reported, and the gloss tells it as a fact", "by X's account, as X said"),
    "testified": (_has(_SAYING), "the claim is testified, and the gloss tells it as a fact", "as X testified"),
    "charged": (_has(_SAYING), "the claim is charged, and the gloss tells it as a fact", "by X's charge, as X alleged"),
    "rejected": (_has(_REFUSAL), "the claim is rejected, and the gloss does not say so", "the authors deny that"),
}
_UNWANTED = _has(_PLAIN_DOUBT)
_OWNED = _has(rf"infer(?:ence|red)|{_DOUBT}|{_REFUSAL}|presum\w+|suppos\w+")
_SET_ASIDE = _has("the authors (?:deny|prefer|set|reject)|against the authors|is denied")
_UNDONE = _has(
    "(?:was|were|had) (?:not|never) (?:been )?(?:arrested|shot|executed|killed|appointed|dismissed|expelled)"
)
_COUNTED = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty"
_LEANS = re.compile(
    r"^(?:He|She|They|It|His|Her|Its|Their|This|These|Those)\b(?! is)"
    r"|\b(?:[Tt]hat|[Tt]hose|[Tt]hese) (?:conversation|decision|letter|meeting|order|plenum|report|speech|trial)s?\b"
    rf"|\b[Tt]he (?:{_COUNTED})(?=[,.;:]| (?:and|are|by|had|have|is|was|were|who)\b|$)"
    r"|\b(?:at once|thereupon|the following day|the next day|the latter|the same (?:day|month|year))\b"
)


def check_wording(sources: Sources, only: Set[str] | None = None) -> list[Finding]:
    """Return a warning for each claim whose gloss does not show its stance; `only` names the claims to look at."""
    stances = {quad.subject: quad.object.value for quad in sources.descriptions if quad.predicate == _STANCE}
    inferred = {quad.subject for quad in sources.descriptions if quad.predicate == _INFERRED}
    found = []
    for quad in sources.descriptions:
        looked_at = only is None or quad.subject.value in only
        if looked_at and quad.predicate == _GLOSS and isinstance(quad.object, Literal):
            claim = quad.subject.value
            stance = stances.get(quad.subject, "").removeprefix(PREFIXES["stance"])
            place, text = sources.place_of(claim), quad.object.value
            faults = [("gloss-stance", *one) for one in _faults(stance, text, sources.claims.get(claim, []))]
            passed_off = _passed_off(text) if quad.subject in inferred else ()
            for name, message, mend in [*faults, *passed_off, *_leaning(text)]:
                found.append(Finding(place.file, place.line, claim, "", name, message, mend, WARNING))
    return sorted(found)


def _faults(stance: str, gloss: str, quads: list[Quad]) -> Iterator[tuple[str, str]]:
    if stance in _WANTED:
        wanted, message, words = _WANTED[stance]
        if not wanted.search(gloss):
            yield message, f"Say whose word it is or how sure it is in the gloss ({words}), or correct the stance"
    if stance != "rejected" and _SET_ASIDE.search(gloss):
        message = f"the gloss sets aside what the claim says, and the claim is {stance or 'without a stance'}"
        yield message, "Make it rejected if the authors do not hold it; else correct the gloss"
    if stance != "rejected" and _UNDONE.search(gloss):
        yield "the gloss says that it did not happen", "Make the claim rejected, or correct the gloss"
    if stance == "asserted" and not _has_vague_date(quads):
        found = _UNWANTED.search(gloss)
        if found:
            message = f"the claim is asserted, and the gloss says “{found[0]}”"
            yield message, "Make it hedged if the sentence doubts it; else take the word out of the gloss"


def _passed_off(gloss: str) -> Iterator[tuple[str, str, str]]:
    if not _OWNED.search(gloss):
        message = "the claim is inferred, and the gloss tells it like the source's own word"
        yield "gloss-inferred", message, "Say “by inference” in the gloss, or take out nk:inferred"


def _leaning(gloss: str) -> Iterator[tuple[str, str, str]]:
    found = _LEANS.search(gloss)
    if found:
        message = f"the gloss does not stand alone: “{found[0]}” leans on another line"
        yield "gloss-alone", message, "Name who or what is meant: a portal prints the gloss alone"


def _has_vague_date(quads: list[Quad]) -> bool:
    """Return whether the doubt in a gloss can be that of a date: EDTF writes it as ? or % (uncertain)."""
    dates = (quad.object for quad in quads if isinstance(quad.object, Literal) and quad.object.datatype == EDTF)
    return any("?" in one.value or "%" in one.value for one in dates)
