"""Lines -> blocks: headings, paragraphs, captions and tables, put back together where a page tore them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from minex.formats.plaintext import shapes
from minex.formats.plaintext.lines import Layout, Line
from minex.formats.plaintext.splice import Words, spliced
from minex.formats.plaintext.tables import Table, find_table, is_first_cell
from minex.model import PassageKind

_MAX_HEADING_LINES = 3
_MAX_TITLE_LINES = 5
_MAX_HEADING = 200
_MIN_TEXT = 40
_NEAR = 12


@dataclass(slots=True)
class Block:
    """A run of lines that makes one passage; `is_title` marks the document's own title."""

    kind: PassageKind
    lines: list[Line]
    section: str = ""
    table: Table | None = None
    is_title: bool = False
    is_open: bool = False


class Segmenter:
    """Cuts a document's lines into blocks, in one walk from top to bottom."""

    def __init__(self, lines: Sequence[Line], words: Words) -> None:
        self._lines = lines
        self._words = words
        self._layout = Layout(lines)
        self._blocks: list[Block] = []
        self._section = ""
        self._in_references = False

    def blocks(self) -> list[Block]:
        index = self._front()
        while index < len(self._lines):
            index = self._next(index)
        return self._blocks

    def _next(self, index: int) -> int:
        text = self._lines[index].text
        kind = shapes.caption(text) if self._begins(index) else ""
        if kind == "table":
            return self._table(index)
        if kind:
            return self._caption(index)
        count = self._heading(index)
        if count:
            return self._add_heading(index, count)
        return self._paragraph(index)

    # Headings.

    def _front(self) -> int:
        """Take the title and the authors, if the text begins with them; return the line after."""
        lines = self._lines
        if not lines or shapes.is_known_heading(lines[0].text) or shapes.caption(lines[0].text):
            return 0
        count = next((n for n in range(1, _MAX_TITLE_LINES + 1) if self._ends_title(n)), 0)
        if not count or sum(len(line.text) for line in lines[:count]) > 300:
            return 0
        title = spliced(lines[:count], self._words)[0]
        if not shapes.may_be_heading(title[:200]):
            return 0
        self._blocks.append(Block(PassageKind.TITLE, list(lines[:count]), is_title=True))
        index = count
        while index < len(lines) and shapes.is_authors(lines[index].text):
            index += 1
        if index > count:
            self._blocks.append(Block(PassageKind.TEXT, list(lines[count:index]), "Authors"))
        return index

    def _ends_title(self, count: int) -> bool:
        if count >= len(self._lines) or any(line.blank for line in self._lines[1:count]):
            return False
        if any(shapes.caption(line.text) for line in self._lines[1:count]):
            return False
        following = self._lines[count]
        return following.blank or shapes.is_authors(following.text) or shapes.is_known_heading(following.text)

    def _heading(self, index: int) -> int:
        """Return how many lines from here are a heading; none if the text just goes on."""
        lines = self._lines
        if shapes.is_known_heading(lines[index].text) and self._stands_alone(index):
            return 1
        if self._in_references:
            return 0
        for count in range(1, _MAX_HEADING_LINES + 1):
            after = index + count
            last = lines[min(after, len(lines)) - 1]
            if after >= len(lines) or (count > 1 and (last.blank or shapes.caption(last.text))):
                return 0
            if len(last.text) > _MAX_HEADING:
                return 0
            text = " ".join(line.text for line in lines[index:after])
            if not shapes.may_be_heading(text) or shapes.starts_small(lines[after].text):
                if shapes.is_terminal(last.text):
                    return 0
                continue
            if shapes.label(lines[index].text)[0] or shapes.is_authors(text):
                return 0
            if self._ends_heading(after) and self._begins_heading(index, after):
                return count
        return 0

    def _stands_alone(self, index: int) -> bool:
        """Return whether a line that reads *Results* is the heading: the line before it is not left open."""
        return index == 0 or self._lines[index].blank or not shapes.is_open(self._lines[index - 1].text)

    def _begins_heading(self, index: int, after: int) -> bool:
        if self._begins(index) or (
            self._blocks and self._blocks[-1].kind is PassageKind.TITLE and self._is_next(index)
        ):
            return True
        before = self._lines[index - 1].text
        return shapes.is_terminal(before) and (self._layout.is_short(index - 1) or self._lines[after].blank)

    def _is_next(self, index: int) -> bool:
        return bool(self._blocks[-1].lines) and self._blocks[-1].lines[-1] is self._lines[index - 1]

    def _ends_heading(self, after: int) -> bool:
        """Return whether the line before `after` ends for a reason that running text would not have."""
        following = self._lines[after]
        if shapes.caption(following.text):
            return False
        if following.blank:
            # One of many short blocks is a table's cell rather than a heading.
            alone = after + 1 >= len(self._lines) or self._lines[after + 1].blank
            return not alone or len(following.text) >= max(0.6 * self._layout.widths[after], _MIN_TEXT)
        if not self._layout.is_wrapped(after):
            return len(self._lines[after - 1].text) < 120
        if self._words.has_small(following.first_word.strip(",;:")):
            return True
        begun = self._lines[after - 1].blank or self._lines[after - 2].blank
        return self._layout.is_short(after - 1, 0.92 if begun else 0.85)

    def _add_heading(self, index: int, count: int) -> int:
        lines = list(self._lines[index : index + count])
        text = spliced(lines, self._words)[0]
        self._section = text.rstrip(" :")
        self._in_references = shapes.is_references(text)
        self._blocks.append(Block(PassageKind.TITLE, lines, self._section))
        return index + count

    # Captions and tables.

    def _begins(self, index: int) -> bool:
        """Return whether something new may begin at a line, whatever it says."""
        line = self._lines[index]
        return index == 0 or line.blank or line.page

    def _caption(self, index: int) -> int:
        end = index + 1
        open_before = self._open_paragraph() is not None
        while end < len(self._lines) and not self._lines[end].blank:
            line, before = self._lines[end], self._lines[end - 1]
            small = shapes.starts_small(line.text)
            if open_before and small and (line.page or shapes.is_terminal(before.text)):
                break
            if not small and shapes.is_terminal(before.text) and (line.page or self._layout.is_short(end - 1)):
                break
            end += 1
        self._blocks.append(Block(PassageKind.CAPTION, list(self._lines[index:end]), self._section))
        return end

    def _table(self, index: int) -> int:
        lines = self._lines
        end = index + 1
        while end < len(lines) and not lines[end].blank:
            going_on = shapes.starts_small(lines[end].text) or shapes.is_open(lines[end - 1].text)
            if not going_on and is_first_cell(lines, end, self._layout.widths):
                break
            end += 1
        table, after = find_table(lines, end, self._layout.widths)
        if table is None and end - index > 2:
            # Rows may follow the caption without a blank line.
            table, after = find_table(lines, index + 1, self._layout.widths)
            end = index + 1 if table is not None else end
        shown = list(lines[index:end])
        self._blocks.append(Block(PassageKind.CAPTION, shown, self._section))
        if table is None:
            return end
        name = spliced(shown, self._words)[0]
        self._blocks.append(Block(PassageKind.TABLE, list(lines[end:after]), name, table))
        return after

    # Paragraphs.

    def _paragraph(self, index: int) -> int:
        lines = self._lines
        end = index + 1
        while end < len(lines) and not self._ends_paragraph(end):
            end += 1
        taken = list(lines[index:end])
        torn = self._open_paragraph()
        if torn is not None and self._goes_on(torn, taken[0]):
            torn.lines.extend(taken)
            torn.is_open = not shapes.is_terminal(taken[-1].text)
            return end
        name, length = shapes.label(taken[0].text)
        if name and not self._in_references:
            taken[0] = taken[0].after(length)
        kind = PassageKind.REFERENCES if self._in_references else PassageKind.TEXT
        block = Block(kind, taken, name or self._section)
        block.is_open = kind is PassageKind.TEXT and not shapes.is_terminal(taken[-1].text)
        self._blocks.append(block)
        return end

    def _ends_paragraph(self, index: int) -> bool:
        """Return whether a new block begins at a line."""
        lines, before = self._lines, self._lines[index - 1].text
        line = lines[index]
        if line.blank or (line.page and shapes.caption(line.text)):
            return True
        if shapes.is_known_heading(line.text) and self._stands_alone(index):
            return True
        if self._in_references:
            return line.text[:1] in "[0123456789" and shapes.is_terminal(before)
        if not shapes.is_terminal(before) or shapes.starts_small(line.text):
            return not self._layout.is_wrapped(index) and not shapes.starts_small(line.text)
        return self._layout.is_short(index - 1) or bool(shapes.label(line.text)[0]) or self._heading(index) > 0

    def _open_paragraph(self) -> Block | None:
        """Return the last paragraph if it stops in mid-sentence, past captions and tables but no heading."""
        for block in reversed(self._blocks[-_NEAR:]):
            if block.kind is PassageKind.TEXT:
                return block if block.is_open and block.section != "Authors" else None
            if block.kind not in (PassageKind.CAPTION, PassageKind.TABLE):
                return None
        return None

    def _goes_on(self, torn: Block, line: Line) -> bool:
        """Return whether a paragraph that stops in mid-sentence goes on with a line further down."""
        before = torn.lines[-1]
        if shapes.starts_small(line.text) or shapes.is_open(before.text):
            return True
        if shapes.label(line.text)[0]:
            return False
        return len(before.text) >= 0.7 * median(len(each.text) for each in torn.lines[-_NEAR:])
