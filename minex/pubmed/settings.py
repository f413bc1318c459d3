"""Who asks E-utilities, where they are, and how patiently: from options, the environment and the keyring."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from minex.errors import RemoteError

BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
"""Where E-utilities are (https://www.ncbi.nlm.nih.gov/books/NBK25497/)."""

TOOL = "minex"
SLOW, FAST = 3.0, 10.0
"""Requests a second that NCBI allows without and with an API key."""

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_KEY = re.compile(r"[0-9A-Za-z_-]{8,128}")
_KEY_CURE = "copy it from NCBI's account settings, or unset NCBI_API_KEY to go on slowly without"


class Secret:
    """A key that shows itself to nobody who does not ask for it by :meth:`reveal`.

    A pickle holds none either: whoever opens it reads the key of its own environment.

    Examples:
        >>> Secret("0123456789abcdef")
        Secret(hidden)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the key itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> tuple[object, ...]:
        return (stored_key, ())


@dataclass(frozen=True)
class Settings:
    """What every request says of its sender, and how long one waits for an answer.

    `timeout` is in seconds, for a connection and for each pause of an answer; `attempts` counts the first one;
    `per_second` is None for what NCBI allows: 3 requests a second, 10 with a key.
    """

    email: str
    tool: str = TOOL
    api_key: Secret | None = None
    base: str = BASE
    timeout: float = 60.0
    attempts: int = 6
    per_second: float | None = None

    def __post_init__(self) -> None:
        if not _EMAIL.fullmatch(self.email):
            what = f"{self.email!r} is no email address" if self.email else "no email address is set"
            raise RemoteError(
                "no-email",
                f"{what}, and NCBI wants one with every request",
                cure="export MINEX_EMAIL=you@example.org, or give --email",
            )
        if self.api_key is not None and not _KEY.fullmatch(self.api_key.reveal()):
            raise RemoteError("bad-key", "the API key has characters or a length that no key has", cure=_KEY_CURE)
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
            raise RemoteError(
                "bad-address",
                f"{scrubbed(self.base)} is no address of E-utilities",
                where="MINEX_EUTILS",
                cure=f"it begins with http:// or https://, as {BASE} does; unset it to use that",
            )
        if not self.base.endswith("/"):
            object.__setattr__(self, "base", self.base + "/")
        if self.attempts < 1 or self.timeout <= 0 or (self.per_second is not None and self.per_second <= 0):
            raise ValueError("attempts, timeout and per_second are positive")

    @property
    def rate(self) -> float:
        """Requests a second."""
        if self.per_second is not None:
            return self.per_second
        return SLOW if self.api_key is None else FAST

    @classmethod
    def load(cls, email: str | None = None, *, environ: Mapping[str, str] | None = None) -> Settings:
        """Return what the option, the environment and, where it is installed, the keyring say.

        `MINEX_EMAIL` is the address, `NCBI_API_KEY` the key (else the keyring's entry `minex`, user
        `ncbi-api-key`), `MINEX_EUTILS` the server.

        Raises:
            RemoteError: `no-email`, `bad-key` or `bad-address`, with how to set it.
        """
        environ = os.environ if environ is None else environ
        return cls(
            email=(email or environ.get("MINEX_EMAIL", "")).strip(),
            api_key=stored_key(environ),
            base=environ.get("MINEX_EUTILS", "").strip() or BASE,
        )


def stored_key(environ: Mapping[str, str] | None = None) -> Secret | None:
    """Return the API key of the environment or the keyring, or None."""
    environ = os.environ if environ is None else environ
    key = environ.get("NCBI_API_KEY", "").strip() or _from_keyring()
    return Secret(key) if key else None


def _from_keyring() -> str:
    try:
        found = importlib.import_module("keyring").get_password("minex", "ncbi-api-key")
    except Exception:  # not installed, locked, without a desktop: a key is a convenience
        return ""
    return str(found or "").strip()


def scrubbed(text: str, key: Secret | None = None) -> str:
    """Return a text without any API key: as a parameter of an address, or wherever `key` stands.

    Examples:
        >>> scrubbed("efetch.fcgi?db=pubmed&api_key=0123abcd&id=1")
        'efetch.fcgi?db=pubmed&api_key=...&id=1'
    """
    if key is not None:
        text = text.replace(key.reveal(), "...")
    return re.sub(r"(?i)(api[_-]key\W{1,4})[^&\s\"'.]+", r"\1...", re.sub(r"(//)[^/@\s]+@", r"\1...@", text))
