"""What the kinds of things are called on pages: the heading of a list, and one thing of a kind."""

HEADINGS = {
    "person": "People",
    "body": "Bodies",
    "office": "Offices",
    "group": "Groups of people",
    "alleged": "Alleged organisations",
    "event": "Events",
    "imputed": "Imputed acts",
    "relation": "Relationships",
    "attitude": "Attitudes",
    "statistic": "Figures",
    "place": "Places",
    "document": "Documents",
    "concept": "Concepts",
    "claim": "Claims",
    "paragraph": "Paragraphs",
    "passage": "Passages",
    "note": "Footnotes",
    "stance": "Stances",
    "view": "Views",
    "dating": "How days are known",
    "bound": "Days and their reasons",
    "mapping": "Matches with authority files",
    "work": "Works",
}
# What one thing of a kind is called, where the kind's own name does not say it.
NAMES_OF_ONE = {
    "alleged": "alleged body", "bound": "day with its reasons", "dating": "how days are known",
    "group": "group of persons", "imputed": "imputed act", "mapping": "match with an authority file",
    "note": "footnote", "relation": "relationship",
}  # fmt: skip
# Of these nothing is vouched for, each of them by its kind: no entry need say so.
NEVER_VOUCHED_FOR = ("alleged", "imputed")
