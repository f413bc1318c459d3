"""Tables of JATS articles: every cell in its row, under its header."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from minex.formats import read
from minex.formats.jats.tables import read_table, table_passage
from minex.model import Document, Passage, PassageKind


def passage(inner: str) -> Passage:
    found = table_passage(etree.fromstring(f"<table>{inner}</table>"), "Table 1")
    assert found is not None
    return found


def shown(inner: str) -> list[list[tuple[str, str]]]:
    """Return header and text of each cell, row by row, the spans followed into the text."""
    found = passage(inner)
    rows: dict[int, list[tuple[str, str]]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, []).append((cell.header, found.text[cell.start : cell.end]))
    return [rows[number] for number in sorted(rows)]


def row(*cells: str, tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


HEAD = f"<thead>{row('Factor', 'Cancer', tag='th')}</thead>"


def test_rows_are_lines_and_cells_are_set_apart_as_in_plain_text():
    found = passage(HEAD + f"<tbody>{row('miR-9', 'breast')}{row('miR-21', '')}</tbody>")
    assert (found.kind, found.section, found.text) == (PassageKind.TABLE, "Table 1", "miR-9 | breast\nmiR-21 | ")
    assert [(cell.row, cell.header, cell.start, cell.end) for cell in found.cells] == [
        (0, "Factor", 0, 5),
        (0, "Cancer", 8, 14),
        (1, "Factor", 15, 21),
        (1, "Cancer", 24, 24),
    ]


def test_a_cell_that_spans_rows_stands_in_each_of_them():
    body = (
        '<tr><td rowspan="3">miR-9</td><td>breast</td></tr>' + row("lung") + row("colon") + row("miR-21", "lung")
    )
    assert shown(HEAD + body) == [
        [("Factor", "miR-9"), ("Cancer", "breast")],
        [("Factor", "miR-9"), ("Cancer", "lung")],
        [("Factor", "miR-9"), ("Cancer", "colon")],
        [("Factor", "miR-21"), ("Cancer", "lung")],
    ]


def test_a_cell_that_spans_rows_in_the_middle_keeps_its_column():
    head = f"<thead>{row('A', 'B', 'C', tag='th')}</thead>"
    body = '<tr><td>1</td><td rowspan="2">2</td><td>3</td></tr>' + row("4", "5")
    assert shown(head + body)[1] == [("A", "4"), ("B", "2"), ("C", "5")]


def test_headers_of_several_rows_are_joined():
    head = (
        '<thead><tr><th rowspan="2">Factor</th><th colspan="2">Level</th></tr>'
        + row("normoxia", "hypoxia", tag="th")
        + "</thead>"
    )
    assert shown(head + row("miR-9", "low", "high")) == [
        [("Factor", "miR-9"), ("Level normoxia", "low"), ("Level hypoxia", "high")]
    ]


def test_a_cell_that_spans_columns_stands_once_under_their_headers():
    head = f"<thead>{row('Factor', 'Mice', 'Rats', tag='th')}</thead>"
    body = '<tr><td>miR-9</td><td colspan="2">high</td></tr><tr><td colspan="3">Vesicles</td></tr>'
    assert shown(head + body) == [[("Factor", "miR-9"), ("Mice Rats", "high")], [("", "Vesicles")]]


@pytest.mark.parametrize("cell", ["<th>{}</th>", "<td><bold>{}</bold></td>"])
def test_without_a_head_the_first_row_is_the_header_if_it_looks_so(cell):
    first = f"<tr>{cell.format('Factor')}{cell.format('Cancer')}</tr>"
    assert shown(f"<tbody>{first}{row('miR-9', 'lung')}</tbody>") == [[("Factor", "miR-9"), ("Cancer", "lung")]]
    assert shown(f"<tbody>{row('miR-9', 'lung')}{first}</tbody>")[0] == [("", "miR-9"), ("", "lung")]


def test_a_table_that_is_all_header_is_all_body():
    assert shown(HEAD) == [[("", "Factor"), ("", "Cancer")]]
    assert shown(row("Factor", "Cancer", tag="th")) == [[("", "Factor"), ("", "Cancer")]]


def test_marks_of_notes_are_left_out_and_levels_kept():
    head = f"<thead>{row('<italic>n</italic><sup><italic>a</italic></sup>', 'P*', tag='th')}</thead>"
    body = row("CD44<sup>hi</sup><xref ref-type='table-fn'>b</xref>", "0.03<sup>**</sup>") + row(
        "10<sup>6</sup><sup>a,b</sup>", "<sup>c</sup>"
    )
    assert shown(head + body) == [[("n", "CD44 hi"), ("P*", "0.03**")], [("n", "10^6"), ("P*", "c")]]


def test_blocks_and_tables_in_a_cell_are_its_text():
    inner = f"<table>{row('deep', 'er')}</table>"
    body = row("<p>one</p><p>two</p>", f"a<break/>b<list><list-item><p>c</p></list-item></list>{inner}")
    assert shown(HEAD + body) == [[("Factor", "one two"), ("Cancer", "a b c deep er")]]


def test_empty_tables_are_nothing():
    for inner in ("", row("", " "), "<thead/><tbody><tr/></tbody>", "<col/>"):
        assert table_passage(etree.fromstring(f"<table>{inner}</table>"), "") is None


@pytest.mark.parametrize("value", ["0", "-2", "two", "", "1e3", "²", "9" * 50])
def test_a_span_that_is_no_number_is_one(value):
    assert shown(f'<tr><td rowspan="{value}" colspan="{value}">a</td><td>b</td></tr>{row("c", "d")}') == [
        [("", "a"), ("", "b")],
        [("", "c"), ("", "d")],
    ]


def test_spans_beyond_reason_cost_little():
    wide = '<tr><td rowspan="99999999" colspan="99999999">' + "x" * 400 + "</td></tr>"
    head = f"<thead>{wide * 200}</thead>"
    found = passage(head + wide * 500 + row("a", "b") * 5000)
    assert len(found.text) < 5_000_000


def test_caption_table_and_notes_are_passages_in_this_order(write, article):
    body = (
        "<sec><title>Results</title><p>See <table-wrap><label>Table 1</label><caption><title>Factors</title>"
        "<p>In mice.<sup>a</sup></p></caption><alternatives><graphic/>"
        f"<table>{HEAD}{row('miR-9', 'lung')}</table></alternatives><table-wrap-foot><fn><label>a</label>"
        "<p><sup>a</sup>Not in rats.</p></fn></table-wrap-foot></table-wrap>below.</p></sec>"
    )
    (document,) = read(write("a.xml", article(body)))
    assert isinstance(document, Document)
    assert [(each.kind.value, each.section, each.text) for each in document.passages[3:]] == [
        ("text", "Results", "See below."),
        ("caption", "Results", "Table 1 Factors\nIn mice."),
        ("table", "Table 1 Factors", "miR-9 | lung"),
        ("caption", "Results", "Not in rats."),
    ]


SPANS = st.integers(0, 4)
CELLS = st.tuples(st.sampled_from(["td", "th"]), SPANS, SPANS, st.text("ab |\n", max_size=4))
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=6)


def made(rows: list[list[tuple[str, int, int, str]]]) -> str:
    return "".join(
        "<tr>"
        + "".join(
            f'<{tag} rowspan="{down}" colspan="{across}">{text}</{tag}>' for tag, down, across, text in cells
        )
        + "</tr>"
        for cells in rows
    )


@settings(max_examples=200, deadline=None)
@given(ROWS, ROWS)
def test_cells_lie_in_their_rows_and_say_what_the_xml_says(head, body):
    table = etree.fromstring(f"<table><thead>{made(head)}</thead><tbody>{made(body)}</tbody></table>")
    found = table_passage(table, "")
    if found is None:
        assert not any(text.strip() for cells in head + body for *_, text in cells)
        return
    lines = found.text.split("\n")
    ends = 0
    for cell in found.cells:
        begin = sum(len(line) + 1 for line in lines[: cell.row])
        assert ends <= cell.start <= cell.end <= begin + len(lines[cell.row])
        assert begin <= cell.start
        ends = cell.end
    for cells in body:
        for *_, text in cells:
            if word := " ".join(text.split()):
                assert any(found.text[cell.start : cell.end] == word for cell in found.cells)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_spans_that_fit_fill_the_grid(rows):
    # One row group in which every cell reaches down to its end: nothing may move into its columns.
    cells = [[(tag, len(rows) - number, max(across, 1), "x") for tag, _, across, _ in row] for number, row in
             enumerate(rows)]  # fmt: skip
    _, body = read_table(etree.fromstring(f"<table><tbody>{made(cells)}</tbody></table>"))
    for row_ in body:
        taken = [column for placed in row_ for column in range(placed.column, placed.column + placed.width)]
        assert taken == list(range(len(taken)))
