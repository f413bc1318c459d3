"""Readings as lines of the contract, and its JSON Schema. `CONTRACT` changes only if a program must notice."""

from __future__ import annotations

from typing import Any

from minex.model import CONTEXT_SLOTS, PREDICATE_SIGNS, Document, Evidence, Mention, Reading, Span

CONTRACT = 1


def mention_out(mention: Mention) -> dict[str, Any]:
    """Return a mention as the contract gives it, with the original type if it was given."""
    item: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "concepts": list(mention.concepts),
        "name": mention.name or mention.text,
    }
    if mention.given_type is not None:
        item["given_type"] = mention.given_type
    return item


def _argument(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "type": mention.type,
        "concepts": list(mention.concepts),
        "name": mention.name or mention.text,
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def evidence_out(evidence: Evidence, document: Document) -> dict[str, Any]:
    """Return one piece of evidence as an item of `triples`."""
    trigger = evidence.trigger
    item: dict[str, Any] = {
        "subject": _argument(evidence.subject),
        "predicate": evidence.predicate,
        "sign": evidence.sign,
        "object": _argument(evidence.object),
        "direct": evidence.direct,
        "negated": evidence.negated,
        "hedged": evidence.hedged,
        "correlation": evidence.correlation,
        "manipulation": list(evidence.manipulation),
        "method": list(evidence.method),
        "context": {
            slot: [mention.name or mention.text for mention in getattr(evidence.context, slot)]
            for slot in CONTEXT_SLOTS
        },
        "trigger": None
        if trigger is None
        else {**_span(trigger), "text": document.text[trigger.start : trigger.end]},
        "sentence": _span(evidence.sentence),
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }
    if evidence.also:
        item["also"] = [[span.start, span.end] for span in evidence.also]
    return item


def reading_out(reading: Reading, line: int, *, mentions_only: bool = False) -> dict[str, Any]:
    """Return the output line of a document."""
    triples = [] if mentions_only else [evidence_out(each, reading.document) for each in reading.evidence]
    return {
        "contract": CONTRACT,
        "id": reading.document.id,
        "line": line,
        "mentions": [mention_out(mention) for mention in reading.mentions],
        "triples": triples,
        "error": None,
    }


def error_out(id: str | None, line: int, code: str, message: str) -> dict[str, Any]:
    """Return the output line of an input line that could not be read."""
    return {
        "contract": CONTRACT,
        "id": id,
        "line": line,
        "mentions": [],
        "triples": [],
        "error": {"code": code, "message": message},
    }


def _object(properties: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an output line.

    Examples:
        >>> schema()["properties"]["contract"]
        {'const': 1}
    """
    offset = {"type": "integer", "minimum": 0}
    texts = {"type": "array", "items": {"type": "string"}}
    concepts = {**texts, "description": "CURIEs, best first; empty if unlinked"}
    span = _object({"start": offset, "end": offset})
    argument = _object(
        {
            "start": offset,
            "end": offset,
            "type": {"type": "string"},
            "concepts": concepts,
            "name": {"type": "string"},
        }
    )
    mention = _object(
        {
            "start": offset,
            "end": offset,
            "text": {"type": "string"},
            "type": {"type": "string"},
            "concepts": concepts,
            "name": {"type": "string"},
        },
        {"given_type": {"type": "string"}},
    )
    trigger = _object({"start": offset, "end": offset, "text": {"type": "string"}})
    context = {
        **_object(dict.fromkeys(CONTEXT_SLOTS, texts)),
        "description": "names of what the statement was observed in",
    }
    triple = _object(
        {
            "subject": argument,
            "predicate": {"enum": list(PREDICATE_SIGNS)},
            "sign": {"enum": [-1, 0, 1]},
            "object": argument,
            "direct": {"type": "boolean"},
            "negated": {"type": "boolean"},
            "hedged": {"type": "boolean"},
            "correlation": {"enum": [-1, 1, None]},
            "manipulation": texts,
            "method": texts,
            "context": context,
            "trigger": {"anyOf": [trigger, {"type": "null"}]},
            "sentence": span,
            "rule": {"type": "string"},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        },
        {"also": {"type": "array", "items": {"type": "array", "items": offset, "minItems": 2, "maxItems": 2}}},
    )
    error = _object({"code": {"type": "string"}, "message": {"type": "string"}})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "minex annotate, one line of output",
        **_object(
            {
                "contract": {"const": CONTRACT},
                "id": {"type": ["string", "null"]},
                "line": {"type": "integer", "minimum": 1},
                "mentions": {"type": "array", "items": mention},
                "triples": {"type": "array", "items": triple},
                "error": {"anyOf": [error, {"type": "null"}]},
            }
        ),
    }
