"""Why there is no page is told in the language of the address, which no page can be made for then."""

import asyncio

import httpx
import pytest

from narkom.config import find_root
from narkom.portal.languages import LANGUAGES
from narkom.serving.app import build
from narkom.serving.distant import MOST_QUADS, DistantSite
from narkom.serving.outer import Outer
from narkom.serving.pool import Busy, Killed
from narkom.serving.settings import Settings

SETTINGS = Settings(find_root(), find_root() / "build")
PATHS = {"en": "/person/ezhov.html", "ru": "/ru/person/ezhov.html"}


class Pool:
    """Answers nothing but what it is given, or raises it."""

    def __init__(self, outcome: Exception | dict) -> None:
        self._outcome = outcome

    async def ask(self, *_) -> tuple[dict, bytes]:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome, b""


def get(app, path: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(path)

    return asyncio.run(asked())


async def stopped(*_) -> None:
    raise asyncio.CancelledError


async def broken(*_) -> None:
    raise RuntimeError


@pytest.mark.parametrize(
    ("outcome", "status", "told"),
    [
        (Busy(), 503, ("All workers are taken.", "Все рабочие процессы заняты.")),
        (Killed("time"), 503, ("The query took longer", "Запрос выполнялся дольше")),
        ({"killed": True}, 503, ("more memory or depth", "больше памяти или глубины")),
        ({"error": "fault"}, 500, ("Something went wrong here.", "Здесь что-то пошло не так.")),
        (stopped, 503, ("The server is stopping.", "Сервер останавливается.")),
        (broken, 500, ("Something went wrong here.", "Здесь что-то пошло не так.")),
    ],
)
def test_a_refusal_is_in_the_language_of_the_address(outcome, status: int, told: tuple[str, str]) -> None:
    pool = Pool(outcome)
    app = Outer(outcome, 5) if callable(outcome) else build(SETTINGS, pool, pool, {"url": "http://here/"})
    for words, (language, path) in zip(told, PATHS.items(), strict=True):
        response = get(app, path)
        assert (response.status_code, response.headers["content-language"]) == (status, language)
        assert words in response.text
        assert int(response.headers["content-length"]) == len(response.content)


def test_a_knowledge_base_too_large_for_pages_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    site = DistantSite(SETTINGS, None, MOST_QUADS + 1)
    site.prepare()
    asked = {"do": "page", "query": "", "accept": None, "languages": None}
    for language, words in zip(LANGUAGES, ("There are no pages here", "Страниц здесь нет"), strict=True):
        fields, body = site({**asked, "path": PATHS[language]}, b"")
        assert (fields["status"], fields["headers"]["Content-Language"]) == (404, language)
        assert words in body.decode()
