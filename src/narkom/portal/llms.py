"""What a language model that comes upon the site should read first (https://llmstxt.org), in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from narkom.asking.questions import Question
from narkom.asking.works import Source

_RULES = """\
Sources of this period are full of forced confessions and invented conspiracies. Each claim has a stance:

- asserted: the authors say it in their own voice. Only this is a fact of the book without more words.
- reported, hedged: pass it on with its voice, or as likely.
- charged, testified, rejected: not established. Never pass it on without saying so, and by whom it was said.
- inferred: the encoder drew it; the source does not say it.

Give the place (paragraph, sentence, footnote) with every statement. What is not here is the source's silence.
"""
_LIVE = [
    ("[SPARQL endpoint](sparql)", "with `evidence=true` every row has its claims, places and stances"),
    ("[OpenAPI description](openapi.json)", "the whole HTTP interface, a path for each question"),
    ("[Search](search?q=Yezhov)", "things in any spelling, claims by their words"),
]


def llms_text(sources: Iterable[Source], questions: Iterable[Question], live: bool) -> str:
    """Return the text: what this is, how to read it, where to ask, and the stored questions.

    Links are relative to the root of the site; `live` says whether a server answers there.
    """
    texts = "; ".join(map(str, sources))
    lines = ["# Narkom", "", f"> Claims of {texts}, as linked data: each with its stance, voice and footnote.", ""]
    lines += [_RULES, "## Asking", ""]
    lines += [f"- {link}: {words}" for link, words in _LIVE] if live else []
    lines += ["- `narkom mcp`: the same as tools of the Model Context Protocol, on one's own machine", ""]
    lines += ["## Questions", ""]
    ending, form = ("", "?format=json") if live else (".html", "")
    lines += [f"- [{one.summary}](question/{one.name}{ending}{form})" for one in questions]
    lines += ["", "## Optional", "", "- [The vocabulary](ontology.html)", "- [All people](person/index.html)"]
    return "\n".join(lines) + "\n"
