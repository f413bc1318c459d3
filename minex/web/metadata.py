"""What Datasette is told of a database: titles, what tables and columns mean, questions, licence."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from minex.store.documentation import TABLES, VIEWS, Described
from minex.web.questions import QUESTIONS, Question

LICENCE = (
    "Sentences and titles are quoted from the papers and keep the licence of the publication that they come from. "
    "Whoever passes this database on passes them on."
)

_FACETS = {
    "evidence": ["predicate", "origin"],
    "triple_named": ["predicate", "subject_type", "object_type"],
    "concept": ["type"],
    "document": ["status", "year"],
    "failure": ["stage", "code"],
    "query_hit": ["query", "status"],
}
_FIRST = {"evidence": "nr", "triple_named": "belief", "run": "id", "changes": "run_id"}
_LABELS = {"concept": "name", "document": "id", "evidence": "id", "run": "started"}
_PAGE = {"evidence": 50}
_NOTES = {
    "evidence": "Of papers that count: those that are retracted, deleted or unmatched are left out."
    ' Search takes words (stemmed) and "phrases"; columns\' filters lie below.',
}


def metadata(database: str) -> dict[str, Any]:
    """Return Datasette's metadata for a database of this name."""
    tables = {
        name: _table(name, what) for name, what in (*TABLES.items(), *VIEWS.items()) if name != "evidence_fts"
    }
    queries = {name: _query(question) for name, question in QUESTIONS.items()}
    return {
        "title": f"minex: {database}",
        "databases": {database: {"description": LICENCE, "tables": tables, "queries": queries}},
    }


def in_html(text: str) -> str:
    """Return a description as HTML: `code` and *emphasis*, and nothing else, are markup.

    Examples:
        >>> in_html("`a < b` is *so*")
        '<code>a &lt; b</code> is <em>so</em>'
    """
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", marked)


def in_words(text: str) -> str:
    """Return a description without its marks.

    Examples:
        >>> in_words("`PMID:1`, else *that*")
        'PMID:1, else that'
    """
    return re.sub(r"[`*]", "", text)


def _table(name: str, what: Described) -> dict[str, Any]:
    note = f" {_NOTES[name]}" if name in _NOTES else ""
    told: dict[str, Any] = {
        "description_html": in_html(what.text + note),
        "columns": {column: in_words(text) for column, text in what.columns.items()},
    }
    for key, known in (("facets", _FACETS), ("sort_desc", _FIRST), ("label_column", _LABELS), ("size", _PAGE)):
        if name in known:
            told[key] = known[name]
    return told


def _query(question: Question) -> dict[str, Any]:
    return {
        "title": question.title,
        "description_html": in_html(question.text),
        "sql": question.sql,
        "params": list(question.parameters),
        "hide_sql": True,
    }
