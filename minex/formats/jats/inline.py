"""Running text of JATS elements: what a reader sees on one line.

Decided here, beyond what :func:`minex.formats.xmltext.raised` does with superscripts: a citation's number stands
in square brackets, set off from its word (`cells [12]` for `cells<sup>12</sup>`); a citation by name stays as
written; a mark that points to a note is left out; of formulas only what is plain text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from minex.formats.xmltext import raised, undefined

Parts = list["str | etree._Element"]
"""Text, and elements that make passages of their own, in order."""

_UNREAD_NAMES = """
    ack aff alt-text attrib author-notes bio code contrib-group corresp counts custom-meta-group graphic history
    index-term inline-graphic kwd-group label long-desc object-id permissions processing-meta ref-list
    related-article related-object response sec-meta sub-article subj-group tex-math
"""
UNREAD = frozenset(_UNREAD_NAMES.split())
"""Elements of which nothing is read, wherever they stand."""

_BLOCK_NAMES = """
    app app-group boxed-text caption def-list disp-quote fig fig-group floats-group fn fn-group glossary list
    list-item media notes p preformat question question-wrap sec speech statement supplementary-material table
    table-wrap table-wrap-group title verse-group
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that make passages of their own, wherever they stand."""

_APART_NAMES = """
    answer array attribution back break body def def-item disp-formula disp-formula-group row speaker tbody
    td term tfoot th thead tr verse-line
"""
_APART = BLOCKS | frozenset(_APART_NAMES.split())
"""Elements that are words of their own where text has to stay on one line."""

_FLOATING_NAMES = "boxed-text fig fig-group fn media supplementary-material table-wrap table-wrap-group"
_FLOATING = frozenset(_FLOATING_NAMES.split())
_NOTE_LINKS = frozenset({"fn", "table-fn", "author-notes", "corresp", "aff", "contrib"})
_MATH_NAMES = "math mi mn mo mtext mrow mstyle mspace msub msup msubsup semantics annotation"
_PLAIN_MATH = frozenset(_MATH_NAMES.split())
_MAX_MATH = 60

# No XML holds these characters, so that they can mark where a citation begins and ends.
_BEGIN, _END = "\x01", "\x02"
_NUMBERS = re.compile(r"\d{1,3}[a-z]?(?:\s*[,;‐–−‒-]\s*\d{1,3}[a-z]?)*")
_BETWEEN = re.compile(rf"{_END}(\s*(?:[,;‐–−‒-]\s*)?){_BEGIN}")
_ROUND = re.compile(rf"\(({_BEGIN}[^{_BEGIN}{_END}]*{_END})\)")
_CITED = re.compile(rf"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")
_NEAR = 200
_MARK = re.compile(r"[a-m](?:\s*,\s*[a-m])*|[*†‡§¶#]+")


def line(element: etree._Element, *, marks: bool = False) -> str:
    """Return an element's text on one line.

    Parameters:
        element: the element, its names without namespace.
        marks: whether it is part of a table, where a raised letter after a word is a note's mark.

    Raises:
        InputError: if it refers to an entity that nothing defines.

    Examples:
        >>> line(etree.fromstring('<p>10<sup>6</sup> cells<sup><xref ref-type="bibr">1</xref></sup>, in'
        ...     '<break/><italic>E. coli</italic></p>'))
        '10^6 cells [1], in E. coli'
    """
    parts: Parts = []
    _collect(element, parts, marks, False)
    return _finished("".join(part for part in parts if isinstance(part, str)))


def pieces(element: etree._Element, without: frozenset[str] = frozenset()) -> Iterator[str | etree._Element]:
    """Yield an element's text and, in order, the elements in it that make passages of their own.

    A table, a figure or a note within a sentence comes after the text that it interrupts, all other such
    elements end the text before them. Children named in `without` are passed over.
    """
    parts: Parts = []
    _collect(element, parts, False, True, without)
    text: list[str] = []
    waiting: list[etree._Element] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
        elif part.tag in _FLOATING:
            text.append(" ")
            waiting.append(part)
        else:
            yield from _flushed(text, waiting)
            yield part
    yield from _flushed(text, waiting)


def _flushed(text: list[str], waiting: list[etree._Element]) -> Iterator[str | etree._Element]:
    if said := _finished("".join(text)):
        yield said
    yield from waiting
    text.clear()
    waiting.clear()


def _collect(
    element: etree._Element, parts: Parts, marks: bool, blocks: bool, without: frozenset[str] = frozenset()
) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if child.tag not in without:
            _add(child, parts, marks, blocks)
        if child.tail:
            parts.append(child.tail)


def _add(element: etree._Element, parts: Parts, marks: bool, blocks: bool) -> None:
    """Add what an element says, or the element itself where it makes passages of its own."""
    tag = element.tag
    if tag is etree.Entity:
        raise undefined(element)
    if tag in UNREAD or (tag == "fn" and not blocks):
        return
    if blocks and tag in BLOCKS:
        parts.append(element)
    elif tag == "sup":
        _raise(element, parts, marks)
    elif tag == "xref":
        _refer(element, parts, marks)
    elif tag == "math":
        parts.append(_math(element))
    elif tag == "alternatives":
        _choose(element, parts, marks, blocks)
    else:
        apart = " " if tag in _APART else ""
        parts.append(apart)
        _collect(element, parts, marks, blocks)
        parts.append(apart)


def _raise(sup: etree._Element, parts: Parts, marks: bool) -> None:
    """Add a superscript: citations, a note's mark, or text that is raised."""
    text = _inner(sup, marks)
    plain = _run(text).replace(_BEGIN, "").replace(_END, "")
    if not plain.strip():
        return
    last = next((part for part in reversed(parts) if part), "")
    before = last[-1] if isinstance(last, str) and last else ""
    if plain != text:
        parts.append(f"{_BEGIN}{plain.strip()}{_END}" if _NUMBERS.fullmatch(plain.strip()) else text)
    elif sup.find(".//xref") is not None and not any(char.isalnum() for char in plain):
        return  # the commas between marks that are left out
    elif marks and _MARK.fullmatch(plain.strip()) and (before.strip() or (sup.tail or "").strip()):
        if plain.strip()[0] == "*":
            parts.append(text)  # a level of significance
    else:
        parts.append((raised(before, text) if before else "") + text)


def _refer(xref: etree._Element, parts: Parts, marks: bool) -> None:
    """Add a cross-reference's own text: a citation's number marked as such, a note's mark not at all."""
    text = _inner(xref, marks)
    kind = xref.get("ref-type")
    if kind == "bibr" and _NUMBERS.fullmatch(text.strip()):
        parts.append(f"{_BEGIN}{text.strip()}{_END}")
    elif not (kind in _NOTE_LINKS and len(text.strip()) <= 3):
        parts.append(text)


def _inner(element: etree._Element, marks: bool) -> str:
    inner: Parts = []
    _collect(element, inner, marks, False)
    return "".join(part for part in inner if isinstance(part, str))


def _choose(alternatives: etree._Element, parts: Parts, marks: bool, blocks: bool) -> None:
    """Add the first of several forms of one thing that says anything."""
    for child in alternatives:
        form: Parts = []
        _add(child, form, marks, blocks)
        if any(not isinstance(part, str) or part.strip() for part in form):
            parts.extend(form)
            return


def _math(math: etree._Element) -> str:
    """Return a formula that is plain text, on one line, else nothing."""
    if any(each.tag not in _PLAIN_MATH for each in math.iter()):
        return ""
    text = ""
    for each in math.iter():
        if each.tag == "annotation":
            continue
        said = "".join((each.text or "").split())
        above = each.getparent()
        if said and text and above is not None and above.tag == "msup" and above.index(each) == 1:
            text += raised(text[-1], said).strip()
        text += said
    return text if len(text) <= _MAX_MATH else ""


def _finished(text: str) -> str:
    """Return text with single spaces, its citations in square brackets."""
    text = " ".join(text.split())
    if _BEGIN not in text:
        return text
    return _CITED.sub(_bracketed, _ROUND.sub(r"\1", _run(text)))


def _run(text: str) -> str:
    """Return text whose neighbouring citations are one: *1* and *2*, set apart by nothing, are `1,2`."""
    return _BETWEEN.sub(lambda match: match[1] if match[1].strip() else ",", text)


def _bracketed(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    near = text[max(start - _NEAR, 0) : start]
    if near.rfind("[") > near.rfind("]"):
        return match[1]
    before = " " if near and not near[-1].isspace() and near[-1] not in "([{" else ""
    return f"{before}[{match[1]}]{' ' if text[end : end + 1].isalnum() else ''}"
