"""The bundled NER: mentions of cancers, genes, chemicals and thirteen other types, as scispaCy's
en_ner_bionlp13cg_md calls them.

Its weights are shipped in half precision, which costs nothing that can be measured and halves the file; they are
made whole when they are loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minex.errors import ModelError
from minex.lexicon import Lexicon
from minex.memory import zone
from minex.model import Mention, Sentence
from minex.ner.features import document, words

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED = Path(__file__).resolve().parent / "model"
MAX_WORDS = 400


@dataclass(frozen=True, slots=True)
class Entity:
    """What the NER takes for a name: its span in the document, its text, its label."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True)
class NameReader:
    """The loaded NER with the lexicon whose opinion it was trained to hear."""

    nlp: Language
    lexicon: Lexicon

    @cached_property
    def identity(self) -> str:
        """Name, version and a digest of the weights."""
        digest = hashlib.sha256()
        for component in ("tok2vec", "ner"):
            digest.update((Path(str(self.nlp.path)) / component / "model").read_bytes())
        return f"{self.nlp.meta['name']}-{self.nlp.meta['version']}-{digest.hexdigest()[:8]}"

    def entities(self, text: str, sentences: Iterable[Sentence], mentions: Sequence[Mention]) -> Iterator[Entity]:
        """Yield the names in some sentences of a text.

        Parameters:
            mentions: what the tagger found in the text.

        Examples:
            >>> text = "Tumour cells of the bladder carcinoma expressed PTEN."
            >>> found = load(Lexicon.load()).entities(text, [Sentence(0, len(text))], [])
            >>> [entity.label for entity in found if entity.text == "PTEN"]
            ['Gene_or_gene_product']
        """
        matches = self.lexicon.match(text)
        with zone(self.nlp):
            offsets, docs = [], []
            for sentence in sentences:
                own = text[sentence.start : sentence.end]
                spans = words(own, sentence.start)
                if 0 < len(spans) <= MAX_WORDS:
                    offsets.append(sentence.start)
                    docs.append(document(self.nlp.vocab, own, spans, mentions, matches, sentence.start))
            for offset, doc in zip(offsets, self.nlp.pipe(docs), strict=True):
                for entity in doc.ents:
                    yield Entity(offset + entity.start_char, offset + entity.end_char, entity.text, entity.label_)


@lru_cache(maxsize=2)
def load(lexicon: Lexicon) -> NameReader:
    """Load the bundled NER.

    Raises:
        ModelError: if it is missing or damaged.
    """
    import spacy

    try:
        nlp = spacy.load(BUNDLED)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            "model-unloadable", "the bundled NER does not load", where=str(BUNDLED), cure="install minex again"
        ) from error
    set_precision(nlp, "f4")
    return NameReader(nlp, lexicon)


def set_precision(nlp: Language, kind: str) -> None:
    """Make all weights of a pipeline floats of a kind: `f2` to be stored, `f4` to be used."""
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.get_param(name).astype(kind))
    vectors: Any = nlp.vocab.vectors
    if vectors.size:
        vectors.data = vectors.data.astype(kind)
