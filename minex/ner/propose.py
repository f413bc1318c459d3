"""Mentions that the NER proposes where the lexicon's rules found none.

A name that needs other evidence in a document to be believed - an alias of three letters, a symbol that is also a
word - has that evidence if the NER, which reads the sentence, takes it for what the lexicon offers. What the
lexicon does not know at all stays out, unless it is a cancer's long name in other forms of its words: a mention
without a concept is no row of any table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minex.lexicon import Candidate, Lexicon
from minex.lexicon.nearest import nearest
from minex.model import Mention, MentionType, Sentence
from minex.ner.reader import Entity, NameReader

TYPES = {
    "Cancer": (MentionType.CANCER,),
    "Gene_or_gene_product": (MentionType.GENE, MentionType.LNCRNA),
    "Simple_chemical": (MentionType.CHEMICAL,),
}
_AROUND = re.compile(
    r"^(?:(?:human|murine|mouse|primary|metastatic|advanced|the)\s)*"
    r"(?P<core>.+?)"
    r"(?:\s(?:genes?|proteins?|m?RNAs?|transcripts?|kinases?|receptors?|patients|tissues?|tumou?rs?))?$",
    re.IGNORECASE,
)
_WORST_STATUS = 2
"""A symbol or a full name: of 150 proposals in 240 abstracts, aliases were mostly something else's short form."""
_SHORTEST = 4
_ANY_CANCER = "DOID:162"
"""*Tumor* alone the tagger leaves out on purpose: in *tumor suppressor* it is no cancer."""


def propose(
    reader: NameReader, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield what the NER finds beside the mentions that are known, where the lexicon has one concept for it.

    Only sentences that have a mention already are read: one argument alone gives no evidence.
    """
    wanted = [s for s in sentences if any(s.start <= m.start and m.end <= s.end for m in mentions)]
    for entity in reader.entities(text, wanted, mentions):
        if entity.label in TYPES and not any(m.start < entity.end and entity.start < m.end for m in mentions):
            found = _resolve(reader.lexicon, entity)
            if found is not None:
                start, end, candidate = found
                name = reader.lexicon.name(candidate.id)
                yield Mention(start, end, text[start:end], str(candidate.type), (candidate.id,), name, "ner")


def _resolve(lexicon: Lexicon, entity: Entity) -> tuple[int, int, Candidate] | None:
    """Return the part of an entity that has a name in the lexicon, with the only concept that it can be."""
    core = _AROUND.match(entity.text)
    for start, end in (
        (0, len(entity.text)),
        core.span("core") if core else (0, 0),
    ):
        found = [m for m in lexicon.match(entity.text[start:end]) if m.end - m.start == end - start]
        candidates = [
            c
            for match in found
            for c in match.candidates
            if c.type in TYPES[entity.label] and c.status <= _WORST_STATUS and not c.beside_cells
        ]
        if end - start < _SHORTEST or any(c.id == _ANY_CANCER for c in candidates):
            continue
        if len({c.id for c in candidates}) == 1:
            return entity.start + start, entity.start + end, candidates[0]
    near = nearest(lexicon, entity.text) if MentionType.CANCER in TYPES[entity.label] else None
    if near is not None and near.candidate.type is MentionType.CANCER and near.candidate.id != _ANY_CANCER:
        return entity.start, entity.end, near.candidate
    return None
