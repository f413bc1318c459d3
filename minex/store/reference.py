"""The reference of tables and views as Markdown."""

from __future__ import annotations

from minex.store.documentation import TABLES, VIEWS


def markdown() -> str:
    """Return the documentation of all tables and views as Markdown, for `docs/`."""
    lines = ["# The database", ""]
    for title, described in (("Views", VIEWS), ("Tables", TABLES)):
        lines += [f"## {title}", ""]
        for name, what in described.items():
            lines += [f"### `{name}`", "", what.text, "", "| column | meaning |", "| --- | --- |"]
            lines += [
                f"| `{column}` | {text.replace('|', chr(92) + '|')} |" for column, text in what.columns.items()
            ]
            lines.append("")
    return "\n".join(lines)
