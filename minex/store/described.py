"""How a table or view is described, and the columns that many of them have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view in words, and each of its columns."""

    text: str
    columns: dict[str, str]


DOUBTS = {
    "negated_count": "Pieces of evidence that deny it.",
    "hedged_count": "Pieces of evidence that only suggest it.",
}
YEARS = {"first_year": "Year of the earliest document.", "last_year": "Year of the latest document."}

COUNTS = {
    "belief": "How sure all evidence makes us, 0 to 1; the sum is in minex/store/belief.py.",
    "evidence_count": "Pieces of evidence in active documents, negated and hedged ones included.",
    "document_count": "Active documents that the evidence comes from.",
    **DOUBTS,
    "direct_count": "Pieces of evidence that say the one acts on the other directly.",
    **YEARS,
    "rolled_belief": (
        "Belief in (subject, sign, object): predicates of one sign support each other, those of the opposite "
        "sign contradict."
    ),
    "rolled_document_count": "Documents that affirm (subject, sign, object) by any predicate.",
    "contrary_document_count": "Documents that deny (subject, sign, object), or affirm the opposite sign.",
}
