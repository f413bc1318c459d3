"""An article's parts -> passages: headings, paragraphs, captions and tables, in the order in which they are read.

Headings, captions and tables become passages as they do in the plain text reader, so that one paper gives the same
from its XML as from its PDF; an abstract's labels are sections, as in PubMed's XML.
"""

from __future__ import annotations

import re

from lxml import etree

from minex.formats.jats.front import is_english
from minex.formats.jats.inline import line, pieces
from minex.formats.jats.tables import table_passage
from minex.formats.plaintext.shapes import is_abstract, label
from minex.model import Passage, PassageKind

_UNREAD_HEADING = re.compile(
    r"""[\W\d]*(?:acknowledge?ments?|(?:authors?['’]*\s+)?contributions?|authors?['’]*\s+(?:information|roles?|details)
    |(?:(?:declarations?|statements?|disclosures?)\s+of\s+)?(?:competing|conflicts?\s+of|conflicting)\s+(?:financial\s+)?interests?
    (?:\s+(?:statements?|disclosures?|declarations?))?|(?:financial\s+)?disclosures?(?:\s+statements?)?
    |(?:(?:sources?\s+of\s+)?funding|(?:financial|grant)\s+support)(?:\s+(?:sources?|statements?|information))?
    |publisher['’]?s\s+(?:note|disclaimer)|pre-?publication\s+history|references?|bibliography|literature\s+cited)\W*""",
    re.I | re.X,
)
_UNREAD_KINDS = frozenset({"COI-statement", "ack", "funding", "author-contributions"})
_BOILERPLATE = re.compile(r"Click here for (?:additional data )?file", re.I)
"""What PMC writes under every file that belongs to an article."""

_OTHER_ABSTRACTS = {
    "graphical": "Graphical abstract",
    "teaser": "Teaser",
    "toc": "Teaser",
    "summary": "Summary",
    "author-highlights": "Highlights",
    "key-points": "Key points",
    "precis": "Summary",
    "executive-summary": "Summary",
    "web-summary": "Summary",
    "editor": "Editor's summary",
    "plain-language-summary": "Plain language summary",
}
_READ_NOTES = frozenset({"", "abbr", "other", "custom", "supplementary-material", "presented-at"})
_SECTIONS = frozenset({"sec", "app", "boxed-text", "statement", "notes", "glossary"})
_ENDS = (".", "?", "!", ":", ";")


def read_passages(article: etree._Element, title: str) -> tuple[Passage, ...]:
    """Return an article's passages: title, abstracts, body, what floats, and of the back what is read.

    Raises:
        InputError: if it refers to an entity that nothing defines.

    Examples:
        >>> article = etree.fromstring("<article><body><sec><title>Results</title><p>miR-9 rose.</p></sec></body>"
        ...     "</article>")
        >>> [(passage.kind.value, passage.section, passage.text) for passage in read_passages(article, "A title")]
        [('title', '', 'A title'), ('title', 'Results', 'Results'), ('text', 'Results', 'miR-9 rose.')]
    """
    walk = _Walk()
    walk.add(title, PassageKind.TITLE)
    walk.abstracts(article.find("front/article-meta"))
    for part in ("body", "floats-group", "floats-wrap", "back"):
        walk.section = ""
        for element in article.iterchildren(part):
            walk.flow(element)
    return tuple(walk.passages)


class _Walk:
    """Goes over an article's elements and collects its passages."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.section = ""
        self._abstract: str | None = None

    def add(self, text: str, kind: PassageKind = PassageKind.TEXT, section: str | None = None) -> None:
        """Add a passage of the section, or of a given one, if it says anything."""
        if text:
            self.passages.append(Passage(text, self.section if section is None else section, kind))

    def abstracts(self, meta: etree._Element | None) -> None:
        """Add the abstracts that are in English; one in translation only where there is no other."""
        if meta is None:
            return
        abstracts = list(meta.iterchildren("abstract"))
        found = [each for each in abstracts if is_english(each)] or abstracts
        if not found:
            found = [each for each in meta.iterchildren("trans-abstract") if is_english(each)]
        for each in found:
            kind = each.get("abstract-type") or ""
            heading = _heading(each)
            if is_abstract(heading):
                heading = "" if kind else heading
            self.section = heading or _OTHER_ABSTRACTS.get(kind, kind.replace("-", " ").capitalize()) or "Abstract"
            # Only the article's own abstract gives its sections' names alone.
            self._abstract = f"{self.section}: " if kind else ""
            self.flow(each, frozenset({"title"}))
        self._abstract = None

    def flow(self, element: etree._Element, without: frozenset[str] = frozenset()) -> None:
        """Add what an element holds: its text as paragraphs, its blocks each in its own way."""
        for piece in list(pieces(element, without)):
            if isinstance(piece, str):
                self._paragraph(piece)
            else:
                self._block(piece)

    def _paragraph(self, text: str) -> None:
        name, length = label(text) if self._abstract is not None else ("", 0)
        self.add(text[length:], section=f"{self._abstract}{name}" if name else None)

    def _block(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _SECTIONS:
            self._section(element)
        elif tag in ("fig", "supplementary-material", "media", "fig-group", "table-wrap-group", "caption"):
            self._captioned(element)
        elif tag == "table-wrap":
            self._table(element)
        elif tag == "table":
            self._rows(element, self.section)
        elif tag == "fn":
            if not _is_apart(element):
                self.flow(element)
        elif tag == "fn-group":
            if not _is_unread(element):
                self.flow(element, frozenset({"title"}))
        elif tag == "def-list":
            self._definitions(element)
        else:
            self.flow(element)

    def _section(self, element: etree._Element) -> None:
        if _is_unread(element):
            return
        before = self.section
        if heading := _heading(element):
            self.section = heading.rstrip(" :")
            if self._abstract is None:
                self.add(heading, PassageKind.TITLE)
            else:
                self.section = f"{self._abstract}{self.section}"
        captions = list(element.iterchildren("caption"))
        for caption in captions:
            self.flow(caption, frozenset({"title"}))
        self.flow(element, frozenset({"title", "caption"}))
        self.section = before

    def _captioned(self, element: etree._Element) -> None:
        caption = _caption(element)
        if not _BOILERPLATE.match(caption):
            self.add(caption, PassageKind.CAPTION)
        if element.tag != "caption":
            self.flow(element, frozenset({"caption", "title"}))

    def _table(self, element: etree._Element) -> None:
        caption = _caption(element, marks=True)
        self.add(caption, PassageKind.CAPTION)
        name = caption.partition("\n")[0] or self.section
        notes: list[etree._Element] = []
        for child in element:
            if child.tag == "table":
                self._rows(child, name)
            elif child.tag == "alternatives":
                for table in list(child.iterchildren("table"))[:1]:
                    self._rows(table, name)
            elif child.tag == "table-wrap-foot":
                notes.append(child)
        for foot in notes:
            for paragraph in foot.iter("p"):
                self.add(line(paragraph, marks=True), PassageKind.CAPTION)
        self.flow(element, frozenset({"caption", "title", "table", "alternatives", "table-wrap-foot"}))

    def _rows(self, table: etree._Element, section: str) -> None:
        passage = table_passage(table, section)
        if passage is not None:
            self.passages.append(passage)

    def _definitions(self, element: etree._Element) -> None:
        """Add a list of terms, each with what it means after a colon, as such lists are printed."""
        self.add(_heading(element))
        for item in element.iterchildren("def-item"):
            terms = ", ".join(filter(None, map(line, item.iterchildren("term"))))
            meanings = " ".join(filter(None, map(line, item.iterchildren("def"))))
            self.add(": ".join(filter(None, (terms, meanings))))
        for nested in element.iterchildren("def-list"):
            self._definitions(nested)


def _heading(element: etree._Element) -> str:
    """Return a section's title, that of a box with its label: *Box 1 Exosomes*."""
    title = element.find("title")
    if title is None:
        title = element.find("caption/title")
    said = "" if title is None else line(title)
    name = element.find("label") if element.tag == "boxed-text" else None
    return said if name is None else f"{line(name)} {said}".strip()


def _caption(element: etree._Element, *, marks: bool = False) -> str:
    """Return a caption as printed: label, title and text; a line feed after a title that has no full stop."""
    if element.tag == "caption":
        name, captions = None, [element]
    else:
        name, captions = element.find("label"), list(element.iterchildren("caption"))
    text = "" if name is None else line(name, marks=marks)
    for caption in captions:
        for part in caption:
            said = line(part, marks=marks) if part.tag in ("title", "p") else ""
            after_title = (before := part.getprevious()) is not None and before.tag == "title" and text
            gap = "\n" if after_title and said and not text.endswith(_ENDS) else " "
            text = f"{text}{gap}{said}".strip() if said else text
    return text


def _is_unread(element: etree._Element) -> bool:
    """Return whether a section is about people, money and rights, by its kind or its heading."""
    if (element.get("sec-type") or element.get("notes-type") or "") in _UNREAD_KINDS:
        return True
    return _UNREAD_HEADING.fullmatch(_heading(element)) is not None


def _is_apart(note: etree._Element) -> bool:
    """Return whether a note is about people, money and rights, by its type or its first words."""
    if (note.get("fn-type") or "") not in _READ_NOTES:
        return True
    first = note.find("p")
    text = "" if first is None else line(first)
    begins = re.match(r"[^.:]{1,60}[.:]", text)
    return begins is not None and _UNREAD_HEADING.fullmatch(begins[0]) is not None
