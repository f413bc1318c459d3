"""One document of several records: PubMed's citation with its abstract, the full text, a file's own text.

What a document is, is a function of all that is known of it, in whatever order that came. The store and the
refresh use these functions both, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from minex.model import Document, Record, Status

RETRACTED_BY = frozenset({"RetractionIn", "RetractedandRepublishedIn"})
"""Notices on a citation that say it is retracted."""

RETRACTS = frozenset({"RetractionOf", "RetractedandRepublishedFrom"})
"""Notices on a citation that say another one is retracted."""

CONCERN_IN = "ExpressionOfConcernIn"
CONCERNS = "ExpressionOfConcernFor"

_ORDER = {Record.CITATION: 0, Record.ARTICLE: 1, Record.TEXT: 2}
_ID_ORDER = ("PMID:", "PMC:", "DOI:")


def merge(abstract: Document, full: Document) -> Document:
    """Make one document of the records of one publication: the text of the one that says more, PubMed's metadata.

    Either may itself be a merged one; of two records of one kind the second counts, or the higher version. The
    records are kept as `parts`, by which the store knows them again.

    Examples:
        >>> from minex.model import Passage
        >>> abstract = Document("PMID:1", (Passage("Short."),), pmid="1", date="2018-04", record=Record.CITATION)
        >>> full = Document("PMC:7", (Passage("A long text."),), pmcid="PMC7", date="2018", record=Record.ARTICLE)
        >>> joined = merge(abstract, full)
        >>> joined.id, joined.pmcid, joined.date, joined.text, str(joined.record)
        ('PMID:1', 'PMC7', '2018-04', 'A long text.', 'article')
    """
    records: dict[Record, Document] = {}
    for part in (*(abstract.parts or (abstract,)), *(full.parts or (full,))):
        known = records.get(part.record)
        if known is None or part.version >= known.version:
            records[part.record] = part
    parts = in_order(records)
    chosen = records[best({record: len(part.text) for record, part in records.items()})]
    joined = metadata(parts)
    deleted = next((part for part in parts if part.status is Status.DELETED), None)
    if deleted is not None:
        joined = replace(joined, status=deleted.status, status_reason=deleted.status_reason)
    return replace(
        joined,
        id=best_id((abstract.id, full.id)),
        passages=chosen.passages,
        record=chosen.record,
        version=chosen.version,
        source=chosen.source,
        parts=parts,
    )


def metadata(parts: Iterable[Document]) -> Document:
    """Join what the records say of their document, without its text: PubMed first, then the full text.

    Types, headings and notices are those of the first record that there is, since it may have dropped some.
    """
    ordered = sorted(parts, key=lambda part: _ORDER[part.record])
    first = ordered[0]

    def said(name: str) -> str:
        return next((value for part in ordered if (value := getattr(part, name))), "")

    retracted = next((state for part in ordered if (state := own_status(part))[0] is Status.RETRACTED), None)
    status, reason = retracted or (Status.ACTIVE, "")
    return Document(
        id=best_id(part.id for part in ordered),
        pmid=said("pmid") or None,
        pmcid=said("pmcid") or None,
        doi=said("doi") or None,
        title=said("title"),
        journal=said("journal"),
        date=said("date"),
        language=said("language"),
        pubtypes=first.pubtypes,
        mesh=next((part.mesh for part in ordered if part.mesh), ()),
        references=first.references,
        status=status,
        status_reason=reason,
        source=first.source,
        record=first.record,
        version=first.version,
    )


def own_status(document: Document) -> tuple[Status, str]:
    """Return what a record itself says of its document's status: active or retracted, and why."""
    if document.status is Status.RETRACTED:
        return document.status, document.status_reason
    notice = next((each for each in document.references if each.kind in RETRACTED_BY), None)
    if notice is None:
        return Status.ACTIVE, ""
    return Status.RETRACTED, f"{notice.kind} {f'PMID:{notice.pmid}' if notice.pmid else notice.text}".strip()


def best(characters: Mapping[Record, int]) -> Record:
    """Return which of several records is to be read, given the length of their texts.

    The longest, since it says more; of equal ones the full text. A file's own text, of which nobody says what it
    is, has to be longer than a citation by half: else it is most likely an older state of the same abstract.

    Examples:
        >>> str(best({Record.CITATION: 1500, Record.ARTICLE: 40_000}))
        'article'
        >>> str(best({Record.CITATION: 1500, Record.ARTICLE: 90}))
        'citation'
        >>> str(best({Record.CITATION: 1500, Record.TEXT: 1600}))
        'citation'
    """
    preferred = (Record.ARTICLE, Record.CITATION, Record.TEXT)

    def rank(record: Record) -> tuple[int, int]:
        length = characters[record]
        return (length * 2 if record is Record.TEXT else length * 3, -preferred.index(record))

    return max(characters, key=rank)


def best_id(ids: Iterable[str]) -> str:
    """Return the id that a document goes by: its PMID, else its PMCID, else its DOI, else what there is.

    Examples:
        >>> best_id(["DOI:10.1/x", "PMC:7"])
        'PMC:7'
    """

    def rank(id_: str) -> tuple[int, str]:
        kind = next((n for n, prefix in enumerate(_ID_ORDER) if id_.startswith(prefix)), len(_ID_ORDER))
        return kind, id_

    return min(ids, key=rank)


def in_order(records: Mapping[Record, Document]) -> tuple[Document, ...]:
    """Return records in the order in which they are believed: citation, article, text."""
    return tuple(records[record] for record in sorted(records, key=_ORDER.__getitem__))
