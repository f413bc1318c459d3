"""Records of publications for tests of identity and status: citations, full texts, notices, deletions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from minex.model import Document, Reading, Record, Reference, Status
from tests.store.build import Said, reading

FILLER = "Further words that a full text has. " * 5


def citation(number: int, said: Sequence[Said] = (), **fields: Any) -> Reading:
    """PubMed's citation with its abstract."""
    fields.setdefault("title", f"Title {number}")
    return reading(f"PMID:{number}", said, record=Record.CITATION, **fields)


def article(
    number: int | None,
    said: Sequence[Said] = (),
    *,
    pmcid: str | None = None,
    doi: str | None = None,
    **fields: Any,
) -> Reading:
    """A full text, which may not know its PMID; it says more than the abstract, in more words."""
    id_ = f"PMID:{number}" if number else f"PMC:{pmcid[3:]}" if pmcid else f"DOI:{doi}"
    fields.setdefault("title", f"Full title {number or pmcid}")
    fields.setdefault("text", FILLER)
    return reading(id_, said, record=Record.ARTICLE, pmcid=pmcid, doi=doi, **fields)


def notice(number: int, kind: str, target: int, **fields: Any) -> Reading:
    """The citation of a notice about another one."""
    return citation(number, text="Notice.", references=(Reference(kind, str(target), "J. 2020"),), **fields)


def gone(number: int, reason: str = "DeleteCitation") -> Reading:
    """PubMed's word that a citation is deleted."""
    return Reading(
        Document(
            f"PMID:{number}",
            pmid=str(number),
            status=Status.DELETED,
            status_reason=reason,
            record=Record.CITATION,
        )
    )


def versioned(item: Reading, version: int) -> Reading:
    return replace(item, document=replace(item.document, version=version))
