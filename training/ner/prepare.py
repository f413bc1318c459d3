"""Turn the NER corpora into DocBins whose words carry what the lexicon says of them, one sentence a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

from minex.lexicon import Lexicon
from minex.model import Document, Passage, Sentence
from minex.ner import features
from minex.tagging.tagger import Tagger

ATTRIBUTES = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_ID", "ENT_KB_ID"]
Row = tuple[str, str]

_TO_THE_LEFT = re.compile(r"[.,;:?!%)\]}]+|'s")
_TO_THE_RIGHT = re.compile(r"[(\[{]+")


def read_sentences(path: Path) -> Iterator[list[Row]]:
    """Yield the words of each sentence of an IOB file with their labels."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            word, label = line.split("\t")[:2]
            rows.append((word, label))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def spaces(words: Sequence[str]) -> list[bool]:
    """Return after which words a space stood, which IOB files no longer say: none around hyphens and slashes."""
    after = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        glued = (
            not following
            or _TO_THE_RIGHT.fullmatch(word)
            or _TO_THE_LEFT.fullmatch(following)
            or word in "-/"
            or following in "-/"
        )
        after.append(not glued)
    return after


class Maker:
    """Makes Docs of sentences; it holds what that needs."""

    def __init__(self) -> None:
        self.vocab = spacy.blank("en").vocab
        self.lexicon = Lexicon.load()
        self.tagger = Tagger(self.lexicon)

    def doc(self, rows: Sequence[Row], rename: dict[str, str] | None = None) -> Doc:
        """Return the Doc of a sentence with its entities and what the lexicon says."""
        words = [word for word, _ in rows]
        after = spaces(words)
        text, spans = "", []
        for word, space in zip(words, after, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        mentions = self.tagger.tag(Document("x", (Passage(text),)), [Sentence(0, len(text))])
        doc = features.document(self.vocab, text, spans, mentions, self.lexicon.match(text))
        keep = [(token.ent_id_, token.ent_kb_id_) for token in doc]
        doc.ents = [
            Span(doc, start, end, (rename or {}).get(label, label)) for start, end, label in entities(rows)
        ]
        for token, (one, other) in zip(doc, keep, strict=True):
            token.ent_id_, token.ent_kb_id_ = one, other
        return doc


def entities(rows: Sequence[Row]) -> list[tuple[int, int, str]]:
    """Return the entities of a sentence as first word, word after the last, label."""
    found: list[tuple[int, int, str]] = []
    for index, (_, label) in enumerate(rows):
        if label == "O":
            continue
        goes_on = label.startswith("I-") and found and found[-1][1] == index and found[-1][2] == label[2:]
        if goes_on:
            found[-1] = (found[-1][0], index + 1, label[2:])
        else:
            found.append((index, index + 1, label[2:]))
    return found


def save(docs: Sequence[Doc], path: Path) -> None:
    """Write Docs with the attributes that training reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(path)


@spacy.registry.readers("minex.ner_corpus.v1")
def create_reader(path: Path):  # type: ignore[no-untyped-def]
    """Return a reader of Examples whose words keep the lexicon's labels, and lose the entities."""

    def read(nlp):  # type: ignore[no-untyped-def]
        for reference in DocBin().from_disk(path).get_docs(nlp.vocab):
            yield example(nlp.vocab, reference)

    return read


def example(vocab: spacy.Vocab, reference: Doc) -> Example:
    """Return the Example of a Doc: the same words, without its entities."""
    predicted = Doc(
        vocab, words=[token.text for token in reference], spaces=[bool(token.whitespace_) for token in reference]
    )
    for token, source in zip(predicted, reference, strict=True):
        token.ent_id_, token.ent_kb_id_ = source.ent_id_, source.ent_kb_id_
    return Example(predicted, reference)
