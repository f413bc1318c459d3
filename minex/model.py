"""The nouns of minex: documents, mentions, evidence, triples. Frozen, without I/O, importing nothing of minex.

Offsets are code points, end exclusive, always into :attr:`Document.text` unless a name says otherwise.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class _Word(str, Enum):
    """A word of a fixed set, which is written as itself."""

    def __str__(self) -> str:
        return str.__str__(self)


class MentionType(_Word):
    """What kind of thing a mention names."""

    MIRNA = "MIRNA"
    GENE = "GENE"
    LNCRNA = "LNCRNA"
    CANCER = "CANCER"
    DISEASE = "DISEASE"
    CONDITION = "CONDITION"
    VESICLE = "VESICLE"
    PROCESS = "PROCESS"
    CELL_LINE = "CELL_LINE"
    CELL_TYPE = "CELL_TYPE"
    SPECIES = "SPECIES"
    METHOD = "METHOD"
    CHEMICAL = "CHEMICAL"


PREDICATE_SIGNS: dict[str, int] = {
    "increases": 1, "decreases": -1, "activates": 1, "inhibits": -1, "targets": -1, "promotes": 1,
    "suppresses": -1, "up_in": 1, "down_in": -1, "binds": 0, "regulates": 0, "carried_by": 0, "associated_with": 0,
}  # fmt: skip
"""Each predicate with the sign it states: +1 raises, -1 lowers, 0 says neither."""


class Status(_Word):
    """Whether a document still counts: only an active one does. An unmatched one no query finds any more."""

    ACTIVE = "active"
    RETRACTED = "retracted"
    DELETED = "deleted"
    UNMATCHED = "unmatched"


class Record(_Word):
    """What tells of a document: its PubMed citation, its full text, or a text of which neither is known."""

    CITATION = "citation"
    ARTICLE = "article"
    TEXT = "text"


class PassageKind(_Word):
    """What a passage is, as far as reading it differs."""

    TITLE = "title"
    TEXT = "text"
    CAPTION = "caption"
    TABLE = "table"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start} and {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each character of a passage stands in the file that it was read from.

    `anchors` are (offset in the passage, offset in the file) pairs, ascending; between two anchors both
    offsets advance together. Joined lines and mended hyphens each add an anchor.

    Examples:
        >>> SourceMap(((0, 10), (4, 16))).to_source(5)
        17
    """

    anchors: tuple[tuple[int, int], ...]

    def to_source(self, offset: int) -> int:
        """Return the file's offset for an offset in the passage."""
        index = bisect_right(self.anchors, (offset, 1 << 62)) - 1
        if index < 0:
            raise ValueError(f"offset {offset} lies before the passage's first anchor")
        here, there = self.anchors[index]
        return there + offset - here


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table cell's place: its row, its column's header, and its span in the passage's text."""

    row: int
    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A title, a paragraph, an abstract section, a caption or a table of a document.

    `section` is the heading as printed (*RESULTS*, *Hypoxia induces ...*); `source` is set where the text
    differs from the file's characters; `cells` is set for tables.
    """

    text: str
    section: str = ""
    kind: PassageKind = PassageKind.TEXT
    source: SourceMap | None = None
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A notice that ties this citation to another one (PubMed's CommentsCorrections)."""

    kind: str
    pmid: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Document:
    """One publication, or one text of a user's own.

    `id` is `PMID:1`, else `PMC:1`, else `DOI:...`, else `text:` and a file's name. `pubtypes`, `mesh` and
    `references` are as PubMed gives them; `date` is ISO 8601, as precise as known (`2018`, `2018-04`).
    `record` says what tells of it, `version` is PubMed's version of a citation. `parts` are the records that
    :func:`minex.merge.merge` made one of; they are no part of what makes two documents equal.
    """

    id: str
    passages: tuple[Passage, ...] = ()
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    title: str = ""
    journal: str = ""
    date: str = ""
    language: str = ""
    pubtypes: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    status: Status = Status.ACTIVE
    status_reason: str = ""
    source: str = ""
    record: Record = Record.TEXT
    version: int = 1
    parts: tuple[Document, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """The passages joined by one line feed: what every offset points into."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def passage_starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each passage begins."""
        starts, offset = [], 0
        for passage in self.passages:
            starts.append(offset)
            offset += len(passage.text) + 1
        return tuple(starts)

    @property
    def year(self) -> int | None:
        """The year of publication, if it is known."""
        return int(self.date[:4]) if self.date[:4].isdigit() else None

    @cached_property
    def text_hash(self) -> str:
        """A digest of the passages: of all text that is read."""
        digest = hashlib.sha256()
        for passage in self.passages:
            digest.update(
                f"{passage.kind}\x1f{passage.section}\x1f{passage.text}\x1e".encode("utf-8", "surrogatepass")
            )
        return digest.hexdigest()[:32]

    @cached_property
    def content_hash(self) -> str:
        """A digest of everything that is stored of it, but where it was read from; metadata are part of it."""
        return self.hash_with(self.text_hash)

    def hash_with(self, text_hash: str) -> str:
        """Return the content hash of a document with these metadata and a text of this hash."""
        ids = (self.pmid, self.pmcid, self.doi, self.title, self.journal, self.date, self.language)
        notices = (f"{each.kind}:{each.pmid}:{each.text}" for each in self.references)
        rest = (*(value or "" for value in ids), *self.pubtypes, *self.mesh, *notices)
        whole = "\x1f".join((text_hash, str(self.status), self.status_reason, *rest))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def passage_at(self, offset: int) -> int:
        """Return the index of the passage that holds an offset of `text`."""
        return max(bisect_right(self.passage_starts, offset) - 1, 0)

    def to_source(self, offset: int) -> int | None:
        """Return where an offset stands in the source file, or None if the file keeps no plain offsets."""
        if not self.passages:
            return None
        index = self.passage_at(offset)
        mapping = self.passages[index].source
        return None if mapping is None else mapping.to_source(offset - self.passage_starts[index])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one table row, of a document; `passage` indexes into its passages."""

    start: int
    end: int
    passage: int = 0
    kind: PassageKind = PassageKind.TEXT
    section: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        # As for Mention: what is sent between processes most; a dataclass's own way takes twice as long.
        return Sentence, (self.start, self.end, self.passage, self.kind, self.section)


@dataclass(frozen=True, slots=True)
class Concept:
    """What a mention names: an id as a CURIE, its name and type, its parents' ids and its cross-references."""

    id: str
    type: MentionType
    name: str
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names something.

    `type` is a :class:`MentionType` value, or a foreign type that takes part in nothing. `concepts` are
    CURIEs, best first, empty if unlinked. `name` is the concept's name, else the text. `finder` says what
    found it: `mirna`, `lexicon`, `abbreviation`, `approximate`, `ner`, `table`, `given`.
    """

    start: int
    end: int
    text: str
    type: str
    concepts: tuple[str, ...] = ()
    name: str = ""
    finder: str = "given"
    given_type: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        concepts, name, finder = self.concepts, self.name, self.finder
        return Mention, (self.start, self.end, self.text, self.type, concepts, name, finder, self.given_type)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def key(self) -> str:
        """What makes two mentions the same thing: the best concept, else type and casefolded name."""
        return self.concepts[0] if self.concepts else f"text:{self.type}:{(self.name or self.text).casefold()}"


@dataclass(frozen=True, slots=True)
class Context:
    """What a statement was observed in, a tuple of mentions a slot.

    `sources` says of each filled slot where it was read: `sentence`, `header` (of a table), `title`
    (`first sentence` where there is none) or `aim`.
    """

    cancer: tuple[Mention, ...] = ()
    condition: tuple[Mention, ...] = ()
    vesicle: tuple[Mention, ...] = ()
    cell_line: tuple[Mention, ...] = ()
    cell_type: tuple[Mention, ...] = ()
    species: tuple[Mention, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


CONTEXT_SLOTS: tuple[str, ...] = ("cancer", "condition", "vesicle", "cell_line", "cell_type", "species")
"""The context's slots, in the order in which the exchange format gives them."""


class Origin(_Word):
    """Whose finding a sentence reports. Belief must not count one finding many times."""

    OWN = "own"
    CITED = "cited"
    BACKGROUND = "background"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of the sum behind a confidence: what it is, how many times it holds, what that adds in log-odds."""

    what: str
    times: int
    log_odds: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that says one thing of one pair of concepts.

    `sign` is the predicate's, with manipulations already composed into it; `negated` does not flip it.
    `correlation` is -1 or 1 where a correlation is stated. `also` are spans of further mentions of the same
    concepts that the sentence joins. `overridden` are rules that found the same and were less specific.
    `stand_ins` are the words of the sentence (*it*, *this miRNA*) that stand for an argument, which may be named
    in the sentence before; `references` are the rules that say so. `reasons` are the terms that `confidence` is
    the sum of, the rule's own first; they are shown and not stored.
    """

    document: str
    subject: Mention
    predicate: str
    object: Mention
    sentence: Span
    rule: str
    trigger: Span | None = None
    direct: bool = False
    negated: bool = False
    hedged: bool = False
    correlation: int | None = None
    manipulation: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    context: Context = field(default_factory=Context)
    origin: Origin = Origin.OWN
    confidence: float = 0.5
    also: tuple[Span, ...] = ()
    overridden: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    stand_ins: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def sign(self) -> int:
        return PREDICATE_SIGNS[self.predicate]

    @property
    def triple_id(self) -> str:
        return Triple.make_id(self.subject.key, self.predicate, self.object.key)


@dataclass(frozen=True, slots=True)
class Triple:
    """A subject, a predicate and an object, with what all evidence for them amounts to."""

    subject: str
    predicate: str
    object: str
    belief: float = 0.0
    evidence_count: int = 0

    @staticmethod
    def make_id(subject: str, predicate: str, object: str) -> str:
        """Return the stable content hash by which facts and sentences are joined."""
        return hashlib.sha256(f"{subject}\x1f{predicate}\x1f{object}".encode()).hexdigest()[:16]

    @property
    def id(self) -> str:
        return self.make_id(self.subject, self.predicate, self.object)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read or worked on, told instead of swallowed.

    `stage` is `read`, `tag`, `parse`, `extract`, `store`, or `worker` if the process that worked on it ended;
    `where` is a file with a line, record or byte; `record` is which record of the document it is, if known.
    """

    stage: str
    code: str
    message: str
    where: str = ""
    document: str | None = None
    record: Record | None = None


@dataclass(frozen=True)
class Reading:
    """What minex found in one document: everything that goes into the store."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[str, ...] = ()
    """What its reader should know without its being a failure: a sentence that was too long to be parsed."""
