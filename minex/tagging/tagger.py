"""The tagger: miRNA grammar, lexicon and abbreviations over a document, put together without overlap."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from minex.lexicon import Lexicon, Match
from minex.model import Document, Mention, MentionType, PassageKind, Sentence
from minex.tagging import mirna
from minex.tagging.abbreviations import Definition, find_definitions, occurrences
from minex.tagging.resolution import Choice, resolve

ROOT_CANCER = "DOID:162"
# Heads that say too little of what a short form means.
_TOO_WIDE = (ROOT_CANCER, "DOID:305", "DOID:14566", "CL:0000000", "CL:0000034")

# *tumor* in *tumor growth* or *cancer cells* says what kind of growth or cell; alone it is what is spoken of.
_ATTRIBUTE = re.compile(
    r"-|\s+(?:cells?|tissues?|patients?|growth|suppress\w*|types?|micro\w*|bio\w*|markers?|therap\w+|treatments?|"
    r"stages?|sizes?|volumes?|weights?|samples?|specimens?|research|risk|antigens?|immun\w+|angiogenesis|vascul\w+|"
    r"models?|related|associated|derived|burden|necrosis|necrotic|factors?|strom\w+|hypoxia|exosom\w+|initiat\w+|"
    r"diagnos\w+|progno\w+|mortality|deaths?|incidence|screening|statistics|development|lines?|xenografts?|nodes?|"
    r"stem|genes?|progression|metasta\w+|invasion|recurrence|relapse|survival|proteins?|masses|mass|nodules?|"
    r"vessels?|transcript\w*|genome|atlas|center|centre|institute|care|detection|genetics|cachexia|secreted)\b"
)
_LIST = re.compile(r"\s?(?:,|/|,?\s?and\s|,?\s?or\s|-|\+)\s?(?:and\s)?")
_CIRCULAR = re.compile(r"\b(?:hsa[-_])?circ(?:RNA)?s?[-_ ]$", re.IGNORECASE)
_LONG_PREFIX = re.compile(r"(?<![\w-])(?:lnc|linc)(?:RNA)?-$", re.IGNORECASE)
_LONG_UNKNOWN = re.compile(
    r"(?<![\w-])(?:lnc|linc|lncRNA|lincRNA|LncRNA|LINC)-?(?=\w*[A-Z0-9])[A-Za-z0-9][\w.-]*\w"
)
_GENE_LIKE = re.compile(
    r"(?:factor|protein|receptor|homolog(?:ue)?|gene|ligand|antigen|inhibitor|subunit|member|domain|polymerase|"
    r"growth|transcript|interleukin|chemokine|\w+(?:ase|[^aeiou]in|ogen|kine))s?\b",
    re.IGNORECASE,
)
_CELL_OR_CANCER = re.compile(
    r"cancer|carcinom|tumou?r|neoplas|leuk|lymphom|cell|phage|fibroblast|vesicle|exosom|transition|chain|assay|oma\b|"
    r"oxygen|blot|immun|disease|itis\b|resist|particle",
    re.IGNORECASE,
)
_HEADS = (MentionType.CANCER, MentionType.CELL_TYPE)
_GENES = (MentionType.GENE, MentionType.LNCRNA)


class Tagger:
    """Finds mentions in documents, with a lexicon.

    Examples:
        >>> from minex.model import Passage
        >>> document = Document("text:1", (Passage("miR-21 targets PTEN in prostate cancer (PCA)."),))
        >>> mentions = Tagger(Lexicon.load()).tag(document, [Sentence(0, len(document.text))])
        >>> [(mention.text, mention.type, mention.name, mention.finder) for mention in mentions]
        ... # doctest: +NORMALIZE_WHITESPACE
        [('miR-21', 'MIRNA', 'miR-21', 'mirna'), ('PTEN', 'GENE', 'PTEN', 'lexicon'),
         ('prostate cancer', 'CANCER', 'prostate cancer', 'lexicon'),
         ('PCA', 'CANCER', 'prostate cancer', 'abbreviation')]
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon.load()

    def tag(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Return a document's mentions, in order and without overlap, each within one sentence.

        References are passed over: their titles name what other papers found.
        """
        text = document.text
        read = [s for s in sorted(sentences, key=lambda s: s.start) if s.kind is not PassageKind.REFERENCES]
        if not read:
            return ()
        inside = _Sentences(text, read)
        matches = [m for m in self.lexicon.match(text) if inside.holds(m.start, m.end)]
        definitions = find_definitions(text, read)
        meanings = {d.short: self._meaning(d) for d in definitions}
        found = [m for m in self._mirnas(text) if inside.holds(m.start, m.end)]
        found += self._abbreviations(text, meanings, inside)
        taken = _Taken([mention for mention in found if mention.finder == "mirna"])
        shorts = {short for short in meanings if meanings[short] is None}
        known = _known(matches)
        for index, match in enumerate(matches):
            if match.text in shorts and not self._defined_gene(match, definitions):
                continue
            if taken.free(match.start, match.end):
                gene = any(c.type is MentionType.GENE for c in match.candidates)
                listed = gene and _listed(text, matches, index)
                shouted = any(c.word for c in match.candidates) and inside.shouted(match.start)
                mention = self._from_match(match, text, known, shouted, listed)
                if mention:
                    found.append(mention)
        taken = _Taken(found)
        found += [m for m in _unknown_long(text) if inside.holds(m.start, m.end) and taken.free(m.start, m.end)]
        return tuple(sorted(_without_overlap(found), key=lambda m: m.start))

    def _mirnas(self, text: str) -> Iterator[Mention]:
        for name in mirna.find(text):
            wanted = f"{name.name} {name.kind}" if name.kind in ("family", "cluster") else name.name
            concepts, shown = self.lexicon.link_mirna(wanted, name.species)
            if not concepts and name.kind in ("family", "cluster"):
                shown = name.name
            yield Mention(name.start, name.end, name.text, str(MentionType.MIRNA), concepts, shown, "mirna")

    def _meaning(self, definition: Definition) -> Mention | None:
        """Return what a defined short form means: what its long form names, or what the long form ends in."""
        choice = self._reading(definition.long)
        if choice is None:
            return None
        choice = self._own_reading(definition.short, choice)
        return _mention(self.lexicon, definition.start, definition.end, definition.long, choice, "abbreviation")

    @lru_cache(maxsize=1 << 12)  # noqa: B019 - taggers live as long as the process
    def _reading(self, long: str) -> Choice | None:
        exact = [m for m in self.lexicon.match(long) if m.end == len(long)]
        singular = [m for m in self.lexicon.match(long[:-1]) if m.text == long[:-1]] if long.endswith("s") else []
        for match in (*exact, *singular):
            choice = resolve(match, match.text, {})
            if choice is None or choice.candidate is None:
                continue
            whole = len(match.text) >= len(long) - 1
            head = choice.type in _HEADS and choice.candidate.id not in _TOO_WIDE
            if whole or (head and 2 * len(match.text) > len(long)):
                return choice
        return None

    def _own_reading(self, short: str, choice: Choice) -> Choice:
        """Return what the short form says by itself, if it is curated or a symbol, of its long form's type.

        *vascular endothelial growth factor (VEGFA)* is VEGFA, not the family.
        """
        for candidate in self.lexicon.candidates(short):
            if candidate.type is choice.type and candidate.status <= 1 and not candidate.support:
                return Choice(candidate.type, candidate, 1.0, ("curated short form",))
        return choice

    def _abbreviations(
        self, text: str, meanings: dict[str, Mention | None], inside: _Sentences
    ) -> Iterator[Mention]:
        linked = {short: meaning for short, meaning in meanings.items() if meaning}
        for start, end, short in occurrences(text, list(linked)):
            if inside.holds(start, end):
                meaning = linked[short]
                yield Mention(
                    start, end, text[start:end], meaning.type, meaning.concepts, meaning.name, "abbreviation"
                )

    def _defined_gene(self, match: Match, definitions: Sequence[Definition]) -> bool:
        """Return whether a short form that no list's long form explains may still be what lists say of it."""
        longs = [d.long for d in definitions if d.short == match.text]
        genes = any(c.type in _GENES for c in match.candidates)
        return any((_GENE_LIKE if genes else _CELL_OR_CANCER).search(long) for long in longs)

    def _from_match(
        self, match: Match, text: str, known: dict[str, frozenset[str]], shouted: bool, among_genes: bool
    ) -> Mention | None:
        choice = resolve(match, text, known, shouted, among_genes)
        if choice is None:
            return None
        before = text[max(0, match.start - 12) : match.start]
        if "circ" in before.lower() and _CIRCULAR.search(before):
            return None
        if choice.candidate and choice.candidate.id == ROOT_CANCER and _ATTRIBUTE.match(text, match.end):
            return None
        start = match.start
        prefix = _LONG_PREFIX.search(text[max(0, start - 10) : start])
        if prefix and choice.type is MentionType.GENE:
            return None  # lnc-LAMC2 is not LAMC2; what has such a prefix and no entry is found below
        if prefix and choice.type is MentionType.LNCRNA:
            start -= len(prefix[0])
        return _mention(self.lexicon, start, match.end, text[start : match.end], choice, "lexicon")


def _mention(lexicon: Lexicon, start: int, end: int, text: str, choice: Choice, finder: str) -> Mention:
    concepts = (choice.candidate.id,) if choice.candidate else ()
    name = lexicon.name(concepts[0]) if concepts else text
    return Mention(start, end, text, str(choice.type), concepts, name, finder)


def _listed(text: str, matches: Sequence[Match], index: int) -> bool:
    """Return whether a name stands in a list beside a name that is surely a gene."""
    here = matches[index]
    for near in (*matches[max(index - 1, 0) : index], *matches[index + 1 : index + 2]):
        left, right = sorted((here, near), key=lambda m: m.start)
        sure = near.candidates[0].type in _GENES and not near.candidates[0].support
        if sure and _LIST.fullmatch(text, left.end, right.start):
            return True
    return False


def _known(matches: Sequence[Match]) -> dict[str, frozenset[str]]:
    """Return the names by which concepts are surely named: those that ask for no support themselves."""
    names: dict[str, set[str]] = {}
    for match in matches:
        if not match.candidates[0].support and not match.candidates[0].beside_cells:
            names.setdefault(match.candidates[0].id, set()).add(match.key)
    return {id: frozenset(keys) for id, keys in names.items()}


def _unknown_long(text: str) -> Iterator[Mention]:
    """Yield lncRNAs that no list has and whose prefix says what they are."""
    lowered = text.lower()
    if "lnc" not in lowered and "linc" not in lowered:
        return
    for match in _LONG_UNKNOWN.finditer(text):
        if not re.fullmatch(r"(?i)(?:lnc|linc)RNAs?(?:-\w*)?", match[0]) or "-" in match[0]:
            name = match[0]
            if not re.search(r"-(?:mediated|induced|based|mRNA|miRNA|associated|related|dependent|protein)", name):
                yield Mention(match.start(), match.end(), name, str(MentionType.LNCRNA), (), name, "lexicon")


def _without_overlap(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions without overlap: miRNAs, then the longest; of two as long, what the document defines."""
    taken = _Taken(())
    for mention in sorted(
        mentions, key=lambda m: (m.finder != "mirna", m.start - m.end, m.finder != "abbreviation", m.start)
    ):
        if taken.free(mention.start, mention.end):
            taken.add(mention.start, mention.end)
            yield mention


class _Taken:
    """Which stretches of a text already belong to a mention."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((mention.start, mention.end) for mention in mentions):
            if not self._ends or start >= self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)
            else:
                self._ends[-1] = max(end, self._ends[-1])

    def add(self, start: int, end: int) -> None:
        """Take a stretch that is free."""
        index = bisect_right(self._starts, start)
        self._starts.insert(index, start)
        self._ends.insert(index, end)

    def free(self, start: int, end: int) -> bool:
        index = bisect_right(self._ends, start)
        return index == len(self._starts) or self._starts[index] >= end


class _Sentences:
    """A document's sentences, asked by offset."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._shouted: dict[int, bool] = {}

    def holds(self, start: int, end: int) -> bool:
        """Return whether a span lies within one sentence."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._sentences[index].end

    def shouted(self, offset: int) -> bool:
        """Return whether the sentence at an offset is written in capitals."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        if index not in self._shouted:
            inside = self._text[self._sentences[index].start : self._sentences[index].end]
            upper = sum(c.isupper() for c in inside)
            lower = sum(c.islower() for c in inside)
            self._shouted[index] = upper > 20 and upper > 3 * lower
        return self._shouted[index]
