"""Word vectors of biomedical text for the NER, from PubMed files: small, hashed, the same for the same files.

floret is needed for training only: pip install floret==0.10.5
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from minex.formats import read
from minex.model import Document
from minex.syntax.sentences import split_document

WORDS = re.compile(r"\w+|[^\w\s]")
BUCKETS, DIMENSIONS = 20_000, 64


def sentences(files: Sequence[Path]) -> Iterator[str]:
    """Yield the sentences of PubMed files, in small letters, a blank between words as the NER cuts them."""
    for file in files:
        for document in read(file):
            if isinstance(document, Document):
                text = document.text
                for sentence in split_document(document):
                    yield " ".join(WORDS.findall(text[sentence.start : sentence.end].lower()))


def train_vectors(files: Sequence[Path], output: Path) -> Path:
    """Write `vectors.floret` into a folder and return its path. One thread: more would not give the same twice."""
    import floret

    output.mkdir(parents=True, exist_ok=True)
    text = output / "text.txt"
    with text.open("w", encoding="utf-8") as lines:
        for sentence in sentences(files):
            lines.write(sentence + "\n")
    model = floret.train_unsupervised(
        str(text),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        dim=DIMENSIONS,
        minn=3,
        maxn=5,
        minCount=5,
        ws=5,
        epoch=5,
        lr=0.05,
        thread=1,
    )
    path = output / "vectors.floret"
    model.save_floret_vectors(str(path))
    return path
