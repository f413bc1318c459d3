"""Settings: where they come from, what is refused, and that nothing shows the key."""

from __future__ import annotations

import pickle
import sys
import traceback
from types import SimpleNamespace

import pytest

from minex.errors import RemoteError
from minex.pubmed.settings import BASE, Secret, Settings, scrubbed
from tests.pubmed.clients import EMAIL, KEY


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_settings_come_from_the_environment():
    settings = Settings.load(environ={"MINEX_EMAIL": f" {EMAIL} ", "NCBI_API_KEY": KEY})

    assert (settings.email, settings.tool, settings.base, settings.rate) == (EMAIL, "minex", BASE, 10)
    assert settings.api_key is not None
    assert settings.api_key.reveal() == KEY


def test_the_option_goes_before_the_environment_and_without_a_key_one_asks_slowly():
    settings = Settings.load("other@example.org", environ={"MINEX_EMAIL": EMAIL})

    assert (settings.email, settings.api_key, settings.rate) == ("other@example.org", None, 3)


@pytest.mark.parametrize(
    "email", ["", " ", "me", "me@", "@example.org", "me@localhost", "a b@c.de", "a@b.de, c@d.ef"]
)
def test_an_address_that_is_none_is_refused_with_how_to_set_it(email: str):
    with pytest.raises(RemoteError, match="export MINEX_EMAIL=") as caught:
        Settings.load(environ={"MINEX_EMAIL": email})
    assert caught.value.code == "no-email"


@pytest.mark.parametrize(
    "base", ["ftp://eutils/", "file:///etc/passwd", "eutils", "http://", "http://x/?api_key=1"]
)
def test_only_addresses_of_http_are_taken(base: str):
    with pytest.raises(RemoteError, match="MINEX_EUTILS") as caught:
        Settings.load(EMAIL, environ={"MINEX_EUTILS": base})
    assert caught.value.code == "bad-address"


def test_a_base_ends_in_a_slash():
    assert Settings.load(EMAIL, environ={"MINEX_EUTILS": "http://127.0.0.1:8/e"}).base == "http://127.0.0.1:8/e/"


@pytest.mark.parametrize("key", ["short", "with blank in it", "line\nfeed-line", "a" * 200])
def test_a_key_that_can_be_none_is_refused_and_not_shown(key: str):
    with pytest.raises(RemoteError) as caught:
        Settings.load(EMAIL, environ={"NCBI_API_KEY": key})
    assert caught.value.code == "bad-key"
    assert key not in "".join(traceback.format_exception(caught.value))


def test_the_key_comes_from_the_keyring_where_there_is_one(monkeypatch: pytest.MonkeyPatch):
    ring = SimpleNamespace(get_password=lambda service, user: KEY if service == "minex" else None)
    monkeypatch.setitem(sys.modules, "keyring", ring)

    assert Settings.load(EMAIL, environ={}).api_key == Secret(KEY)
    assert Settings.load(EMAIL, environ={"NCBI_API_KEY": "anotherkey"}).api_key == Secret("anotherkey")


def test_a_keyring_that_fails_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch):
    def locked(service: str, user: str) -> str:
        raise RuntimeError("locked")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=locked))

    assert Settings.load(EMAIL, environ={}).api_key is None


def test_nothing_shows_the_key():
    settings = Settings(EMAIL, api_key=Secret(KEY))

    for shown in (repr(settings), str(settings), f"{settings.api_key}", repr(vars(settings))):
        assert KEY not in shown
    assert KEY.encode() not in pickle.dumps(settings)


def test_a_pickle_gets_the_key_of_the_environment_that_opens_it(monkeypatch: pytest.MonkeyPatch):
    kept = pickle.dumps(Settings(EMAIL, api_key=Secret(KEY)))
    monkeypatch.setenv("NCBI_API_KEY", "the-key-of-there")

    assert pickle.loads(kept).api_key == Secret("the-key-of-there")  # noqa: S301


@pytest.mark.parametrize(
    "text",
    [f"GET /efetch?api_key={KEY}&id=1", f'{{"error":"API key invalid","api-key":"{KEY}"}}', f"API_KEY={KEY}"],
)
def test_keys_are_scrubbed_from_addresses_and_from_what_ncbi_says(text: str):
    assert KEY not in scrubbed(text)
    assert KEY not in scrubbed(f"{text} and {KEY}", Secret(KEY))


def test_passwords_of_proxies_are_scrubbed():
    assert scrubbed("http://me:secret@proxy:80/") == "http://...@proxy:80/"
