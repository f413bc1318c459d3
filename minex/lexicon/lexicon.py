"""The lexicon at run time: names to concepts, one pass over a text, and the hierarchy of concepts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from minex.lexicon import compiled
from minex.lexicon.approximate import NearNames
from minex.lexicon.normalize import fold, key, normalize
from minex.lexicon.user import UserLexicon, read
from minex.model import Concept, MentionType

DEFAULT = Path(__file__).resolve().parent / "data" / "lexicon.xz"

_COMPARED = (MentionType.CANCER, MentionType.DISEASE, MentionType.PROCESS)

# What may not stand inside a name: its parts would belong to different things.
PARTED = re.compile(r"[,;:()\[\]{}|<>=?!\"]|[.]\s|\n\s*\n")

_SIGNS = re.compile(r"[\W_]+")
_PRIMES = "'\u2019\u2032\u00b4`"
_END_OF_RNA = re.compile(rf"[{_PRIMES}]\s?-?\s?(?:UTR|[Uu]ntrans|[Ee]nd|[Ff]lank|[Rr]egion|[Ss]plice)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a name may mean.

    `status` is how good the name is (0 curated, 1 symbol or label, 2 full name, 3 alias, 4 former, 5 related);
    `support` asks for other evidence in the document; `beside_cells` for the word cell or line beside it;
    `word` says that the name is also an English word.
    """

    id: str
    type: MentionType
    status: int
    support: bool = False
    beside_cells: bool = False
    word: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text, with what it may mean, best first."""

    start: int
    end: int
    text: str
    key: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A candidate with the spellings that it allows; none means any."""

    candidate: Candidate
    spellings: frozenset[str] = frozenset()
    exact: bool = False

    def allows(self, squashed: str) -> bool:
        if not self.spellings or squashed in self.spellings:
            return True
        return not self.exact and any(_like(squashed, spelling) for spelling in self.spellings)


class Lexicon:
    """Names and concepts, compiled and the user's own.

    Use :meth:`load`; the constructor takes what :func:`minex.lexicon.compiled.load` gives.

    Examples:
        >>> lexicon = Lexicon.load()
        >>> [(m.text, lexicon.name(m.candidates[0].id)) for m in lexicon.match("TGF-β1 lowers NKG2D")]
        [('TGF-β1', 'TGFB1'), ('NKG2D', 'KLRK1')]
        >>> lexicon.link_mirna("miR-21")
        (('mirbase.mature:MIMAT0000076',), 'miR-21')
    """

    def __init__(self, content: compiled.Compiled, own: UserLexicon | None = None) -> None:
        own = own or UserLexicon()
        self._content = content
        self._ids = [line[: line.index("\t")] for line in content.concepts]
        self._number = {id: number for number, id in enumerate(self._ids)}
        # The first entry of a new concept says what it is; further ones only give it names.
        self._own = {name.id: name.concept() for name in reversed(own.names) if name.id not in self._number}
        self._blocked = own.blocked()
        self._own_names: dict[str, list[str]] = {}
        for name in own.names:
            for spelling in name.spellings:
                self._own_names.setdefault(key(spelling), []).append(name.id)
        self._keys = [*content.names, *self._own_names]
        self._position = {normal: position for position, normal in enumerate(content.names)}
        self._support: dict[str, dict[str, list[str]]] = content.header.get("support", {})
        self._mirnas: dict[str, str] = content.header.get("mirnas", {})
        self._mice: dict[str, str] = content.header.get("mice", {})
        self.version = (
            hashlib.sha256(f"{content.digest}{own}".encode()).hexdigest()[:12]
            if own != UserLexicon()
            else content.digest
        )
        self._matcher = content.matcher
        self._own_matcher = compiled.matcher_of(self._own_names) if self._own_names else None

    @classmethod
    def load(cls, path: Path | None = None, user: Path | None = None) -> Lexicon:
        """Return the lexicon, read once a process.

        Parameters:
            path: a compiled lexicon; without it, the one that ships with minex.
            user: a user's own names and blocks, which come on top.

        Raises:
            LexiconError: if a file is missing or damaged.
        """
        return _load(path or DEFAULT, read(user) if user else UserLexicon())

    @property
    def counts(self) -> dict[str, int]:
        """How many concepts each type has."""
        return dict(self._content.header.get("counts", {}))

    @property
    def names(self) -> int:
        """How many different names there are."""
        return len(self._keys)

    @property
    def sources(self) -> list[tuple[str, str, str]]:
        """The files that the lexicon was compiled from: name, origin, SHA-256."""
        return [tuple(source) for source in self._content.header.get("sources", [])]

    def concept(self, id: str) -> Concept | None:
        """Return a concept by its CURIE, or None."""
        return self._own.get(id) or self._compiled(id) or self._ortholog(id)

    def concepts(self, type: MentionType) -> Iterator[Concept]:
        """Yield all compiled concepts of a type, in the order of the file."""
        of_type = (line for line in self._content.concepts if line.split("\t", 2)[1] == type)
        return map(_concept, of_type)

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - lexicons live as long as the process
    def _compiled(self, id: str) -> Concept | None:
        number = self._number.get(id)
        return None if number is None else _concept(self._content.concepts[number])

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - lexicons live as long as the process
    def name(self, id: str) -> str:
        """Return a concept's name; the id itself if it is unknown."""
        found = self.concept(id)
        return found.name if found else id

    def ancestors(self, id: str) -> tuple[str, ...]:
        """Return what a concept lies below, nearest first, without itself.

        Examples:
            >>> "DOID:162" in Lexicon.load().ancestors("DOID:3908")
            True
        """
        return _reach(id, lambda one: found.parents if (found := self.concept(one)) else ())

    def descendants(self, id: str) -> tuple[str, ...]:
        """Return what lies below a concept, nearest first, without itself."""
        return _reach(id, lambda one: self._children.get(one, ()))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for line in self._content.concepts:
            id, _, _, parents, _ = line.split("\t")
            for parent in parents.split():
                children.setdefault(parent, []).append(id)
        for own in self._own.values():
            for parent in own.parents:
                children.setdefault(parent, []).append(own.id)
        return children

    @cached_property
    def _by_xref(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self._content.concepts:
            id, _, _, _, xrefs = line.split("\t")
            for xref in xrefs.split():
                found.setdefault(xref, id)
        return found

    def by_xref(self, xref: str) -> str | None:
        """Return the concept that has a cross-reference, such as `NCBIGene:7157` or `MESH:D006528`."""
        return self._by_xref.get(xref)

    def ortholog(self, id: str, database: str) -> str | None:
        """Return the gene of mouse (`MGI:`) or rat (`RGD:`) that is a human gene's ortholog, if it has one.

        Examples:
            >>> lexicon = Lexicon.load()
            >>> lexicon.ortholog("HGNC:11998", "MGI:"), lexicon.concept("MGI:98834").name
            ('MGI:98834', 'Trp53')
        """
        human = self._compiled(id) if database else None
        return next((x for x in human.xrefs if x.startswith(database)), None) if human else None

    def _ortholog(self, id: str) -> Concept | None:
        """Return a gene of mouse or rat as a concept below the human one; the file holds only its id."""
        human = self.by_xref(id) if id.startswith(("MGI:", "RGD:")) else None
        if human is None:
            return None
        above = self._compiled(human)
        name = self._mice.get(id) or self.name(human).capitalize()
        return Concept(id, above.type if above else MentionType.GENE, name, (human,))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name may mean, best first, whatever its case.

        Examples:
            >>> [c.id for c in Lexicon.load().candidates("prolyl hydroxylase 2")]
            ['HGNC:1232']
        """
        return tuple(entry.candidate for entry in self._entries(key(name)))

    def keys(self, id: str) -> tuple[str, ...]:
        """Return the names of a concept in normal form.

        Examples:
            >>> "androgen receptor" in Lexicon.load().keys("HGNC:644")
            True
        """
        own = (normal for normal, ids in self._own_names.items() if id in ids)
        number = self._number.get(id, -1)
        return (*own, *(self._content.names[position] for position in self._positions.get(number, ())))

    @cached_property
    def _positions(self) -> dict[int, list[int]]:
        positions: dict[int, list[int]] = {}
        for position, entries in enumerate(self._content.entries):
            for entry in entries.split(";"):
                positions.setdefault(int(entry[: entry.index(",")]), []).append(position)
        return positions

    def support(self, normal: str) -> Mapping[str, Sequence[str]]:
        """Return the words that a document must have for a name in normal form to mean each of some concepts.

        `+` stands for a word of genes beside the name, a word after `!` speaks against it.

        Examples:
            >>> "coagulation" in Lexicon.load().support("tf")["HGNC:3541"]
            True
        """
        return self._support.get(normal, {})

    @cached_property
    def near_names(self) -> NearNames:
        """The names of cancers, diseases and processes, to find the likes of one that is not among them."""
        of_types = [line.split("\t", 2)[1] in _COMPARED for line in self._content.concepts]
        names = zip(self._content.names, self._content.entries, strict=True)
        compiled_ones = (name for name, entry in names if of_types[int(entry[: entry.index(",")])])
        own = (
            name
            for name, ids in self._own_names.items()
            if any((found := self.concept(id)) and found.type in _COMPARED for id in ids)
        )
        return NearNames((*compiled_ones, *own))

    def match(self, text: str) -> list[Match]:
        """Return the names in a text: the leftmost, and of those the longest, at the boundaries of words.

        Offsets are code points of `text`. A name in the wrong case, or with punctuation inside, is passed over
        in favour of a shorter one.
        """
        normal = normalize(text)
        found: list[Match] = []
        last = 0
        hits = self._matcher.find_matches_as_indexes(normal.text, overlapping=True)
        if self._own_matcher is not None:
            first = len(self._content.names)
            own = self._own_matcher.find_matches_as_indexes(normal.text, overlapping=True)
            hits += [(first + index, begin, finish) for index, begin, finish in own]
        hits.sort(key=lambda hit: (hit[1], -hit[2]))
        for index, begin, finish in hits:
            if begin + 1 < last:
                continue
            start, end = normal.span(begin + 1, finish - 1)
            if not _whole(text, start, end):
                continue
            name = self._keys[index]
            surface = text[start:end]
            candidates = self._allowed(name, surface)
            if candidates:
                found.append(Match(start, end, surface, name, candidates))
                last = finish - 1
        return found

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - lexicons live as long as the process
    def _allowed(self, name: str, surface: str) -> tuple[Candidate, ...]:
        """Return what a name may mean that a text writes in a certain way; texts repeat themselves."""
        if " " in name and PARTED.search(surface):
            return ()
        entries = self._entries(name)
        squashed = _squash(surface) if len(entries) > 1 or (entries and entries[0].spellings) else ""
        return tuple(entry.candidate for entry in entries if entry.allows(squashed))

    def link_mirna(self, name: str, species: str | None = None) -> tuple[tuple[str, ...], str]:
        """Return the concepts of a miRNA's normalized name, best first, and the name to show.

        A bare name is the concept that formerly had exactly this name; `*` is the other arm; `family` and
        `cluster` after the name ask for the family; `pre-` and `pri-` for the precursor.

        Examples:
            >>> Lexicon.load().link_mirna("miR-200 family")
            (('minex.family:mir-200',), 'miR-200 family')
        """
        wanted = name.lower().replace("pri-", "pre-")
        if wanted.endswith(("-5p*", "-3p*")):
            wanted = wanted[:-1]
        if species and species != "hsa":
            id = self._mirnas.get(f"{species}-{wanted}")
        else:
            id = self._mirnas.get(wanted) or self._mirnas.get(re.sub(r"(?<=\d)-\d+$", "", wanted))
            if id is None and f"pre-{wanted}" in self._mirnas:
                # A copy of the gene, such as miR-196a-2, whose miRNA is that of the others.
                id = self._mirnas.get(wanted.rsplit("-", 1)[0]) or self._mirnas[f"pre-{wanted}"]
            if id is None and wanted.endswith((" family", " cluster")):
                plain = wanted.rsplit(" ", 1)[0]
                id = self._mirnas.get(f"{plain} family") or self._mirnas.get(plain)
        if id is None:
            return (), name
        return (id,), self.name(id) if id.startswith("minex.family:") else name

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - lexicons live as long as the process
    def _entries(self, normal: str) -> tuple[_Entry, ...]:
        position = self._position.get(normal)
        found = (
            [] if position is None else [self._entry(part) for part in self._content.entries[position].split(";")]
        )
        own = [
            _Entry(Candidate(id, concept.type, 0))
            for id in self._own_names.get(normal, ())
            if (concept := self.concept(id))
        ]
        mine = {entry.candidate.id for entry in own}
        left = (entry for entry in found if entry.candidate.id not in mine)
        blocks = self._blocked.get(normal, ())
        return (*own, *(e for e in left if not any(b.stops(e.candidate.id, e.candidate.type) for b in blocks)))

    def _entry(self, part: str) -> _Entry:
        number, status, policy, spellings = part.split(",", 3)
        type = MentionType(self._content.concepts[int(number)].split("\t", 2)[1])
        candidate = Candidate(
            self._ids[int(number)],
            type,
            int(status),
            "?" in policy,
            policy.startswith("c"),
            policy.startswith("s"),
        )
        allowed = frozenset(_squash(spelling) for spelling in spellings.split("|") if spelling)
        return _Entry(candidate, allowed, policy.startswith("s"))


@lru_cache(maxsize=8)
def _load(path: Path, own: UserLexicon) -> Lexicon:
    # By what the user's file says, not by its name: it may have been written since.
    stat = path.stat() if path.exists() else None
    return Lexicon(_compiled(path, stat and (stat.st_mtime_ns, stat.st_size)), own)


@lru_cache(maxsize=1)
def _compiled(path: Path, _written: tuple[int, int] | None) -> compiled.Compiled:
    # A second user's names need no second copy of what all of them stand on.
    return compiled.load(path)


def _concept(line: str) -> Concept:
    id, type, name, parents, xrefs = line.split("\t")
    return Concept(id, MentionType(type), name, tuple(parents.split()), tuple(xrefs.split()))


def _reach(start: str, step: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return what is reached from a concept, nearest first; a circle in the sources ends it."""
    found: dict[str, None] = {}
    todo = [start]
    while todo:
        todo = [
            n for one in todo for n in step(one) if n not in found and n != start and not found.update({n: None})
        ]
    return tuple(found)


def _whole(text: str, start: int, end: int) -> bool:
    """Return whether a span begins and ends where words do."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or before == "_" or after.isalnum() or after == "_":
        return False
    # The 3 of "the ANG 3'UTR" is no part of a name.
    return not (after in _PRIMES and text[end - 1] in "35" and _END_OF_RNA.match(text, end))


def _squash(text: str) -> str:
    """Return a name's letters and digits, Greek ones spelled out, in their case."""
    if text.isascii():
        return text if text.isalnum() else _SIGNS.sub("", text)
    return "".join(c if c.isascii() else fold(c) for c in text if c.isalnum())


def _like(squashed: str, spelling: str) -> bool:
    """Return whether a name differs from its spelling as papers let it: `Akt`, `RelB` for `RELB`, `P53`."""
    if len(spelling) < 3 or squashed.lower() != spelling.lower():
        return False
    if spelling[:1].islower():
        return squashed in (spelling.capitalize(), spelling.upper())
    # A member's letter stays a capital: of a symbol of three letters, that could be anything.
    return squashed == spelling.capitalize() or (
        len(spelling) > 3 and squashed == spelling[:-1].capitalize() + spelling[-1]
    )
