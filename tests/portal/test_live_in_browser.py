"""The pages that only a server has, in a real browser, under the headers that it sends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving.conftest import Server, serving

from .kinds import LIVE, STATIC
from .test_in_browser import _RUN_AXE, _TOO_WIDE, AXE
from .watching import Watched, watching

EVERY = ["", *(name.removesuffix("index.html").removeprefix("question/") and name for name in STATIC.values())]
