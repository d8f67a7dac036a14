"""The pages that only a server has, in a real browser, under the headers that it sends."""

from .kinds import STATIC

EVERY = ["", *(name.removesuffix("index.html").removeprefix("question/") and name for name in STATIC.values())]
