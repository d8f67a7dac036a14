"""What the kinds of things are called on pages: the heading of a list, and one thing of a kind.

All of it is English and marked for the catalogues; it is looked up where it is shown.
"""

from narkom.portal.languages import gettext_noop as _

HEADINGS = {
    "person": _("People"),
    "body": _("Bodies"),
    "office": _("Offices"),
    "group": _("Groups of people"),
    "alleged": _("Alleged organisations"),
    "event": _("Events"),
    "imputed": _("Imputed acts"),
    "relation": _("Relationships"),
    "attitude": _("Attitudes"),
    "statistic": _("Figures"),
    "place": _("Places"),
    "document": _("Documents"),
    "concept": _("Concepts"),
    "claim": _("Claims"),
    "paragraph": _("Paragraphs"),
    "passage": _("Passages"),
    "note": _("Footnotes"),
    "stance": _("Stances"),
    "view": _("Views"),
    "dating": _("How days are known"),
    "bound": _("Days and their reasons"),
    "mapping": _("Matches with authority files"),
    "work": _("Works"),
}
# What one thing of a kind is called.
NAMES_OF_ONE = {
    "person": _("person"),
    "body": _("body"),
    "office": _("office"),
    "group": _("group of persons"),
    "alleged": _("alleged body"),
    "event": _("event"),
    "imputed": _("imputed act"),
    "relation": _("relationship"),
    "attitude": _("attitude"),
    "statistic": _("statistic"),
    "place": _("place"),
    "document": _("document"),
    "concept": _("concept"),
    "claim": _("claim"),
    "paragraph": _("paragraph"),
    "passage": _("passage"),
    "note": _("footnote"),
    "stance": _("stance"),
    "view": _("view"),
    "dating": _("how days are known"),
    "bound": _("day with its reasons"),
    "mapping": _("match with an authority file"),
    "work": _("work"),
}
# Of these nothing is vouched for, each of them by its kind: no entry need say so.
NEVER_VOUCHED_FOR = ("alleged", "imputed")
