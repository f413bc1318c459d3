"""What every table, column and view means: for people, for `docs/`, for Datasette. A test holds it complete."""

from __future__ import annotations

from minex.store.described import COUNTS, Described
from minex.store.history_tables import HISTORY_DESCRIBED
from minex.store.sync_documentation import SYNC_TABLES
from minex.store.verdict_tables import JUDGED_COUNTS, VERDICT_DESCRIBED
from minex.store.view_documentation import VIEWS

__all__ = ["TABLES", "VIEWS", "Described"]

_SUM_PARTS = {
    "support": "Sum of the documents for {0}, in billionths of -ln(1 - c); see minex/store/belief.py.",
    "opposition": "The same over the documents that deny {0}.",
    "second_hand": "What the best cited, background or review sentence for {0} adds.",
    "second_hand_against": "The same for the sentences that deny {0}.",
}
_SUMS = {name: text.format("it") for name, text in _SUM_PARTS.items()}
_SUMS |= {f"rolled_{name}": text.format("(subject, sign, object)") for name, text in _SUM_PARTS.items()}
_SUMS["rolled_denying_count"] = "Documents that deny (subject, sign, object)."


def _argument(role: str) -> dict[str, str]:
    return {
        f"{role}_start": f"Offset of the {role}; before `sentence_start` if the sentence only refers to it.",
        f"{role}_end": f"Offset after the {role}.",
        f"{role}_text": f"The {role} as printed.",
        f"{role}_type": f"The {role}'s type here.",
    }


TABLES: dict[str, Described] = {
    "run": Described(
        "One run of minex: when, with which versions, and what came of it.",
        {
            "id": "Number of the run.",
            "started": "When it began, UTC.",
            "finished": "When it ended, UTC; null while it runs and after a kill.",
            "status": "`running`, `done`, `interrupted` (Ctrl-C), `failed` or `killed` (found by the next run).",
            "minex": "Version of minex.",
            "model": "Name and version of the language model.",
            "lexicon": "Version of the lexicon.",
            "rules": "Version of the rules.",
            "versions": "All versions, as a JSON object.",
            "fingerprint": "Digest of the versions and of how much is kept.",
            "arguments": "What it was to read, as a JSON list.",
            "counts": "Documents met, new, changed, unchanged, deleted, failed, and the rest, as a JSON object.",
            "message": "Why it failed, or how to go on.",
            "pid": "Process id.",
            "host": "Name of the machine.",
        },
    ),
    "document": Described(
        "One publication. Of one that gave no evidence, only identity, hash and status are kept by default.",
        {
            "id": "`PMID:1`, else `PMC:1`, else `DOI:...`, else `text:` and a file's name.",
            "pmid": "PubMed id.",
            "pmcid": "PubMed Central id.",
            "doi": "Digital object identifier.",
            "title": "Title.",
            "journal": "Journal.",
            "date": "Date of publication, ISO 8601, as precise as known.",
            "year": "Year of publication.",
            "language": "Language, as the source gives it.",
            "pubtypes": "Publication types, a JSON list.",
            "mesh": "MeSH headings, a JSON list.",
            "notices": "Citations that this one is tied to (retractions, errata), a JSON list of objects.",
            "status": (
                "`active`, `retracted`, `deleted` or `unmatched` (no query finds it any more): only active ones "
                "count in beliefs and views."
            ),
            "status_reason": "Why it is not active.",
            "concern": "Expressions of concern about it; it counts all the same. Null if there are none.",
            "content_hash": "Digest of its text and of what all its records say; another hash means news.",
            "text_hash": "Digest of the text that was read, and of whether it is a review.",
            "fingerprint": "The `run.fingerprint` under which it was read last.",
            "record": "Whose text was read: `article` (full text), `citation` (abstract) or `text` (else).",
            "source": "The file that it was read from.",
            "origin": "Where it came from: `file` if ever from a file, else `pubmed`, `pmc` or `mirror`.",
            "kept": "1 if its text, mentions and metadata are kept, else 0.",
            "run_id": "The run that wrote it last.",
        },
    ),
    "passage": Described(
        "A title, paragraph, caption or table of a document that is kept.",
        {
            "document": "Its document.",
            "number": "Its place in the document, from 0.",
            "start": "Offset in the document's text of its first character, in code points.",
            "end": "Offset after its last character.",
            "kind": "`title`, `text`, `caption`, `table` or `references`.",
            "section": "Heading as printed.",
            "text": "Its text.",
            "cells": "A table's cells as a JSON list of [row, header, start, end]; null if it is none.",
            "anchors": "Where its characters stand in a plain file, a JSON list of [offset, offset in the file].",
        },
    ),
    "concept": Described(
        "What a mention names.",
        {
            "id": "CURIE; `text:TYPE:name` if nothing is known of it but its text.",
            "type": "Type, such as `MIRNA` or `CANCER`; empty if unknown.",
            "name": "Approved symbol, label, or what texts call it.",
            "linked": "1 if the id is of a database or ontology, 0 if it is only text.",
            "named_by": "Who gave the name: `lexicon`, `text`, or `id` (the id's own words).",
            "xrefs": "Ids of the same thing elsewhere, a JSON list.",
        },
    ),
    "concept_parent": Described(
        "The hierarchy, step by step: arm under miRNA, member under family, subtype under cancer.",
        {"concept": "The narrower concept.", "parent": "The broader concept just above it."},
    ),
    "concept_ancestor": Described(
        "The hierarchy, all steps at once; each concept is its own ancestor at 0 steps.",
        {
            "concept": "The narrower concept.",
            "ancestor": "A concept above it, or itself.",
            "steps": "The least number of steps between them.",
        },
    ),
    "mention": Described(
        "A span of text that names something, in a document that is kept.",
        {
            "id": "Number of the row.",
            "document": "Its document.",
            "start": "Offset of its first character.",
            "end": "Offset after its last character.",
            "text": "Its text.",
            "type": "Type that the text has here.",
            "concept": "The concept that it most probably names.",
            "name": "Name of that concept, else the text.",
            "concepts": "All that it could name, best first, a JSON list of CURIEs.",
            "finder": "What found it: `mirna`, `lexicon`, `abbreviation`, `approximate`, `ner`, `table`, `given`.",
            "given_type": "The type as an input file gave it.",
        },
    ),
    "triple": Described(
        "Subject, predicate, object, with what all evidence for it amounts to.",
        {
            "id": "Content hash of subject, predicate and object.",
            "subject": "Concept that acts.",
            "predicate": "What it does, such as `targets` or `promotes`.",
            "object": "Concept that it is done to.",
            "sign": "+1 raises, -1 lowers, 0 says neither.",
            **COUNTS,
            **_SUMS,
            **JUDGED_COUNTS,
            "run_id": "The run that found it first.",
        },
    ),
    "evidence": Described(
        "One sentence that says one thing of one pair of concepts.",
        {
            "nr": "Number of the row; the full-text index points to it.",
            "id": "Content hash of document, triple and sentence: stays when offsets move.",
            "triple": "The triple that it is evidence for.",
            "document": "Its document.",
            "sentence": "Text of the sentence.",
            "sentence_start": "Offset in the document's text of the sentence.",
            "sentence_end": "Offset after the sentence.",
            **_argument("subject"),
            **_argument("object"),
            "trigger_start": "Offset of the word that says what happens.",
            "trigger_end": "Offset after that word.",
            "trigger_text": "The word itself.",
            "predicate": "The triple's predicate.",
            "sign": "The triple's sign, manipulations composed into it.",
            "direct": "1 if it says that the one acts on the other directly.",
            "negated": "1 if the sentence denies it; the sign is not flipped.",
            "hedged": "1 if the sentence only suggests it.",
            "correlation": "-1 or 1 if a correlation is stated.",
            "manipulation": "Experiments on the subject that were composed into the sign, a JSON list.",
            "method": "Experiments that prove it, a JSON list.",
            "also": (
                "Spans of further mentions of the same concepts, and of words (it, this miRNA) that stand for "
                "one, a JSON list of [start, end]."
            ),
            "rule": "Name of the rule that found it.",
            "overridden": "Rules that found the same and were less specific, a JSON list.",
            "confidence": "How likely it is that the sentence says this, 0 to 1 (docs/confidence.md).",
            "origin": "Whose finding it is: `own`, `cited`, `background` or `review`.",
            "section": "Heading of the passage.",
            "source_start": "Offset of the sentence in the source file, if that keeps plain offsets.",
            "source_end": "Offset after the sentence in the source file.",
            "run_id": "The run that found it first.",
        },
    ),
    "context": Described(
        "In what a piece of evidence was observed.",
        {
            "id": "Number of the row.",
            "evidence": "`nr` of the evidence.",
            "slot": "`cancer`, `condition`, `vesicle`, `cell_line`, `cell_type` or `species`.",
            "concept": "The concept.",
            "name": "Its name in this document.",
            "start": "Offset of the mention.",
            "end": "Offset after the mention.",
            "source": "Where it was read: `sentence`, `title` or `aim`.",
            "subject": "The evidence's subject once more, so that a context is counted by factor at once.",
        },
    ),
    **SYNC_TABLES,
    "failure": Described(
        "Something that could not be read or worked on; removed when it succeeds.",
        {
            "id": "Content hash of stage, code, place, document and file.",
            "run_id": "The run that failed on it last.",
            "stage": "`read`, `tag`, `parse`, `extract`, `store`; `worker` if the process that read it ended.",
            "code": "Kind of failure, short and stable.",
            "message": "What happened.",
            "place": "A file with line, record or byte.",
            "document": "The document, if known.",
            "record": "Which record of it: `citation`, `article`, `text`, or empty if that is not known.",
            "file": "The file that was being read.",
            "time": "When, UTC.",
        },
    ),
    **HISTORY_DESCRIBED,
    **VERDICT_DESCRIBED,
    "evidence_fts": Described(
        "Full-text index of evidence sentences (FTS5, stemmed): `... WHERE evidence_fts MATCH 'exosome'`.",
        {"sentence": "The sentence; `rowid` is `evidence.nr`."},
    ),
}
