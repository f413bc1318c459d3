"""A diff as Markdown, readable in a mail as it is, and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from minex.reports import wording
from minex.reports.diff import Diff
from minex.reports.sections import Item, sections

# Within a word (`up_in`) an underscore means nothing.
_SPECIAL = re.compile(r"([\\`*\[\]<>|]|\b_|_\b)")


def markdown(diff: Diff, limit: int | None = None) -> str:
    """Return a diff as Markdown."""
    lines = [f"# What changed in {_escape(wording.plain(diff.database))}", ""]
    lines += [f"From {wording.run_name(diff.before)} to {wording.run_name(diff.after)}.", ""]
    lines += [wording.summary(diff), ""]
    if diff.documents:
        lines += [wording.because(diff), ""]
    for line in wording.versions(diff):
        lines += [_escape(line), ""]
    for section in sections(diff, limit):
        lines += [f"## {section.title}", ""]
        for item in section.items:
            lines += _item(item, diff)
        if section.left_out:
            lines += [f"... and {section.left_out:,} more", ""]
    return "\n".join(lines).rstrip() + "\n"


def _item(item: Item, diff: Diff) -> list[str]:
    lines = [f"- **{_escape(item.title)}**: {_escape(item.detail)}"]
    for cause in item.causes:
        lines.append(f"  - {_escape(wording.why(cause, diff))}: {_source(cause.document, cause.pmid)}")
        if cause.lost and not cause.evidence_after:
            lines.append(f'    it said: "{_escape(wording.plain(cause.lost))}"')
    for quote in item.quotes:
        text = _escape(wording.plain(quote.sentence))
        lines.append(f'  - "{text}"{wording.marks(quote)} {_source(quote.document, quote.pmid)}')
    return [*lines, ""]


def _source(document: str, pmid: str | None) -> str:
    name = _escape(wording.plain(document))
    address = wording.link(pmid)
    return f"[{name}]({address})" if address else name


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def as_json(diff: Diff, limit: int | None = None) -> str:
    """Return a diff as JSON; its keys are described in docs/monitoring.md."""
    content = asdict(diff)
    for name in ("came", "went", "believed", "turned", "factors_came", "factors_went"):
        content[name] = content[name][:limit]
    content["empty"] = diff.empty
    content["versions_changed"] = {name: list(pair) for name, pair in diff.versions_changed.items()}
    return json.dumps(_linked(content), ensure_ascii=False, indent=2)


def _linked(value: Any) -> Any:
    """Add the address of each document that has one."""
    if isinstance(value, dict):
        made = {key: _linked(item) for key, item in value.items()}
        if "pmid" in made:
            made["url"] = wording.link(made["pmid"]) or None
        return made
    return [_linked(item) for item in value] if isinstance(value, list | tuple) else value
