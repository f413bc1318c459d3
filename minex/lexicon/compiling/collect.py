"""Where every source puts its concepts and names, and where names that would do harm are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from minex.lexicon.normalize import key
from minex.model import MentionType


class Status(IntEnum):
    """How good a name is: the lower, the better."""

    CURATED = 0
    SYMBOL = 1
    NAME = 2
    ALIAS = 3
    PREVIOUS = 4
    RELATED = 5


# How a name must stand in a text to count; `?` after it asks for support in the document as well.
ANY = ""  # in any case
EXACT = "x"  # as written in the source, or with only its first letter a capital
STRICT = "s"  # exactly as written in the source: it is an English word otherwise
CELLS = "c"  # as for EXACT, and with the word cell or line beside it
SUPPORT = "?"


@dataclass
class Draft:
    """A concept while the lexicon is being built."""

    id: str
    type: MentionType
    name: str
    parents: set[str] = field(default_factory=set)
    xrefs: set[str] = field(default_factory=set)


@dataclass
class NameDraft:
    """A name of a concept while the lexicon is being built."""

    status: Status
    policy: str
    spellings: set[str] = field(default_factory=set)


class Collector:
    """Takes concepts and names from the sources and hands over sorted lines for the compiled file.

    Parameters:
        words: common English words; a name that is one must stand in its exact case.
        shortforms: short forms that papers define as something that is no gene; such a gene name needs support.
        stop: names in normal form that no concept of a type may have; `*` is every type.
    """

    def __init__(
        self,
        words: frozenset[str] = frozenset(),
        shortforms: frozenset[str] = frozenset(),
        stop: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.words = words
        self.shortforms = shortforms
        self._stop = {**(stop or {})}
        self.concepts: dict[str, Draft] = {}
        self.names: dict[str, dict[str, NameDraft]] = {}

    def concept(
        self,
        id: str,
        type: MentionType,
        name: str,
        parents: Iterable[str] = (),
        xrefs: Iterable[str] = (),
    ) -> Draft:
        """Add a concept, or more parents and cross-references to one that is there."""
        draft = self.concepts.get(id)
        if draft is None:
            draft = self.concepts[id] = Draft(id, type, name)
        draft.parents.update(parent for parent in parents if parent != id)
        draft.xrefs.update(xrefs)
        return draft

    def name(self, id: str, spelling: str, status: Status, policy: str | None = None) -> None:
        """Add a name of a concept, unless it is on a stop list or no name at all.

        `policy` is worked out from the name unless given.
        """
        spelling = spelling.strip()
        type = self.concepts[id].type
        normal = key(spelling)
        if not self._usable(normal, spelling, type, status):
            return
        if policy is None:
            policy = self.policy(spelling, normal, type, status)
            if policy is None:
                return
        here = self.names.setdefault(normal, {})
        draft = here.get(id)
        if draft is None:
            here[id] = NameDraft(status, policy, {spelling})
            return
        draft.spellings.add(spelling)
        # The laxer policy of the better status wins: an alias must not make a symbol stricter.
        if status < draft.status:
            draft.status, draft.policy = status, policy
        elif status == draft.status and len(policy) < len(draft.policy):
            draft.policy = policy

    def _usable(self, normal: str, spelling: str, type: MentionType, status: Status) -> bool:
        if len(normal) < 2 or len(normal) > 80 or normal.count(" ") > 10:
            return False
        if status is Status.CURATED:
            return True
        if normal.replace(" ", "").isdigit() or re.search(r"[,;()\[\]{}]|\.\.", spelling):
            return False
        if _OPENER.match(spelling) or re.fullmatch(r"\d+ [a-z]|(?:alpha|beta|gamma) \d", normal):
            return False  # "AND-34" reads like a list's end, "19A" like the member of one
        return not (normal in self._stop.get("*", ()) or normal in self._stop.get(str(type), ()))

    def policy(self, spelling: str, normal: str, type: MentionType, status: Status) -> str | None:
        """Return how a name must be written to count, or None if it is better left out.

        Examples:
            >>> from minex.model import MentionType as T
            >>> collector = Collector(words=frozenset({"rest"}))
            >>> collector.policy("REST", "rest", T.GENE, Status.SYMBOL)
            's'
            >>> collector.policy("hypoxia inducible factor 1", "hypoxia inducible factor 1", T.GENE, Status.NAME)
            ''
        """
        compact = normal.replace(" ", "")
        if status is Status.CURATED:
            if type is MentionType.GENE and spelling.isupper() and spelling.lower() in self.words:
                return STRICT
            return EXACT if len(compact) <= 4 and not spelling.islower() else ANY
        if type in (MentionType.GENE, MentionType.LNCRNA):
            return self._gene_policy(spelling, normal, compact, status)
        if status is Status.RELATED and " " not in normal and not _ILLNESS.search(normal):
            return None  # MONDO calls skin cancer "skin"
        if (
            type is not MentionType.CELL_LINE
            and len(compact) <= 5
            and " " not in spelling
            and sum(c.isupper() for c in spelling) >= 2
        ):
            # Short forms of diseases, processes and cells mean too many things to stand alone.
            return EXACT if status is Status.SYMBOL else None
        if len(compact) <= 4:
            return EXACT if status <= Status.NAME or not spelling.islower() else ANY
        return ANY

    def _gene_policy(self, spelling: str, normal: str, compact: str, status: Status) -> str | None:
        word = spelling.isalpha() and spelling.lower() in self.words
        digits = any(c.isdigit() for c in spelling)
        weak = status > Status.NAME
        if word or (" " in spelling and all(part in self.words for part in normal.split()) and weak):
            if status is Status.NAME or (spelling.islower() and _PROTEIN.search(spelling)):
                return ANY
            if not any(c.isupper() for c in spelling[1:]):
                return None
            return STRICT + (SUPPORT if weak or len(compact) <= 2 else "")
        doubtful = (
            len(compact) <= 2
            or (weak and len(compact) <= 3 and not (digits and len(compact) == 3 and spelling.isupper()))
            or (compact in self.shortforms)
            or bool(_PLACE.fullmatch(spelling))
        )
        plain_word = weak and spelling.isalpha() and not _PROTEIN.search(spelling)
        if len(compact) <= 4 or (len(compact) <= 5 and not digits) or plain_word:
            return EXACT + (SUPPORT if doubtful else "")
        return ANY

    def lines(self) -> tuple[list[str], list[str], list[str], Counter[str]]:
        """Return the lines of concepts, of names and of entries, and how many concepts a type has."""
        self._prefer_curated()
        ids = sorted(self.concepts)
        number = {id: index for index, id in enumerate(ids)}
        concepts, counts = [], Counter[str]()
        for id in ids:
            draft = self.concepts[id]
            counts[str(draft.type)] += 1
            parents = " ".join(sorted(parent for parent in draft.parents if parent in number))
            concepts.append("\t".join((id, str(draft.type), draft.name, parents, " ".join(sorted(draft.xrefs)))))
        names, entries = sorted(self.names), []
        for normal in names:
            ranked = sorted(self.names[normal].items(), key=lambda item: (item[1].status, number[item[0]]))
            entries.append(";".join(_entry(number[id], draft) for id, draft in ranked))
        return concepts, names, entries, counts

    def _prefer_curated(self) -> None:
        """Where a person has said what a name means, what the sources say of it no longer counts."""
        for normal, drafts in self.names.items():
            if any(d.status is Status.CURATED and not d.policy.startswith(CELLS) for d in drafts.values()):
                self.names[normal] = {id: d for id, d in drafts.items() if d.status is Status.CURATED}


def _entry(number: int, draft: NameDraft) -> str:
    spellings = "|".join(sorted(draft.spellings)) if draft.policy.rstrip(SUPPORT) else ""
    return f"{number},{int(draft.status)},{draft.policy},{spellings}"


_OPENER = re.compile(r"(?:and|or|as|in|the|with|of|for|by|to|on|at|no|not)[ -]", re.IGNORECASE)
# What lower-case names of proteins end in: these are names, not words, however common.
_PROTEIN = re.compile(r"(?:in|ase|ogen|kine|globulin|poietin|lectin|ferrin)$")
_ILLNESS = re.compile(r"(?:omas?|itis|osis|emia|aemia|pathy|cancer|blastoma|sarcoma|ia|ism)$")
# p15, q21: places on a chromosome as often as genes. 1p36 and the like have more digits.
_PLACE = re.compile(r"[pq]\d{1,2}|[A-Z]\d{1,2}")
