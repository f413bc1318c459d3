"""Turn CRAFT's CoNLL-U into the DocBins that `spacy train` reads, one sentence a document.

The parser gets one sentence at a time when minex runs, so it learns from one at a time. The lemma
column is left out: digits are replaced in it (`BMP2` stands as `bmp0`).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

SPLITS = {"train": "craft_train.conllu.gz", "dev": "craft_dev.conllu.gz"}


def read_sentences(path: Path) -> Iterator[list[list[str]]]:
    """Yield the rows of each sentence of a gzipped CoNLL-U file."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                if rows:
                    yield rows
                rows = []
            elif not line.startswith("#"):
                columns = line.rstrip("\n").split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        yield rows


def to_doc(vocab: Vocab, rows: list[list[str]]) -> Doc:
    """Build the Doc of one sentence, its root labelled ROOT as spaCy does."""
    heads = [int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)]
    return Doc(
        vocab,
        words=[row[1] for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        tags=[row[4] for row in rows],
        pos=[row[3] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        sent_starts=[index == 0 for index in range(len(rows))],
    )


def main_prepare(treebank: Path, output: Path) -> None:
    """Write train.spacy and dev.spacy into `output`."""
    output.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    for split, name in SPLITS.items():
        docs = [to_doc(vocab, rows) for rows in read_sentences(treebank / name)]
        DocBin(docs=docs).to_disk(output / f"{split}.spacy")
        print(f"{split}: {len(docs):,} sentences, {sum(map(len, docs)):,} tokens")
