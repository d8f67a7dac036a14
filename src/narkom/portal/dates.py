"""EDTF dates in words, as far as the knowledge base uses them; what is not understood is left as it is written."""

import re

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTHS += ("November", "December")
_PARTS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter", "33": "first quarter of", "34": "second quarter of",
    "35": "third quarter of", "36": "last quarter of", "37": "January–April", "38": "May–August",
    "39": "September–December", "40": "first half of", "41": "second half of",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$")


def in_words(edtf: str) -> str:
    """Return an EDTF date in English: of 1937-03-29, 29 March 1937; of 1936-10~/1936, about October 1936 – 1936."""
    if edtf.startswith("[") and edtf.endswith("]"):
        return " or ".join(_one(part) for part in edtf[1:-1].split(","))
    return " – ".join(_one(part) for part in edtf.split("/"))


def span_in_words(earliest: str, latest: str) -> str:
    """Return two outermost days in words, of which one may be empty: between 23 February and 5 March 1937."""
    if earliest == latest:
        return in_words(earliest)
    if not earliest or not latest:
        return f"not before {in_words(earliest)}" if earliest else f"not after {in_words(latest)}"
    first, last = in_words(earliest), in_words(latest)
    same = earliest[:4] == latest[:4]
    return f"between {first.removesuffix(f' {earliest[:4]}') if same else first} and {last}"


def _one(text: str) -> str:
    match = _DATE.match(text)
    if not match:
        return text
    year, month, day, doubt = match.groups()
    said = year
    if month in _PARTS:
        said = f"{_PARTS[month]} {year}"
    elif month and 1 <= int(month) <= 12:
        said = f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
    return {"": said, "~": f"about {said}", "?": f"{said} (uncertain)", "%": f"about {said} (uncertain)"}[doubt]
