"""A database asked from Python: names go in as people say them, DataFrames come out.

>>> import minex
>>> with minex.open("demo.db") as db:  # doctest: +SKIP
...     db.triples(factor="miR-21", cancer="lung cancer", sign=-1)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd

from minex.errors import UsageError
from minex.model import PREDICATE_SIGNS
from minex.reports.names import CANCERS, FACTORS, Asked, check_query, understand
from minex.reports.table import COLUMNS, ask
from minex.store import Store
from minex.store.documentation import VIEWS
from minex.store.sync_tables import STILL_FOUND
from minex.store.verdict_tables import COUNTS_STILL

Names = str | Sequence[str] | None
"""A name or an id, several of them, or None for all."""

_NAMED = VIEWS["triple_named"].columns
TRIPLE_COLUMNS = {
    "id": _NAMED["id"],
    "subject": _NAMED["subject"],
    "predicate": _NAMED["predicate"],
    "sign": _NAMED["sign"],
    "object": _NAMED["object"],
    "belief": _NAMED["belief"],
    "rolled_belief": _NAMED["rolled_belief"],
    "evidence_count": "Pieces of evidence that fit what was asked, negated and hedged ones included.",
    "document_count": "Active documents that they come from.",
    "negated_count": "Those that deny it.",
    "hedged_count": "Those that only suggest it.",
    "direct_count": "Those that say the one acts on the other directly.",
    "first_year": "Year of the earliest of the documents.",
    "last_year": "Year of the latest.",
    "pmids": "PMIDs of the documents.",
    "subject_type": _NAMED["subject_type"],
    "object_type": _NAMED["object_type"],
    "subject_id": _NAMED["subject_id"],
    "object_id": _NAMED["object_id"],
}
"""The columns of :meth:`Database.triples`, with what they mean."""

EVIDENCE_COLUMNS = {
    "id": "Id of the piece of evidence, which stays the same.",
    "subject": "Name of the concept that acts.",
    "predicate": "What it does.",
    "sign": "+1 raises, -1 lowers, 0 says neither; manipulations are composed into it.",
    "object": "Name of the concept that it is done to.",
    "sentence": "The sentence, as in the paper.",
    "negated": "Whether the sentence denies it.",
    "hedged": "Whether the sentence only suggests it.",
    "direct": "Whether it says that the one acts on the other directly.",
    "origin": "Whose finding it is: `own`, `cited`, `background` or `review`.",
    "manipulation": "What was done to get there, a list.",
    "method": "Experiments that the sentence names, a list.",
    "cancers": "Cancers that it was observed in, a list.",
    "vesicles": "Vesicles that it was observed in, a list.",
    "confidence": "How sure this piece alone is.",
    "rule": "The rule that found it.",
    "document": "Id of the document.",
    "pmid": "PMID of the document.",
    "title": "Its title.",
    "year": "Its year.",
    "section": "The heading above the sentence.",
    "triple": "Id of the triple.",
    "subject_id": "Concept id of the subject.",
    "object_id": "Concept id of the object.",
}
"""The columns of :meth:`Database.evidence`, with what they mean."""

CONCEPT_COLUMNS = {
    "id": "The concept's id, a CURIE.",
    "name": "Its name.",
    "type": "Its type.",
    "steps": "Steps from it up to what was asked for; 0 if it is that itself.",
    "triples": "How many triples it takes part in.",
}
"""The columns of :meth:`Database.concepts`, with what they mean."""

_FROM = f"""
FROM triple t
JOIN evidence e ON e.triple = t.id AND {COUNTS_STILL}
JOIN document d ON d.id = e.document AND d.status = 'active'
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
"""
_TRIPLES = """
SELECT t.id, s.name AS subject, t.predicate, t.sign, o.name AS object, t.belief, t.rolled_belief,
       count(*) AS evidence_count, count(DISTINCT e.document) AS document_count, sum(e.negated) AS negated_count,
       sum(e.hedged) AS hedged_count, sum(e.direct) AS direct_count, min(d.year) AS first_year,
       max(d.year) AS last_year, coalesce(replace(group_concat(DISTINCT d.pmid), ',', ', '), '') AS pmids,
       s.type AS subject_type, o.type AS object_type, t.subject AS subject_id, t.object AS object_id
"""
_EVIDENCE = """
SELECT e.id, s.name AS subject, e.predicate, e.sign, o.name AS object, e.sentence, e.negated, e.hedged, e.direct,
       e.origin, e.manipulation, e.method,
       (SELECT json_group_array(name) FROM context WHERE evidence = e.nr AND slot = 'cancer') AS cancers,
       (SELECT json_group_array(name) FROM context WHERE evidence = e.nr AND slot = 'vesicle') AS vesicles,
       e.confidence, e.rule, e.document, d.pmid, d.title, d.year, e.section, t.id AS triple,
       t.subject AS subject_id, t.object AS object_id
"""
_LISTS = ("manipulation", "method", "cancers", "vesicles")
_CONCEPTS = """
SELECT c.id, c.name, c.type, {steps} AS steps,
       (SELECT count(*) FROM triple t WHERE t.subject = c.id AND t.evidence_count > 0)
       + (SELECT count(*) FROM triple t WHERE t.object = c.id AND t.evidence_count > 0) AS triples
FROM concept c
"""
_STEPS = """(SELECT min(steps) FROM concept_ancestor
        WHERE concept = c.id AND ancestor IN (SELECT value FROM json_each(:means)))"""
_CANCERS_HEARD = f"SELECT DISTINCT x.concept {_FROM} JOIN context x ON x.evidence = e.nr AND x.slot = 'cancer' "
# The conditions that what is asked for makes, each answered by an index.
_CONDITIONS = {
    "subject": "t.subject IN (SELECT value FROM json_each(:subject))",
    "object": "t.object IN (SELECT value FROM json_each(:object))",
    # Of a factor is what it does, and what a condition does to it, as in the review's table.
    "factor": """t.id IN (SELECT id FROM triple WHERE subject IN (SELECT value FROM json_each(:factor))
             UNION ALL
             SELECT x.id FROM triple x JOIN concept c ON c.id = x.subject AND c.type = 'CONDITION'
             WHERE x.object IN (SELECT value FROM json_each(:factor)))""",
    "cancer": """(t.object IN (SELECT value FROM json_each(:cancer))
      OR EXISTS (SELECT 1 FROM context WHERE evidence = e.nr AND slot = 'cancer'
                 AND concept IN (SELECT value FROM json_each(:cancer))))""",
    # The same, where nothing else says which evidence to look at.
    "cancer alone": """e.nr IN (SELECT evidence FROM context
                           WHERE slot = 'cancer' AND concept IN (SELECT value FROM json_each(:cancer))
                           UNION ALL
                           SELECT x.nr FROM triple y JOIN evidence x ON x.triple = y.id
                           WHERE y.object IN (SELECT value FROM json_each(:cancer)))""",
    "predicate": "t.predicate = :predicate",
    "sign": "t.sign = :sign",
    "min_belief": "t.rolled_belief >= :min_belief",
    "query": f"e.document IN (SELECT document FROM query_hit WHERE query = :query AND {STILL_FOUND})",  # noqa: S608
}


class Database:
    """A minex database, opened for reading: nothing can be written through it, also while a refresh writes.

    Names are understood in any case, by the synonyms of the lexicon, and by id; one that means nothing here is an
    error that says which names are near. With `rollup` a name collects what is below it: arms and members of a
    miRNA, subtypes of a cancer. What it collected stands in the frame's `attrs["asked"]`, in words in
    `attrs["notes"]`, and what each column means in `attrs["columns"]`. What somebody judged wrong is in no answer.

    Use it in a `with` statement, or :meth:`close` it.
    """

    def __init__(self, path: str | Path) -> None:
        self.store = Store.open(Path(path), create=False, readonly=True)

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"minex.open({str(self.store.path)!r})"

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def triples(
        self,
        *,
        factor: Names = None,
        cancer: Names = None,
        sign: int | None = None,
        subject: Names = None,
        object: Names = None,
        predicate: str | None = None,
        min_belief: float = 0.0,
        query: str | None = None,
        rollup: bool = True,
    ) -> pd.DataFrame:
        """Return triples, those believed most first; columns are :data:`TRIPLE_COLUMNS`.

        Parameters:
            factor: a miRNA, gene or lncRNA: what it does, and what conditions do to it.
            cancer: only evidence that was observed in this cancer, or says something of it.
            sign: 1 raises, -1 lowers, 0 says neither.
            subject: what acts, of any type.
            object: what it is done to, of any type.
            predicate: one of minex's predicates.
            min_belief: only what is believed at least so much, over all predicates of its sign.
            query: only documents that this saved query found.
            rollup: whether names collect what is below them.

        Raises:
            UsageError: if a name, a sign, a predicate or a query is none.
        """
        asked = self._asked(factor, cancer, subject, object, rollup)
        where, parameters = self._where(asked, sign, predicate, min_belief, query)
        rest = f"{where} GROUP BY t.id ORDER BY t.rolled_belief DESC, document_count DESC, subject, object"
        heard = self._cancers_heard(where, parameters)
        return self._frame(_TRIPLES + _FROM + rest, parameters, TRIPLE_COLUMNS, asked, heard)

    def evidence(
        self,
        *,
        factor: Names = None,
        cancer: Names = None,
        sign: int | None = None,
        subject: Names = None,
        object: Names = None,
        predicate: str | None = None,
        min_belief: float = 0.0,
        query: str | None = None,
        rollup: bool = True,
        row: str | None = None,
    ) -> pd.DataFrame:
        """Return pieces of evidence with their sentences, newest first; columns are :data:`EVIDENCE_COLUMNS`.

        Parameters:
            row: a `row_id` of :meth:`table`: the evidence behind that row.

        The others, and the errors, are those of :meth:`triples`.
        """
        if row is not None:
            factor, _, cancer = row.rpartition("@")
            rollup = False
        asked = self._asked(factor, cancer, subject, object, rollup)
        where, parameters = self._where(asked, sign, predicate, min_belief, query)
        sql = f"{_EVIDENCE}{_FROM}{where} ORDER BY d.year DESC, e.nr"
        frame = self._frame(sql, parameters, EVIDENCE_COLUMNS, asked, self._cancers_heard(where, parameters))
        for column in _LISTS:
            frame[column] = frame[column].map(json.loads).astype(builtin_object)
        return frame.astype({"negated": bool, "hedged": bool, "direct": bool})

    def table(
        self,
        *,
        factor: Names = None,
        cancer: Names = None,
        query: str | None = None,
        rollup: bool = True,
        merge: bool = False,
    ) -> pd.DataFrame:
        """Return the table of a review, a row a factor and cancer; columns are those of the view `review_table`.

        Parameters:
            factor: only these miRNAs, genes and lncRNAs.
            cancer: only these cancers.
            query: only documents that this saved query found.
            rollup: whether names collect what is below them.
            merge: whether what a name collects goes into its own row.
        """
        made = ask(
            self.store, factors=_words(factor), cancers=_words(cancer), query=query, rollup=rollup, merge=merge
        )
        frame = pd.DataFrame([astuple(row) for row in made.rows], columns=list(COLUMNS))
        asked = {"factor": made.factors, "cancer": made.cancers}
        frame = _typed(frame)
        frame.attrs.update(_attributes(asked, VIEWS["review_table"].columns, made.notes))
        return frame

    def concepts(self, name: str | None = None, *, type: str | None = None, rollup: bool = True) -> pd.DataFrame:
        """Return what a name means and what is below it, or all concepts; columns are :data:`CONCEPT_COLUMNS`.

        Parameters:
            name: a name or an id; without it all concepts are given.
            type: only concepts of this type, such as `MIRNA`.
        """
        condition = "WHERE (:type IS NULL OR c.type = :type)"
        if name is None:
            sql = f"{_CONCEPTS.format(steps='0')}{condition} ORDER BY triples DESC, c.name"
            return self._frame(sql, {"type": type}, CONCEPT_COLUMNS, {})
        asked = understand(self.store.connection, name, (type,) if type else (), rollup=rollup)
        condition += " AND c.id IN (SELECT value FROM json_each(:ids))"
        sql = _CONCEPTS.format(steps=_STEPS) + condition + " ORDER BY steps, triples DESC, c.name"
        means = json.dumps([id_ for id_, _ in asked.means])
        parameters = {"type": type, "ids": json.dumps(list(asked.ids)), "means": means}
        return self._frame(sql, parameters, CONCEPT_COLUMNS, {"name": (asked,)})

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pd.DataFrame:
        """Answer one SELECT; tables and views are described in docs/database.md."""
        found = self.store.select(query, parameters)
        return pd.DataFrame(found.rows, columns=list(found.columns))

    def _asked(
        self, factor: Names, cancer: Names, subject: Names, object: Names, rollup: bool
    ) -> dict[str, tuple[Asked, ...]]:
        kinds: tuple[tuple[str, Names, tuple[str, ...]], ...] = (
            ("factor", factor, FACTORS),
            ("cancer", cancer, CANCERS),
            ("subject", subject, ()),
            ("object", object, ()),
        )
        return {
            kind: tuple(understand(self.store.connection, word, types, rollup=rollup) for word in _words(names))
            for kind, names, types in kinds
            if names is not None
        }

    def _where(
        self,
        asked: Mapping[str, tuple[Asked, ...]],
        sign: int | None,
        predicate: str | None,
        min_belief: float,
        query: str | None,
    ) -> tuple[str, dict[str, Any]]:
        if sign not in (None, -1, 0, 1):
            raise UsageError(
                "sign", f"there is no sign {sign!r}", cure="give 1 (raises), -1 (lowers) or 0 (neither)"
            )
        if predicate is not None and predicate not in PREDICATE_SIGNS:
            known = ", ".join(PREDICATE_SIGNS)
            raise UsageError("predicate", f"there is no predicate {predicate!r}", cure=f"predicates are {known}")
        if query is not None:
            check_query(self.store.connection, query)
        parameters: dict[str, Any] = {
            kind: json.dumps([id_ for each in words for id_ in each.ids]) for kind, words in asked.items()
        }
        given = {"sign": sign, "predicate": predicate, "query": query, "min_belief": min_belief or None}
        parameters |= {name: value for name, value in given.items() if value is not None}
        alone = {"cancer": "cancer alone"} if asked.keys() == {"cancer"} else {}
        conditions = [_CONDITIONS[alone.get(name, name)] for name in parameters]
        return ("WHERE " + "\n  AND ".join(conditions) if conditions else ""), parameters

    def _cancers_heard(self, where: str, parameters: Mapping[str, Any]) -> set[str]:
        """Return the cancers in which evidence was observed: mostly they are no end of a triple."""
        if "cancer" not in parameters:
            return set()
        return {id_ for (id_,) in self.store.select(_CANCERS_HEARD + where, parameters).rows}

    def _frame(
        self,
        sql: str,
        parameters: Mapping[str, Any],
        columns: Mapping[str, str],
        asked: Mapping[str, tuple[Asked, ...]],
        heard: Iterable[str] = (),
    ) -> pd.DataFrame:
        frame = _typed(pd.DataFrame(self.store.select(sql, parameters).rows, columns=list(columns)))
        ids = set(heard)
        for name in ("subject_id", "object_id", "id"):
            ids.update(frame.get(name, ()))
        told = {kind: tuple(each.heard(ids) for each in words) for kind, words in asked.items()}
        notes = [each.note for words in told.values() for each in words if each.note]
        frame.attrs.update(_attributes(told, columns, notes))
        return frame


builtin_object = object
"""The type; in the methods above, `object` is what something is done to."""


def _words(names: Names) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose years may be missing and are numbers all the same."""
    years = {column: "Int64" for column in ("year", "first_year", "last_year") if column in frame}
    return frame.astype(years)


def _attributes(
    asked: Mapping[str, Sequence[Asked]], columns: Mapping[str, str], notes: Sequence[str]
) -> dict[str, Any]:
    told = {
        kind: [{"word": each.word, "means": dict(each.means), "collected": dict(each.below)} for each in words]
        for kind, words in asked.items()
        if words
    }
    return {"asked": told, "notes": list(notes), "columns": dict(columns)}
