"""Records that efetch gives: whole XML, whose records are those that were asked for, each once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from minex.pubmed.answers import root_of
from minex.pubmed.retry import Trouble

_ROOTS = {"pubmed": "PubmedArticleSet", "pmc": "pmc-articleset"}
_PMC_ID = re.compile(r"(?:PMC)?0*([1-9]\d*)", re.I)
_NUMBER = re.compile(r"\d+")
_RESTRICTED = "does not allow downloading"
NOT_OPEN = "its publisher does not allow downloading of the full text: it is not in the open-access set"


@dataclass(frozen=True)
class Fetched:
    """Records as one well-formed XML body, the ids whose records it holds, and those that have none.

    `missing` ids were asked for again, at last alone, before they are called so. `reasons` says of a missing id
    what the server said of it, where it said anything (PMC: not in the open-access set). PMC's ids have no prefix.
    """

    body: bytes
    found: tuple[str, ...]
    missing: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


class Records:
    """The records of one answer, or of several put together."""

    def __init__(self, db: str, body: bytes | None = None) -> None:
        self.db = db
        self.found: dict[str, etree._Element] = {}
        self.reasons: dict[str, str] = {}
        self.refused: set[str] = set()
        """Ids of which the server said for good that there is no full text."""
        self._versions: set[tuple[str, str]] = set()
        """What came: some journals publish an article in versions, each with a record of its own."""
        self._body = body
        if body is None:
            self._root = etree.Element(_ROOTS[db])
            return
        self._root = root_of(body, _ROOTS[db])
        for child in list(self._root):
            if isinstance(child.tag, str):
                (self._pubmed if db == "pubmed" else self._pmc)(child)

    def check(self, asked: Sequence[str]) -> Records:
        """Return itself if nothing came that was not asked for.

        Raises:
            Trouble: if it did.
        """
        strangers = (self.found.keys() | self.reasons.keys()) - set(asked)
        if strangers:
            raise Trouble("bad-answer", f"{_some(strangers)} came and was not asked for")
        return self

    def add(self, other: Records) -> None:
        """Take in the records of a later answer; what it found is missing no longer."""
        for number, element in other.found.items():
            if number not in self.found:
                self.found[number] = element
                self._root.append(element)
                self._body = None
        self.reasons.update(other.reasons)
        self.refused |= other.refused
        for number in self.found:
            self.reasons.pop(number, None)

    def fetched(self, asked: Sequence[str]) -> Fetched:
        """Return the records as a body, which is the server's own where that answer was all."""
        body = self._body
        if body is None:
            body = etree.tostring(self._root, encoding="utf-8", xml_declaration=True)
        return Fetched(
            body,
            tuple(each for each in asked if each in self.found),
            tuple(each for each in asked if each not in self.found),
            {each: self.reasons[each] for each in asked if each in self.reasons},
        )

    def _pubmed(self, child: etree._Element) -> None:
        # A citation mentions many PMIDs (of notices, of references); its own stands at one place.
        if child.tag == "PubmedArticle":
            self._take(child.findtext("MedlineCitation/PMID"), child, _version(child))
        elif child.tag == "PubmedBookArticle":
            self._take(child.findtext("BookDocument/PMID"), child)
        elif child.tag == "DeleteCitation":
            for each in child.iterfind("PMID"):
                self.reasons[(each.text or "").strip()] = "PubMed has deleted it"
        else:
            raise Trouble("bad-answer", f"<{child.tag}> is no citation")

    def _pmc(self, child: etree._Element) -> None:
        if child.tag == "Reply":
            said = " ".join((child.get("error") or child.get("Error") or "it is not available").split())
            named = _NUMBER.search(child.get("Id") or child.get("id") or "")
            if named is None:
                raise Trouble("server-error", f"PMC answers: {said[:160]}")
            self.reasons[str(int(named[0]))] = f"PMC says: {said[:160]}"
            self._leave_out(child)
            return
        if child.tag != "article":
            raise Trouble("bad-answer", f"<{child.tag}> is no article")
        number = _pmc_number(child)
        if child.find("body") is None and any(
            _RESTRICTED in (said.text or "") for said in child.iter(etree.Comment)
        ):
            if number in self.refused or number in self.found:
                raise Trouble("bad-answer", f"{number} came twice")
            self.refused.add(number)
            self.reasons[number] = NOT_OPEN
            self._leave_out(child)
            return
        self._take(number, child)

    def _leave_out(self, element: etree._Element) -> None:
        self._root.remove(element)
        self._body = None

    def _take(self, number: str | None, element: etree._Element, version: str = "") -> None:
        number = (number or "").strip()
        if not (number.isascii() and number.isdecimal()):
            raise Trouble("bad-answer", "a record came without an id")
        if (number, version) in self._versions or number in self.refused:
            raise Trouble("bad-answer", f"{number} came twice")
        self._versions.add((number, version))
        self.found[number] = element


def plain_ids(db: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return ids as E-utilities want them, each once: numbers, PMC's without prefix.

    Examples:
        >>> plain_ids("pmc", ["PMC123", "45", "123"])
        ('123', '45')
    """
    plain: dict[str, None] = {}
    for each in ids:
        match = _PMC_ID.fullmatch(each.strip())
        if match is None or (db == "pubmed" and not each.strip().isdecimal()):
            raise ValueError(f"{each!r} is no id of {db}")
        plain[match[1]] = None
    return tuple(plain)


def _pmc_number(article: etree._Element) -> str:
    numbers = set()
    for each in article.iterfind("front/article-meta/article-id"):
        if each.get("pub-id-type") in ("pmc", "pmcid"):
            match = _PMC_ID.fullmatch((each.text or "").strip())
            if match:
                numbers.add(match[1])
    if len(numbers) != 1:
        raise Trouble("bad-answer", f"an article came with {len(numbers)} PMC ids, not one")
    return str(numbers.pop())


def _version(article: etree._Element) -> str:
    pmid = article.find("MedlineCitation/PMID")
    return "" if pmid is None else pmid.get("Version", "")


def _some(ids: set[str]) -> str:
    listed = sorted(ids)
    return ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")
