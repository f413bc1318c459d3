"""Labels of BioNLP13CG for corpora that annotate only a part of what it does, or without its types.

AnatEM's spans follow the same guidelines as CG's anatomical ones, but all are called Anatomy; BC2GM has genes
alone. A model trained on CG gives what a corpus lacks: the type of each of AnatEM's spans, and the mentions that
the corpus says nothing of. What the corpus does say is never overruled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from prepare import example
from spacy.language import Language
from spacy.tokens import Doc, Span

# fmt: off
ANATOMY = frozenset(
    {
        "Anatomical_system", "Cancer", "Cell", "Cellular_component", "Developing_anatomical_structure",
        "Immaterial_anatomical_entity", "Multi-tissue_structure", "Organ", "Organism_subdivision",
        "Organism_substance", "Pathological_formation", "Tissue",
    }
)
# fmt: on
GENE = "Gene_or_gene_product"


def heads(docs: Iterable[Doc]) -> dict[str, str]:
    """Return the commonest anatomical type of each last word of a mention."""
    counts: dict[str, Counter[str]] = {}
    for doc in docs:
        for entity in doc.ents:
            if entity.label_ in ANATOMY:
                counts.setdefault(entity[-1].lower_, Counter())[entity.label_] += 1
    return {word: count.most_common(1)[0][0] for word, count in counts.items()}


def anatomy(nlp: Language, docs: Sequence[Doc], known: dict[str, str]) -> Iterator[Doc]:
    """Yield AnatEM's sentences with types; one with a mention whose type nobody can tell is left out."""
    for gold, guess in _guessed(nlp, docs):
        spans: list[Span] = []
        for entity in gold.ents:
            over = [g for g in guess if g.start < entity.end and entity.start < g.end and g.label_ in ANATOMY]
            label = over[-1].label_ if over else known.get(entity[-1].lower_)
            if label is None:
                break
            spans.append(Span(gold, entity.start, entity.end, label))
        else:
            yield _with(gold, spans, [g for g in guess if g.label_ not in ANATOMY])


def genes(nlp: Language, docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield BC2GM's sentences that have a gene: its genes, and what the model finds of all else."""
    for gold, guess in _guessed(nlp, docs):
        if gold.ents:
            spans = [Span(gold, entity.start, entity.end, GENE) for entity in gold.ents]
            yield _with(gold, spans, [g for g in guess if g.label_ != GENE])


def _guessed(nlp: Language, docs: Sequence[Doc]) -> Iterator[tuple[Doc, list[Span]]]:
    bare = (example(nlp.vocab, doc).predicted for doc in docs)
    for gold, guess in zip(docs, nlp.pipe(bare, batch_size=256), strict=True):
        yield gold, list(guess.ents)


def _with(doc: Doc, spans: list[Span], more: Iterable[Span]) -> Doc:
    """Return a sentence with its mentions and those of another that overlap none of them."""
    taken = {token.i for span in spans for token in span}
    spans = spans + [Span(doc, g.start, g.end, g.label_) for g in more if not taken & set(range(g.start, g.end))]
    labels = [(token.ent_id_, token.ent_kb_id_) for token in doc]
    doc.ents = spans
    for token, (one, other) in zip(doc, labels, strict=True):
        token.ent_id_, token.ent_kb_id_ = one, other
    return doc
