"""Where the files that ship with minex are: rules, demonstration corpus, model, lexicon."""

from __future__ import annotations

from pathlib import Path

from minex.errors import MinexError

_PACKAGE = Path(__file__).resolve().parent


def find(name: str) -> Path:
    """Return the path of a shipped file or folder such as `patterns` or `corpus/demo`.

    In a wheel these lie under `minex/data/`; in a checkout at the top, for people to read and edit.

    Raises:
        MinexError: if it is in neither place, so the installation is damaged.

    Examples:
        >>> find("patterns").name
        'patterns'
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise MinexError(
        "resource-missing",
        f"{name} is not part of this installation",
        where=str(_PACKAGE),
        cure="install minex again: pip install --force-reinstall minex",
    )
