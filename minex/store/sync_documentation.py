"""What every table of sources and of synchronisation means."""

from __future__ import annotations

from minex.store.described import Described

SYNC_TABLES: dict[str, Described] = {
    "document_source": Described(
        "What one record says of a document: its PubMed citation, its full text, or a file's own text.",
        {
            "document": "Its document.",
            "record": "`citation` (PubMed), `article` (full text) or `text` (a file's own).",
            "version": "PubMed's version of the citation; 1 for all else.",
            "content_hash": "Digest of all that the record says.",
            "text_hash": "Digest of its text alone; empty if a version 1 of the database had read it.",
            "characters": "Length of its text: of two records the one that says more is read.",
            "status": "`active`, or `retracted` if the record itself says so.",
            "status_reason": "Why it is not active.",
            "metadata": "Ids, title, journal, date, language, types, MeSH and notices as a JSON object.",
            "source": "The file that it was read from.",
            "origin": "Where it came from: `file`, `pubmed`, `pmc` or `mirror`.",
            "run_id": "The run that met it last in this form.",
        },
    ),
    "notice": Described(
        "A retraction or an expression of concern that a document says of another one, stored or not.",
        {
            "document": "The document that says it.",
            "record": "The record of it that does.",
            "kind": "`RetractionOf`, `RetractedandRepublishedFrom` or `ExpressionOfConcernFor`.",
            "target": "The id of the other one: `PMID:1`, or `DOI:...` in small letters.",
            "text": "The notice's words for the other one.",
        },
    ),
    "mark": Described(
        "What was found out of a document that none of its records says; it may come before them.",
        {
            "document": "The document's id.",
            "status": "`deleted`, `retracted` or `unmatched`.",
            "by": "Who says so: `pubmed`, a file, a notice.",
            "reason": "Why.",
            "run_id": "The run that found it out.",
        },
    ),
    "query": Described(
        "A saved PubMed query that this database follows.",
        {
            "name": "Its name.",
            "title": "What it is about.",
            "term": "The query in PubMed's syntax.",
            "definition": "Date range, sources and limits, a JSON object.",
            "watermark": "Day up to which all is known; null before the first full success.",
            "created": "When it was first used, UTC.",
            "updated": "When its watermark moved last, UTC.",
        },
    ),
    "query_hit": Described(
        "A document that a query found.",
        {
            "query": "The query.",
            "document": "The document's id; it may not have been fetched yet.",
            "status": "`waiting`, `fetched`, `gone` or `unmatched`.",
            "status_reason": "Why it is gone or no longer matches.",
            "first_run": "The run that found it first.",
            "last_run": "The run that found it last.",
        },
    ),
    "sync_window": Described(
        "A part of a synchronisation, small enough to be fetched and checked as a whole.",
        {
            "id": "Number of the row.",
            "query": "The query.",
            "run_id": "The run.",
            "parent": "The window that this one was split from, or the window of this batch.",
            "source": "`pubmed`, `pmc` or `mirror`.",
            "date_type": "Which date the window is of, such as `edat` or `mdat`.",
            "first_day": "Its first day.",
            "last_day": "Its last day.",
            "batch": "Number of the batch; null for the window as a whole.",
            "expected": "How many records the source says there are.",
            "fetched": "How many came.",
            "status": "`waiting`, `done`, `split` or `failed`.",
            "message": "Why it failed.",
            "started": "When it was begun, UTC.",
            "finished": "When it ended, UTC.",
        },
    ),
}
