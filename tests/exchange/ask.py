"""Asking `annotate` in tests: documents in, output lines back, each checked against the schema."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from jsonschema import Draft202012Validator

from minex.exchange.annotate import Options, annotate
from minex.exchange.contract import schema
from minex.pipeline import Pipeline

VALIDATOR = Draft202012Validator(schema())


def ask(pipeline: Pipeline, lines: Iterable[str | dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    """Annotate lines (dictionaries are written as JSON) and return the output lines."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    target = io.StringIO()
    written, failed = annotate(
        io.BytesIO("".join(f"{text}\n" for text in texts).encode()), target, pipeline, Options(**options)
    )
    # By "\n" only: a text may hold other characters that str.splitlines takes for the end of a line.
    items = [json.loads(line) for line in target.getvalue().split("\n")[:-1]]
    for item in items:
        VALIDATOR.validate(item)
    assert (written, failed) == (len(items), sum(item["error"] is not None for item in items))
    return items


def given(text: str, *spans: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return a document with mentions: each the first place of some words, with a type."""
    mentions = []
    for words, kind in spans:
        start = text.index(words)
        mentions.append({"start": start, "end": start + len(words), "type": kind})
    return {"id": "PMID:1", "text": text, "mentions": mentions, **more}


def statements(item: dict[str, Any]) -> list[str]:
    """Return an output line's triples as words."""
    return [
        ("not " if each["negated"] else "")
        + " ".join((each["subject"]["name"], each["predicate"], each["object"]["name"]))
        for each in item["triples"]
    ]
