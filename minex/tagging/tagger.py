"""The tagger: miRNA grammar, lexicon and abbreviations over a document, put together without overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from minex.lexicon import Lexicon, Match
from minex.lexicon.nearest import nearest
from minex.lexicon.normalize import key, normalize
from minex.model import Document, Mention, MentionType, PassageKind, Sentence
from minex.tagging import approximate, bare, mirna, species, unlisted
from minex.tagging.abbreviations import Definition, find_definitions, occurrences
from minex.tagging.resolution import Choice, resolve
from minex.tagging.spans import Meanings, Sentences, Taken, without_overlap
from minex.tagging.unlisted import mention_of

ROOT_CANCER = "DOID:162"
# Heads that say too little of what a short form means.
_TOO_WIDE = (ROOT_CANCER, "DOID:305", "DOID:14566", "CL:0000000", "CL:0000034")

# In these *tumor* is part of another thing's name; in *tumor cells* and *cancer patients* it is a tumor.
_ATTRIBUTE = re.compile(
    r"[\s-]+(?:suppress\w*|necrosis|antigens?|proteins?|genes?|oncogenes?|stem|genome atlas|atlas|registr\w+|"
    r"nodes?|cent(?:er|re)|institute|society|research|statistics|cachexia|promot\w+)\b",
    re.IGNORECASE,
)
# *Src homology 2 domain*: the domain is named after the protein in which it was seen first.
_HOMOLOGY = re.compile(r"[\s-](?:homology\b|consensus\b|domains?[\s-]containing)")
_LIST = re.compile(r"\s?(?:,|/|,?\s?and\s|,?\s?or\s|-|\+)\s?(?:and\s)?")
_CIRCULAR = re.compile(r"\b(?:hsa[-_])?circ(?:RNA)?s?[-_ ]$", re.IGNORECASE)
_LONG_PREFIX = re.compile(r"(?<![\w-])(?:lnc|linc)(?:RNA)?-$", re.IGNORECASE)
_GENE_LIKE = re.compile(
    r"(?:factor|protein|receptor|homolog(?:ue)?|gene|ligand|antigen|inhibitor|subunit|member|domain|polymerase|"
    r"growth[\s-](?:factor|hormone|arrest|response|inhibit|associated|differentiation|specific)|transcript|interleukin|chemokine|\b(?!disease|phase|base|case|increase|decrease|release|database)"
    r"\w+(?:ase|[^aeiou]in|ogen|kine))s?\b",
    re.IGNORECASE,
)
_CELL_OR_CANCER = re.compile(
    r"cancer|carcinom|tumou?r|neoplas|leuk|lymphom|cell|phage|fibroblast|vesicle|exosom|transition|chain\b|assay|oma\b|"
    r"oxygen|blot|immun|disease|itis\b|resist|particle",
    re.IGNORECASE,
)
# What may stand before the head of a long form: *castration-resistant*, not *metastasis of*.
_ATTRIBUTES = re.compile(
    r"(?:(?!(?:of|in|with|for|from|by|to|the|and|or|on|at|as|is|are|was|were|that|which|versus|vs|non|anti|without)\b)"
    r"[\w'/-]+[\s-]+){0,4}",
    re.IGNORECASE,
)
_GENE_AFTER_BRACKET = re.compile(
    r"\s?\([^()]{2,20}\)[\s-]+(?:genes?|proteins?|tumou?r[\s-]suppressors?|mRNA|mutations?|promoter|phosphorylation)\b"
)
_RECEPTOR = re.compile(r"[\s-]receptors?\b")
_COMMON = re.compile(
    r"factor|receptor|protein|kinase|growth|like|alpha|beta|gamma|family|type|member|subunit|domain|ligand|"
    r"associated|binding|cells?|inhibitor|homolog|human|related|containing"
)
_HEADS = (MentionType.CANCER, MentionType.CELL_TYPE)
_ILLNESSES = (MentionType.CANCER, MentionType.DISEASE)
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
        inside = Sentences(text, read)
        matches = [m for m in self.lexicon.match(text) if inside.holds(m.start, m.end)]
        definitions = find_definitions(text, read)
        meanings = Meanings((d, self._meaning(d, text)) for d in definitions)
        found = [m for m in self._mirnas(text) if inside.holds(m.start, m.end)]
        found += self._abbreviations(text, meanings, inside)
        taken = Taken([mention for mention in found if mention.finder == "mirna"])
        for meaning in meanings:
            # Long forms that the pass over all names does not find, or not as what they are.
            if meaning and (meaning.finder == "approximate" or self._overruled(meaning)):
                found += [meaning] if taken.free(meaning.start, meaning.end) else []
        known = _known(matches)
        passed_over: list[Match] = []
        for index, match in enumerate(matches):
            unknown = match.text in meanings and meanings.at(match.text, match.start) is None
            if unknown and not self._defined_gene(match, definitions):
                continue
            if taken.free(match.start, match.end):
                match, supported = self._supported(match, text, known, inside)
                gene = any(c.type is MentionType.GENE for c in match.candidates)
                listed = gene and _listed(text, matches, index)
                shouted = any(c.word for c in match.candidates) and inside.shouted(match.start)
                mention = self._from_match(match, text, known, shouted, listed, supported)
                if mention:
                    found.append(mention)
                elif gene and not shouted:
                    passed_over.append(match)
        found += _once_sure(passed_over, found, text)
        found += unlisted.further_members(self.lexicon, found, text)
        found += unlisted.around_brackets(self.lexicon, text)
        taken = Taken(found)
        found += [
            m
            for m in unlisted.with_human_prefix(self.lexicon, text)
            if inside.holds(m.start, m.end) and taken.free(m.start, m.end)
        ]
        found += [
            m
            for m in (*unlisted.unknown_long(text), *unlisted.circular(text))
            if inside.holds(m.start, m.end) and taken.free(m.start, m.end)
        ]
        found += [m for m in approximate.find(text, self.lexicon, Taken(found)) if inside.holds(m.start, m.end)]
        left = sorted(without_overlap(found), key=lambda m: m.start)
        left += [m for m in bare.processes(self.lexicon, text, left) if inside.holds(m.start, m.end)]
        left.sort(key=lambda m: m.start)
        return tuple(species.assign(text, read, left, self.lexicon))

    def _mirnas(self, text: str) -> Iterator[Mention]:
        for name in mirna.find(text):
            wanted = f"{name.name} {name.kind}" if name.kind in ("family", "cluster") else name.name
            concepts, shown = self.lexicon.link_mirna(wanted, name.species)
            if not concepts and name.kind in ("family", "cluster"):
                shown = name.name
            yield Mention(name.start, name.end, name.text, str(MentionType.MIRNA), concepts, shown, "mirna")

    def _meaning(self, definition: Definition, text: str) -> Mention | None:
        """Return what a defined short form means: what its long form names, or what the long form ends in."""
        reading = self._reading(definition.long)
        if reading is None:
            near = nearest(self.lexicon, definition.long) if approximate.is_long(definition.long) else None
            return approximate.mention(self.lexicon, definition.start, definition.long, near) if near else None
        choice = self._own_reading(definition, *reading, text)
        if choice is None:
            return None
        return mention_of(self.lexicon, definition.start, definition.end, definition.long, choice, "abbreviation")

    def _overruled(self, meaning: Mention) -> bool:
        """Return whether a long form that names an illness was taken for the gene that is called after it."""
        reading = self._reading(meaning.text)
        return meaning.type in _GENES and reading is not None and reading[0].type in _ILLNESSES

    @lru_cache(maxsize=1 << 12)  # noqa: B019 - taggers live as long as the process
    def _reading(self, long: str) -> tuple[Choice, frozenset[str]] | None:
        """Return what a long form means, and all the concepts that it may mean."""
        exact = [m for m in self.lexicon.match(long) if m.end == len(long)]
        singular = [m for m in self.lexicon.match(long[:-1]) if m.text == long[:-1]] if long.endswith("s") else []
        for match in (*exact, *singular):
            choice = resolve(match, match.text, {}, above=self.lexicon.ancestors)
            if choice is None:
                continue
            whole = len(match.text) >= len(long) - 1
            ids = frozenset(candidate.id for candidate in match.candidates)
            if choice.candidate is None:
                if whole:
                    return choice, ids
                continue
            head = choice.type in _HEADS and choice.candidate.id not in _TOO_WIDE
            if whole or (head and _ATTRIBUTES.fullmatch(long[: -len(match.text)])):
                return choice, ids
        return None

    def _own_reading(
        self, definition: Definition, choice: Choice, ids: frozenset[str], text: str
    ) -> Choice | None:
        """Return what a short form means, given what its long form does.

        The short form's own reading counts where it is one of several that the long form has, or more special:
        *vascular endothelial growth factor (VEGFA)* is VEGFA, not the family. Never where it is something else:
        *pancreatic cancer (PCa)* is no prostate cancer.
        """
        own = self.lexicon.candidates(definition.short)
        if choice.type in _ILLNESSES and _GENE_AFTER_BRACKET.match(text, definition.end):
            gene = next((c for c in own if c.type in _GENES and c.status <= 1), None)
            if gene:
                return Choice(gene.type, gene, 1.0, ("a gene by what follows its definition",))
        for candidate in own:
            if candidate.type is not choice.type or candidate.status > 1:
                continue
            one = choice.candidate
            if candidate.id in ids or (
                one and not candidate.support and one.id in self.lexicon.ancestors(candidate.id)
            ):
                return Choice(candidate.type, candidate, 1.0, ("curated short form",))
        return choice if choice.candidate else None

    def _abbreviations(self, text: str, meanings: Meanings, inside: Sentences) -> Iterator[Mention]:
        for start, end, short in occurrences(text, sorted(meanings.shorts)):
            meaning = meanings.at(short, start)
            if meaning and inside.holds(start, end):
                yield Mention(
                    start, end, text[start:end], meaning.type, meaning.concepts, meaning.name, "abbreviation"
                )

    def _defined_gene(self, match: Match, definitions: Sequence[Definition]) -> bool:
        """Return whether a short form that no list's long form explains may still be what lists say of it."""
        longs = [d.long for d in definitions if d.short == match.text]
        if not any(c.type in _GENES for c in match.candidates):
            return any(_CELL_OR_CANCER.search(long) for long in longs)
        if any(_made_from(match, long) for long in longs):
            return True
        if not any(_GENE_LIKE.search(long) for long in longs):
            return False
        genes = [c for c in match.candidates if c.type in _GENES]
        plain = match.text.isupper()
        if len(match.text) > 3 or any(not c.support and (plain or c.id.startswith("FPLX:")) for c in genes):
            return True
        # These are the initials of too many things: one of the gene's names must have a word of this long form.
        said = {word for long in longs for word in _words(long)}
        return any(said & _words(name) for gene in genes for name in self.lexicon.keys(gene.id))

    def _supported(
        self, match: Match, text: str, known: Mapping[str, frozenset[str]], inside: Sentences
    ) -> tuple[Match, frozenset[str]]:
        """Return a match without what only the document's words could support, and what they do support.

        A word of the name's own sentence weighs more than one against it elsewhere.
        """
        table = self.lexicon.support(match.key)
        if not table:
            return match, frozenset()
        near = normalize(inside.text_at(match.start)).text
        supported = frozenset(
            id for id, words in table.items() if _speaks(words, near) or _speaks(words, _normal(text))
        )
        left = tuple(
            c
            for c in match.candidates
            if c.id not in table
            or c.id in supported
            or "+" in table[c.id]
            or known.get(c.id, frozenset()) - {match.key}
        )
        return replace(match, candidates=left), supported

    def _from_match(
        self,
        match: Match,
        text: str,
        known: Mapping[str, frozenset[str]],
        shouted: bool,
        among_genes: bool,
        supported: frozenset[str],
    ) -> Mention | None:
        choice = resolve(match, text, known, shouted, among_genes, supported, self.lexicon.ancestors)
        if choice is None:
            return None
        before = text[max(0, match.start - 12) : match.start]
        if "circ" in before.lower() and _CIRCULAR.search(before):
            return None
        if choice.candidate and choice.candidate.id == ROOT_CANCER and _ATTRIBUTE.match(text, match.end):
            return None
        if choice.type is MentionType.CHEMICAL and _RECEPTOR.match(text, match.end):
            return None  # a receptor of retinoic acid is a protein
        if choice.type is MentionType.GENE and _HOMOLOGY.match(text, match.end):
            return None
        if choice.type is MentionType.GENE and (longer := unlisted.longer(self.lexicon, match, text, choice)):
            return longer
        start = match.start
        prefix = _LONG_PREFIX.search(text[max(0, start - 10) : start]) if text[start - 1 : start] == "-" else None
        if prefix and choice.type is MentionType.GENE:
            return None  # lnc-LAMC2 is not LAMC2; what has such a prefix and no entry is found below
        if prefix and choice.type is MentionType.LNCRNA:
            start -= len(prefix[0])
        return mention_of(self.lexicon, start, match.end, text[start : match.end], choice, "lexicon")


def _made_from(match: Match, long: str) -> bool:
    """Return whether an approved symbol is made from one word that begins as it does: *rapsyn (RAPSN)*."""
    symbol = any(c.type in _GENES and c.status <= 1 for c in match.candidates)
    return symbol and len(match.text) >= 4 and long.isalpha() and long[:3].lower() == match.text[:3].lower()


def _listed(text: str, matches: Sequence[Match], index: int) -> bool:
    """Return whether a name stands in a list beside a name that is surely a gene."""
    here = matches[index]
    for near in (*matches[max(index - 1, 0) : index], *matches[index + 1 : index + 2]):
        left, right = sorted((here, near), key=lambda m: m.start)
        sure = any(candidate.type in _GENES and not candidate.support for candidate in near.candidates)
        if sure and _LIST.fullmatch(text, left.end, right.start):
            return True
    return False


def _once_sure(passed_over: Sequence[Match], found: Sequence[Mention], text: str) -> list[Mention]:
    """Return what a doubtful name means where the same document has it in a place that leaves no doubt."""
    sure = {m.text: m for m in found if m.finder == "lexicon" and m.type in _GENES and m.concepts}
    again = []
    for match in passed_over:
        mention = sure.get(match.text)
        if mention and any(c.id in mention.concepts and c.support for c in match.candidates):
            again.append(replace(mention, start=match.start, end=match.end))
    return again


@lru_cache(maxsize=1)
def _normal(text: str) -> str:
    """Return a document in normal form, which several of its names ask for."""
    return normalize(text).text


def _speaks(words: Sequence[str], text: str) -> bool:
    """Return whether a text in normal form has one of the words that support a meaning, and none against it."""
    return any(f" {word} " in text for word in words) and not any(
        word.startswith("!") and f" {word[1:]} " in text for word in words
    )


def _words(name: str) -> frozenset[str]:
    """Return the words of a name that tell proteins apart."""
    return frozenset(word for word in key(name).split() if len(word) > 3 and not _COMMON.fullmatch(word))


def _known(matches: Sequence[Match]) -> dict[str, frozenset[str]]:
    """Return the names by which concepts are surely named: those that ask for no support themselves."""
    names: dict[str, set[str]] = {}
    for match in matches:
        if not match.candidates[0].support and not match.candidates[0].beside_cells:
            names.setdefault(match.candidates[0].id, set()).add(match.key)
    return {id: frozenset(keys) for id, keys in names.items()}
