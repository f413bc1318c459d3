"""What E-utilities answer, believed only after it has been checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from minex.pubmed.retry import Trouble


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search: how many match in all, the ids of this page, and what PubMed made of the term."""

    count: int
    ids: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    translation: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A search that NCBI's history server keeps."""

    db: str
    webenv: str
    query_key: str
    count: int
    warnings: tuple[str, ...] = ()
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Info:
    """What einfo says of a database: when it was updated, how much it holds, its fields by tag."""

    db: str
    updated: str
    count: int
    fields: Mapping[str, str] = field(default_factory=dict)


_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,500})</title>", re.I | re.S)
_LASTING = re.compile(
    r"empty term|nothing todo|invalid db|database is not supported|retstart|can ?not retrieve dbinfo|"
    r"syntax|unbalanced|too many|too long|invalid date|id list is empty",
    re.I,
)
"""Errors inside a 200 that the request itself is to blame for. Any other may pass, and is asked again."""

GONE = re.compile(r"unable to obtain query|webenv", re.I)
"""What the history server says of a search that it keeps no longer."""

_LISTED = {
    "PhraseNotFound": "it has no entry for {!r}, which is left out of the search",
    "FieldNotFound": "it has no field {!r}",
    "PhraseIgnored": "it ignores {!r}",
    "QuotedPhraseNotFound": "it has no phrase {!r} and searches its words one by one",
}
_SHOWN = 160
_MOST_DIGITS = 19
"""No count has more, and Python reads no number of thousands of them."""


def root_of(body: bytes, name: str) -> etree._Element:
    """Return the root element of a whole answer.

    Raises:
        Trouble: if the answer is empty, a web page, cut off, of another kind, or says that there was an error.
    """
    if not body.strip():
        raise Trouble("bad-answer", "the answer is empty")
    if _HTML.match(body):
        title = _TITLE.search(body)
        words = f" ({_line(title[1].decode('utf-8', 'replace'))})" if title else ""
        raise Trouble("bad-answer", f"a web page came instead of an answer{words}")
    if body.lstrip()[:1] == b"{":
        said = _line(body.decode("utf-8", "replace"))
        raise Trouble("throttled" if "rate limit" in said.lower() else "bad-answer", f"NCBI answers {said}")
    # Nothing outside the answer is read, and no entity is expanded. Comments are kept: PMC says things in them.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as broken:
        raise Trouble(
            "bad-answer", f"the answer is no whole XML, cut off perhaps ({_line(str(broken))})"
        ) from None
    error = root if root.tag == "ERROR" else root.find("ERROR")
    if error is not None:
        raise _error(_line(_text(error)))
    if root.tag != name:
        raise Trouble("bad-answer", f"the answer is <{_line(str(root.tag))}>, not <{name}>")
    return root


def _error(said: str) -> Trouble:
    if GONE.search(said):
        return Trouble("bad-answer", f"the history server keeps this search no longer ({said})", lasting=True)
    if _LASTING.search(said):
        return Trouble("bad-query", f"NCBI refuses the request: {said}", lasting=True)
    return Trouble("throttled" if "rate limit" in said.lower() else "server-error", f"NCBI answers: {said}")


def read_search(body: bytes, start: int, size: int) -> Found:
    """Return a page of a search: its ids are numbers, no two the same, and as many as the count promises."""
    root = root_of(body, "eSearchResult")
    count = _number(root, "Count")
    ids = tuple((each.text or "").strip() for each in root.iterfind("IdList/Id"))
    for each in ids:
        if not (each.isascii() and each.isdecimal()):
            raise Trouble("bad-answer", f"{_line(each)!r} is no id")
    if len(set(ids)) != len(ids):
        raise Trouble("bad-answer", f"{len(ids) - len(set(ids))} ids stand twice on one page")
    expected = max(min(count - start, size), 0)
    if len(ids) != expected:
        raise Trouble("bad-answer", f"{len(ids)} ids came where {expected} of {count} must be (from {start})")
    return Found(count, ids, _warnings(root), _line(root.findtext("QueryTranslation") or "", 10_000))


def read_history(body: bytes, db: str) -> History:
    """Return where the history server keeps a search."""
    found = read_search(body, 0, 0)
    root = root_of(body, "eSearchResult")
    webenv = (root.findtext("WebEnv") or "").strip()
    query_key = (root.findtext("QueryKey") or "").strip()
    if not webenv or not query_key.isdecimal():
        raise Trouble("bad-answer", "the answer does not say where the history server keeps the search")
    return History(db, webenv, query_key, found.count, found.warnings, found.translation)


def read_info(body: bytes, db: str) -> Info:
    """Return what einfo says of a database."""
    root = root_of(body, "eInfoResult")
    about = root.find("DbInfo")
    if about is None or (about.findtext("DbName") or "").strip() != db:
        raise Trouble("bad-answer", f"the answer is not about {db}")
    fields = {
        (each.findtext("Name") or "").strip(): (each.findtext("FullName") or "").strip()
        for each in about.iterfind("FieldList/Field")
    }
    return Info(db, (about.findtext("LastUpdate") or "").strip(), _number(about, "Count"), fields)


def _number(element: etree._Element, name: str) -> int:
    text = (element.findtext(name) or "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS):
        raise Trouble("bad-answer", f"{name} is {_line(text)!r}, not a number")
    return int(text)


def _warnings(root: etree._Element) -> tuple[str, ...]:
    said = []
    for parent in ("ErrorList", "WarningList"):
        for each in root.iterfind(f"{parent}/*"):
            text = _line(_text(each))
            if each.tag == "OutputMessage":
                # "No items found." is what a count of 0 says already.
                if text and not text.startswith("No items found"):
                    said.append(text)
            elif text:
                said.append(_LISTED.get(str(each.tag), "{!r}: " + str(each.tag)).format(text))
    return tuple(said)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _line(text: str, most: int = _SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3] + "..."
