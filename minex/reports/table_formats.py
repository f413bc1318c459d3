"""A review's table as Markdown, CSV, HTML and a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from minex.reports import html, wording
from minex.reports.cells import write_csv, write_xlsx
from minex.reports.evidence import Piece
from minex.reports.table import COLUMNS, Row, Table
from minex.reports.table_evidence import COLUMNS as EVIDENCE_COLUMNS
from minex.reports.table_evidence import Cell, claim, listed, source

SHOWN = {
    "factor": "Factor",
    "cancer": "Cancer",
    "response_to_hypoxia": "Response to hypoxia",
    "level_in_cancer": "Level in cancer",
    "biological_function": "Biological function",
    "mechanism": "Mechanism",
    "evidence": "Evidence",
    "belief": "Belief",
    "references": "References",
    "years": "Years",
}
"""The columns that people see, with their headings."""

_TITLE = "Factors by cancer"
_MOST_REFERENCES = 8
_MOST_PIECES = 5


def shown(row: Row, *, references: int = _MOST_REFERENCES) -> dict[str, str]:
    """Return a row's cells as words for people; of many references the newest."""
    pmids = row.pmids.split(", ")
    more = f" and {len(pmids) - references} more" if len(pmids) > references else ""
    years = [str(year) for year in dict.fromkeys((row.first_year, row.last_year)) if year]
    told = {
        "evidence": f"{row.evidence_count} in {wording.counted(row.document_count, 'document')}",
        "belief": f"{row.belief:.2f}",
        "references": ", ".join(pmids[-references:]) + more,
        "years": "\N{EN DASH}".join(years),
    }
    return {name: wording.plain(told.get(name) or str(getattr(row, name, ""))) for name in SHOWN}


def markdown(table: Table) -> str:
    """Return the table as Markdown, with ids of the rows and what was collected below."""
    heads = [*SHOWN.values(), "Row"]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in table.rows:
        cells = [_escaped(cell) for name, cell in shown(row).items() if name != "references"]
        cells.insert(list(SHOWN).index("references"), _linked(row))
        lines.append(f"| {' | '.join([*cells, f'`{_escaped(row.row_id)}`'])} |")
    notes = [f"- {_escaped(note)}" for note in table.notes]
    return "\n".join([*lines, *([""] if notes else []), *notes, ""])


def _escaped(text: str) -> str:
    marks = "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in wording.plain(text))
    return marks.replace("&", "&amp;")


def _linked(row: Row) -> str:
    pmids = row.pmids.split(", ")
    told = [f"[{pmid}]({wording.link(pmid)})" if wording.link(pmid) else _escaped(pmid) for pmid in pmids]
    more = f" and {len(told) - _MOST_REFERENCES} more" if len(told) > _MOST_REFERENCES else ""
    return ", ".join(told[-_MOST_REFERENCES:]) + more


def as_csv(table: Table) -> str:
    """Return the table as CSV, all columns of the view; nothing in it is a formula."""
    stream = io.StringIO()
    write_csv((COLUMNS, *map(astuple, table.rows)), stream)
    return stream.getvalue()


def evidence_csv(row_id: str, behind: Sequence[Cell]) -> str:
    """Return the evidence of a row as CSV."""
    stream = io.StringIO()
    write_csv((EVIDENCE_COLUMNS, *listed(row_id, behind)), stream)
    return stream.getvalue()


def workbook(table: Table, behind: Mapping[str, Sequence[Cell]], about: Sequence[str], target: Path) -> None:
    """Write a workbook: the table, the evidence of each cell, and how the table came about."""
    evidence = [line for row in table.rows for line in listed(row.row_id, behind.get(row.row_id, ()))]
    notes = [("about",), *((note,) for note in (*table.notes, *about))]
    write_xlsx(
        (
            ("table", [COLUMNS, *map(astuple, table.rows)]),
            ("evidence", [EVIDENCE_COLUMNS, *evidence]),
            ("about", notes),
        ),
        target,
    )


def page(table: Table, behind: Mapping[str, Sequence[Cell]], about: Sequence[str]) -> str:
    """Return the table as a page that works offline; each row leads to its evidence below."""
    heads = "".join(f'<th scope="col">{html.text(head)}</th>' for head in (*SHOWN.values(), "Sentences"))
    lines = []
    for number, row in enumerate(table.rows, 1):
        cells = "".join(f"<td>{html.text(cell)}</td>" for cell in shown(row).values())
        link = f'<a href="#row-{number}">show</a>'
        lines.append(f'<tr data-row="{html.text(row.row_id)}">{cells}<td>{link}</td></tr>')
    notes = "".join(f"<li>{html.text(note)}</li>" for note in (*table.notes, *about))
    found = "\n".join(
        evidence_section(row, behind.get(row.row_id, ()), f"row-{number}")
        for number, row in enumerate(table.rows, 1)
    )
    body = (
        f"<h1>{_TITLE}</h1>\n<ul>{notes}</ul>\n"
        f"{_TABLE_STYLE}<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        + "\n".join(lines)
        + f"\n</tbody>\n</table>\n<h1>Evidence</h1>\n{found}"
    )
    return html.page(_TITLE, body)


_TABLE_STYLE = """<style>
body { max-width: none } table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { background: #f4f4f4; color: #222 }
mark.subject, mark.object { background: #cfe8ff; color: #111 } mark.trigger { background: #ffe7a3; color: #111 }
</style>
"""


def evidence_page(row: Row, behind: Sequence[Cell]) -> str:
    """Return the evidence of a row as a page that works offline."""
    title = f"Evidence: {row.factor} in {row.cancer}"
    found = evidence_section(row, behind, "row", None)
    return html.page(title, f"{_TABLE_STYLE}<h1>{html.text(title)}</h1>\n{found}")


def evidence_section(row: Row, behind: Sequence[Cell], anchor: str, most: int | None = _MOST_PIECES) -> str:
    """Return a row's evidence as HTML, cell by cell; with `most`, only so many sentences a cell."""
    parts = [f'<h2 id="{anchor}">{html.text(f"{row.factor} in {row.cancer}")}</h2>']
    for cell in behind:
        said = f": {cell.said}" if cell.said else ""
        items = "".join(f"<li>{_piece(piece)}</li>" for piece in cell.pieces[:most])
        left = len(cell.pieces) - (most or len(cell.pieces))
        if left > 0:
            items += f"<li>{left:,} more: minex table --evidence {html.text(repr(row.row_id))}</li>"
        parts.append(f"<h3>{html.text(cell.heading + said)}</h3>\n<ul>{items}</ul>")
    return "\n".join(parts)


def _piece(piece: Piece) -> str:
    marked = "".join(
        f'<mark class="{each.role}">{_kept(each.text)}</mark>' if each.role in _MARKED else _kept(each.text)
        for each in piece.segments
    )
    where = html.link(piece.link, source(piece))
    return f"<p>{html.text(claim(piece))}</p><blockquote>{marked}</blockquote><p>{where}</p>"


_MARKED = ("subject", "object", "trigger")


def _kept(text: str) -> str:
    """Return a part of a sentence with the spaces at its ends, which :func:`html.text` takes off."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{html.text(text)}{after}"


def evidence_markdown(row: Row, behind: Sequence[Cell]) -> str:
    """Return the evidence of a row as Markdown, cell by cell."""
    lines = [f"# {_escaped(f'{row.factor} in {row.cancer}')}", ""]
    for cell in behind:
        lines += [f"## {_escaped(cell.heading + (f': {cell.said}' if cell.said else ''))}", ""]
        for piece in cell.pieces:
            where = f"[{_escaped(source(piece))}]({piece.link})" if piece.link else _escaped(source(piece))
            lines.append(f"- {_escaped(claim(piece))} ({where})\n  > {_escaped(piece.sentence)}")
        lines.append("")
    return "\n".join(lines)
