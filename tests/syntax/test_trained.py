"""A parser trained on a treebank in Universal Dependencies, where one is at hand: the rules read what it gives.

The folder is `MINEX_DATA`, else `shared/data` beside the repository. Run it with `pytest -m slow`.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import fix_random_seed

from minex.model import Document, Passage, Reading
from minex.pipeline import Pipeline
from minex.syntax.universal import is_universal

ROOT = Path(__file__).resolve().parents[2]
TREEBANK = Path(os.environ.get("MINEX_DATA") or ROOT.parent / "shared" / "data") / "treebank"
TRAIN, DEV = (TREEBANK / f"genia_ud1_{part}.conllu.gz" for part in ("future_use", "dev"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TRAIN.exists() and DEV.exists()), reason=f"no treebank genia_ud1 in {TREEBANK}"),
]

# Plain sentences, and what they say.
SAID = [
    ("miR-21 inhibits PTEN.", ("miR-21", "inhibits", "PTEN")),
    ("PTEN was inhibited by miR-21.", ("miR-21", "inhibits", "PTEN")),
    ("PTEN is a direct target of miR-21.", ("miR-21", "targets", "PTEN")),
    ("miR-21 directly targets PTEN in these cells.", ("miR-21", "targets", "PTEN")),
    ("Hypoxia increased the expression of miR-210.", ("hypoxia", "increases", "miR-210")),
    ("The expression of VEGFA was increased by hypoxia.", ("hypoxia", "increases", "VEGFA")),
    ("miR-21 was found to suppress PTEN.", ("miR-21", "inhibits", "PTEN")),
    ("miR-21 promotes invasion by targeting PTEN.", ("miR-21", "promotes", "invasion")),
]


def docs(nlp: Language, path: Path) -> Iterator[Doc]:
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield Doc(
                    nlp.vocab,
                    words=[row[1] for row in rows],
                    tags=[row[4] for row in rows],
                    heads=[int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)],
                    deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
                    sent_starts=[index == 0 for index in range(len(rows))],
                )
                rows = []


def examples(nlp: Language, path: Path) -> list[Example]:
    return [Example(Doc(nlp.vocab, words=[t.text for t in doc]), doc) for doc in docs(nlp, path)]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tagger and a parser over one small network, five times through the training part."""
    fix_random_seed(7)
    nlp = spacy.blank("en")
    config = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "window_size": 1}
    size = {"width": 64, "depth": 3, "embed_size": 2000, "maxout_pieces": 3, "subword_features": True}
    nlp.add_pipe("tok2vec", config={"model": config | size})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 64, "upstream": "*"}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "nO": None}
    width = {"extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
    nlp.add_pipe("parser", config={"model": parser | width | {"tok2vec": listener}})
    train = examples(nlp, TRAIN)
    optimizer = nlp.initialize(lambda: train)
    for _ in range(5):
        for batch in minibatch(train, 16):
            nlp.update(batch, sgd=optimizer, drop=0.1)
    folder = tmp_path_factory.mktemp("genia") / "model"
    nlp.meta["name"] = "genia"
    nlp.to_disk(folder)
    return folder


def test_a_parser_trained_in_the_other_scheme_is_one_that_rules_can_read(trained: Path) -> None:
    nlp = spacy.load(trained)
    scores = nlp.evaluate(examples(nlp, DEV))
    assert scores["dep_las"] > 0.7
    assert is_universal(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    pipeline = Pipeline(str(trained))
    assert pipeline.syntax.universal
    right = []
    for text, said in SAID:
        (reading,) = pipeline.read([Document("text:1", (Passage(text),))])
        assert isinstance(reading, Reading), reading
        found = {(e.subject.name, str(e.predicate), e.object.name) for e in reading.evidence}
        right.append((said in found, text, found))
    # Little training makes mistakes, but most of so plain sentences are read.
    assert sum(ok for ok, *_ in right) >= len(SAID) - 2, right
