"""What E-utilities answer, believed only after it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search: how many match in all, the ids of this page, and what PubMed made of the term."""

    count: int
    ids: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    translation: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A search that NCBI's history server keeps."""

    db: str
    webenv: str
    query_key: str
    count: int
    warnings: tuple[str, ...] = ()
    translation: str = ""


@dataclass(frozen=True)
class Fetched:
    """Records as one well-formed XML body, the ids whose records it holds, and those that have none.

    `missing` ids were asked for again, alone, before they are called so. `reasons` says of a missing id what
    the server said of it, where it said anything (PMC: not in the open-access set). PMC's ids have no prefix.
    """

    body: bytes
    found: tuple[str, ...]
    missing: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Info:
    """What einfo says of a database: when it was updated, how much it holds, its fields by tag."""

    db: str
    updated: str
    count: int
    fields: Mapping[str, str]
