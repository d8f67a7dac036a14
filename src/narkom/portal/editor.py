"""What the scripts that ask are given, as JSON in their pages: queries, parameters, whom to ask, and their words."""

from __future__ import annotations

from markupsafe import Markup

from narkom.asking.asked import Asked, asked_with
from narkom.asking.joining import label_columns
from narkom.asking.questions import ALL, Parameter, Question, without_header
from narkom.portal import schema_org
from narkom.portal.figures.happenings import STANCES
from narkom.portal.languages import ENGLISH, Words, words
from narkom.portal.library import Library
from narkom.vocabulary import BASE, PREFIXES, prefixes_for, source_space

_ENDPOINT = "sparql"


def first(library: Library) -> str:
    """Return the query that stands in the editor at first."""
    return next(iter(_queries(library).values()), "SELECT * WHERE { ?s ?p ?o } LIMIT 20")


def for_editor(library: Library, live: bool) -> Markup:
    """Return what the query editor reads; without a server there is no endpoint to ask."""
    return schema_org.script({
        "queries": _queries(library),
        "prefixes": prefixes_for(source_space(key, "claim") for key in library.sources),
        "endpoint": _ENDPOINT if live else "",
        "views": PREFIXES["view"],
        "base": BASE,
        "page": "" if live else ".html",
        "words": _words(words(library.language)) | {"mixed": _mixed(words(library.language))},
    })  # fmt: skip


def for_form(library: Library, question: Question, answers: str, said: dict[str, dict[str, str]]) -> Markup:
    """Return what the form of a question reads where there is no server.

    `answers` is where the prepared ones are, `said` what the page calls columns, parameters and phrases of cells.
    What files tell is in English: the title, the values, and by which properties columns are read as labels.
    """
    usual = asked_with(library.store, question, {})
    labels = label_columns(question.text, list(said["columns"]))
    own = words(library.language)
    stances = {stance: library.label(f"{PREFIXES['stance']}{stance}") for stance in STANCES}
    return schema_org.script({
        "name": question.name,
        "title": question.summary,
        "parameters": [
            _parameter(library, p, one) for p, one in zip(question.parameters, usual, strict=True)
        ],
        "labels": {name: sorted(one.value for one in properties) for name, properties in labels.items()},
        "answers": answers,
        "said": said,
        "base": BASE,
        "sources": list(library.sources),
        "words": _words(own) | _words_of_form(own) | {"stances": stances},
    })  # fmt: skip


def _parameter(library: Library, parameter: Parameter, usual: Asked) -> dict:
    kind = parameter.kinds[0]
    return {
        "name": parameter.name,
        "kinds": parameter.kinds,
        "allowed": {value: library.label(PREFIXES[kind] + value, ENGLISH) for value in parameter.allowed},
        "open": parameter.default == ALL,
        "usual": {"text": usual.text, "term": usual.term},
    }


def _queries(library: Library) -> dict[str, str]:
    return {name: f"# {q.summary}\n{without_header(q.text)}\n" for name, q in library.questions.items()}


def _words(own: Words) -> dict[str, str]:
    """What the scripts say, by their own names for it."""
    _ = own.gettext
    return {
        "query": _("Query"),
        "answer": _("Answer"),
        "none": _("No row."),
        "yes": _("Yes."),
        "no": _("No."),
        "loading": _("The dataset is being opened …"),
        "asking": _("Asking …"),
        "stopped": _("Stopped."),
        "unpacking": _("This browser is too old for it: it cannot unpack compressed data."),
    }


def _mixed(own: Words) -> dict[str, str]:
    """What is said of a view that holds what the authors do not vouch for, beside rows without their evidence."""
    _ = own.gettext
    return {
        "wide": _(
            "This view also holds what prisoners, defendants and witnesses under interrogation said. The authors do "
            "not vouch for it, and nothing here tells it from the rest."
        ),
        "all": _(
            "This view also holds testimony, charges and rejected accounts. The authors do not vouch for them, and "
            "nothing here tells them from the rest."
        ),
    }


def _words_of_form(own: Words) -> dict[str, str]:
    _ = own.gettext
    return {
        "asked": _("Asked with:"),
        "according": _("According to:"),
        "handed": _("handed on by:"),
        "inferred": _("inferred"),
        "register": _("register"),
        "notes": _("Notes"),
        "same": _("The same as"),
        "cite": _("Cite"),
        "place": _("¶ {p}, sentence {s}"),
        "caption": _("caption"),
        "footnote": _("n."),
        "unnoted": _("no footnote"),
        "several": _("more than one fits:"),
        "nothing": _("nothing of this kind fits"),
        "bare": _("Asked in your browser: these rows come without their evidence."),
    }
